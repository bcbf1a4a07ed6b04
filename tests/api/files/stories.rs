//! A file on its way: brought, listed, read by those who read its evidence, recorded in the ledger.

use qadam_domain::accounts::Role;
use qadam_tests::{Person, TestRegister};
use serde_json::json;

use super::{address, brought, described, holds, photograph, sha256};
use crate::samples::NOTHING;
use crate::scenes::{commitment, narrow, part, proposal};

#[tokio::test]
async fn a_file_is_kept_without_what_it_tells_of_its_maker_and_given_to_all_who_read_the_evidence() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let sent = photograph();
        assert!(holds(&sent, b"49.0000N"));
        let evidence = brought(register.officer("GPO"), &id, "Түрме №1.jpeg", &sent).await;
        let file = &evidence["file"];
        assert_eq!(
            (&evidence["kind"], &evidence["number"], &evidence["url"]),
            (&json!("file"), &json!("14"), &json!(null))
        );
        assert_eq!((&file["name"], &file["media_type"]), (&json!("Түрме №1.jpeg"), &json!("image/jpeg")));
        assert_eq!(file["metadata_removed"], true);
        for caller in [register.anonymous(), register.observer(), register.ngo("KK"), register.secretariat()]
        {
            let answer = caller.get(&address(&evidence)).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            assert!(!holds(&answer.body, b"49.0000N") && holds(&answer.body, b"Exif\0\0MM"));
            assert_eq!(
                (json!(answer.body.len()), json!(sha256(&answer.body))),
                (file["size"].clone(), file["sha256"].clone())
            );
        }
        let list = register.anonymous().get(&part(&id, "evidence")).await.expect(200);
        assert_eq!(list["items"], json!([evidence]));
        let embedded = register.anonymous().get(&format!("/items/{id}?embed=evidence")).await.expect(200);
        assert_eq!(embedded["embedded"]["evidence"], list["items"]);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_given_as_an_attachment_that_no_browser_runs() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let evidence = brought(register.officer("GPO"), &id, "Кесте \"1\".csv", "a,ә\n".as_bytes()).await;
        let answer = register.anonymous().get(&address(&evidence)).await;
        for (name, value) in [
            ("content-type", "text/csv; charset=utf-8"),
            (
                "content-disposition",
                "attachment; filename=\"_____ _1_.csv\"; filename*=UTF-8''%D0%9A%D0%B5%D1%81%D1%82%D0%B5%20_1_.csv",
            ),
            ("x-content-type-options", "nosniff"),
            ("content-length", "5"),
            ("cache-control", "public, max-age=60"),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
        assert!(answer.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
        let etag = answer.header("etag").to_owned();
        assert_eq!(etag, format!("\"{}\"", evidence["file"]["sha256"].as_str().unwrap()));
        let again = register.anonymous().get(&address(&evidence)).header("if-none-match", &etag).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        let signed = register.observer().get(&address(&evidence)).await;
        assert_eq!(signed.header("cache-control"), "no-store");
        let head = register.anonymous().request(http::Method::HEAD, &address(&evidence)).await;
        assert_eq!((head.status, head.header("content-length")), (200, "5"));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_there_for_those_who_read_its_evidence_alone() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        for (level, readers) in [
            ("secretariat", "....S.K"),
            ("addressed", "...OS.K"),
            ("members", ".BHOSNK"),
            ("public", "ABHOSNK"),
        ] {
            let path = part(&id, "evidence");
            let made =
                register.ngo("KK").bring(&path, &described(Some(level)), "a.txt", b"Seen.").await.expect(201);
            let at = address(&made["evidence"]);
            for (letter, caller) in [
                ('A', register.anonymous()),
                ('B', register.observer()),
                ('H', register.officer("MOH")),
                ('O', register.officer("GPO")),
                ('S', register.secretariat()),
                ('N', register.ngo("KIBHR")),
                ('K', register.person(Person::second("KK", Role::NgoMember))),
            ] {
                let answer = caller.get(&at).header("if-none-match", "*").await;
                if readers.contains(letter) {
                    assert_eq!(answer.status, 304, "{letter} {level}");
                } else {
                    let nothing = at.replace(made["evidence"]["id"].as_str().unwrap(), NOTHING);
                    let nothing = caller.get(&nothing).header("if-none-match", "*").await;
                    assert_eq!(answer.status, 404, "{letter} {level}");
                    assert_eq!(answer.bytes_but_for_the_request(), nothing.bytes_but_for_the_request());
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_ledger_has_the_hash_of_what_is_kept_and_nothing_of_where_it_lies() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let evidence = brought(register.officer("GPO"), &id, "photo.jpg", &photograph()).await;
        register.admit().await;
        let history = register.anonymous().get(&part(&id, "history")).await.expect(200);
        let entry = &history["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["action"] == "evidence.added")
            .unwrap()["seq"];
        let after = entry.as_u64().unwrap() - 1;
        let entries =
            register.anonymous().get(&format!("/ledger/entries?limit=1&after={after}")).await.expect(200);
        let recorded = &entries["items"][0]["payload"]["after"];
        assert_eq!((&recorded["id"], &recorded["kind"]), (&evidence["id"], &json!("file")));
        let mut file = evidence["file"].clone();
        file.as_object_mut().unwrap().remove("url");
        assert_eq!(recorded["file"], file);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_a_narrowed_proposal_is_gone_for_those_who_lost_it() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let made =
            register.ngo("KK").bring(&part(&id, "evidence"), &described(None), "a.txt", b"Seen.").await;
        let at = address(&made.expect(201)["evidence"]);
        register.anonymous().get(&at).await.expect_bytes(b"Seen.");
        narrow(register, &id, "secretariat").await;
        register.anonymous().get(&at).await.refused("gone");
        register.observer().get(&at).await.refused("gone");
        register.ngo("KK").get(&at).await.expect_bytes(b"Seen.");
    })
    .await;
}

#[tokio::test]
async fn links_and_named_documents_have_no_file() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let named = register
            .officer("GPO")
            .post(&part(&id, "evidence"), crate::samples::evidence())
            .await
            .expect(201);
        assert_eq!(named["evidence"]["file"], json!(null));
        let at = part(&id, &format!("evidence/{}/file", named["evidence"]["id"].as_str().unwrap()));
        register.anonymous().get(&at).await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_sent_twice_is_kept_once() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let path = part(&id, "evidence");
        let send = |file: &'static [u8]| {
            register.officer("GPO").bring(&path, &described(None), "a.txt", file).key("k-1")
        };
        let first = send(b"Seen.").await.expect(201);
        let stored = register.amount_stored().await;
        assert_eq!(send(b"Seen.").await.expect(201)["evidence"], first["evidence"]);
        send(b"Heard.").await.refused("idempotency_key_reused");
        assert_eq!(register.amount_stored().await, stored);
        assert_eq!(register.files().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_one_node_took_another_gives() {
    TestRegister::on_two_nodes(async |first, second| {
        let id = commitment(first, "GPO", "larch").await;
        let evidence = brought(first.officer("GPO"), &id, "a.txt", b"Seen.").await;
        second.anonymous().get(&address(&evidence)).await.expect_bytes(b"Seen.");
    })
    .await;
}
