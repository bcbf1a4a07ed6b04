//! What is refused, when, and that nothing of it stays.

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::Method;
use qadam_tests::{Caller, Request, TestRegister};
use serde_json::{Value, json};

use super::{brought, described};
use crate::samples::{self, NOTHING};
use crate::scenes::{commitment, draft, part};

#[tokio::test]
async fn what_is_no_harmless_file_is_refused_and_nothing_of_it_is_kept() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let stored = register.amount_stored().await;
        for (content, name, code) in [
            (&b""[..], "report.pdf", "too_short"),
            (b"<html><script>alert(1)</script>", "report.pdf", "unsupported_file"),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.png", "unsupported_file"),
            (b"MZ\x90\0\x03", "photo.jpg", "unsupported_file"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "macros.doc", "unsupported_file"),
            (b"PK\x03\x04 no archive", "a.docx", "damaged_file"),
            (b"\xFF\xD8\xFF\xE0 no photograph", "a.jpg", "damaged_file"),
        ] {
            let sent =
                register.officer("GPO").bring(&part(&id, "evidence"), &described(None), name, content).await;
            sent.invalid("/file", code);
            register.pass(600);
        }
        assert_eq!(register.amount_stored().await, stored);
        assert!(register.files().is_empty());
    })
    .await;
}

#[tokio::test]
async fn names_cannot_reach_out_or_deceive() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        for (sent, kept) in [
            ("../../../etc/passwd", "passwd.txt"),
            ("C:\\temp\\note.txt", "note.txt"),
            ("photo\u{202E}gpj.txt", "photogpj.txt"),
            ("page.html", "page.html.txt"),
            ("", "file.txt"),
        ] {
            let evidence = brought(register.officer("GPO"), &id, sent, b"Seen.").await;
            assert_eq!(evidence["file"]["name"], kept);
        }
    })
    .await;
}

/// A file that never comes.
fn send<'a>(caller: Caller<'a>, path: &str) -> Request<'a> {
    caller.request(Method::POST, path).stream("multipart/form-data; boundary=X", endless(&described(None)))
}

/// A body that never ends, after what a request is decided by.
fn endless(evidence: &Value) -> Body {
    let begin = format!(
        "--X\r\nContent-Disposition: form-data; name=\"evidence\"\r\n\r\n{evidence}\r\n--X\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
    );
    let begin = stream::iter([Ok::<_, std::io::Error>(Bytes::from(begin))]);
    Body::from_stream(futures_util::StreamExt::chain(begin, stream::pending()))
}

/// Who may not bring it is told so although the file never comes: were it waited for, the answer would be 408.
#[tokio::test]
async fn whether_somebody_may_send_a_file_is_decided_before_it_is_read() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let hidden = draft(register, "alder").await;
        let at = |id: &str| part(id, "evidence");
        send(register.anonymous(), &at(&id)).await.refused("unauthenticated");
        send(register.officer("GPO"), &at(NOTHING)).await.refused("not_found");
        send(register.officer("GPO"), &at(&hidden)).await.refused("not_found");
        send(register.officer("GPO"), &at(&id)).query("colour=red").await.refused("unknown_parameter");
        send(register.observer(), &at(&id)).await.refused("role_required");
        send(register.officer("MOH"), &at(&id)).await.refused("not_an_assessor");
        let large = Bytes::from(vec![b' '; 11 * 1024 * 1024]);
        let declared = register
            .officer("GPO")
            .request(Method::POST, &at(&id))
            .body("multipart/form-data; boundary=X", large);
        declared.await.refused("body_too_large");
    })
    .await;
}

#[tokio::test]
async fn a_form_says_what_its_file_is_before_it() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let path = part(&id, "evidence");
        let officer = register.officer("GPO");
        officer.post(&path, described(None)).await.invalid("/file", "required");
        officer.bring(&path, &samples::evidence(), "a.txt", b"Seen.").await.invalid("/kind", "contradiction");
        let mut linked = described(None);
        linked["url"] = json!("https://example.org/a");
        officer.bring(&path, &linked, "a.txt", b"Seen.").await.invalid("/url", "not_allowed");
        officer.bring(&path, &json!({"kind": "file"}), "a.txt", b"Seen.").await.invalid("/title", "required");
        let parts = |text: &str| {
            officer.request(Method::POST, &path).body("multipart/form-data; boundary=X", text.to_owned())
        };
        let evidence = format!(
            "--X\r\nContent-Disposition: form-data; name=\"evidence\"\r\n\r\n{}\r\n",
            described(None)
        );
        let file = "--X\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nSeen.\r\n";
        parts(&format!("{file}{evidence}--X--")).await.invalid("/evidence", "required");
        parts(&format!("{evidence}--X--")).await.invalid("/file", "required");
        parts(&format!("{evidence}{file}{file}--X--")).await.invalid("", "unknown_field");
        parts("nothing").await.refused("malformed_request");
        parts(&format!("{}--X--", evidence.replace("{\"", "{"))).await.refused("malformed_json");
        officer
            .request(Method::POST, &path)
            .body("multipart/form-data", "x")
            .await
            .refused("unsupported_media_type");
    })
    .await;
}

#[tokio::test]
async fn a_file_comes_with_no_report_and_no_finding_but_is_about_it() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let inline = json!([described(None)]);
        let report = json!({"narrative": {"en": "Begun."}, "evidence": inline});
        register
            .officer("GPO")
            .post(&part(&id, "updates"), report)
            .await
            .invalid("/evidence/0/kind", "not_allowed");
        let finding = json!({"finding": "regressed", "rationale": {"en": "Seen."}, "evidence": inline});
        register
            .ngo("KK")
            .post(&part(&id, "assessments"), finding)
            .await
            .invalid("/evidence/0/kind", "not_allowed");
        let found = crate::scenes::found(register.ngo("KK"), &id, "regressed").await;
        let mut about = described(None);
        about["about"] = json!(found);
        let made =
            register.ngo("KK").bring(&part(&id, "evidence"), &about, "a.txt", b"Seen.").await.expect(201);
        assert_eq!(made["evidence"]["about"], json!(found));
        about["about"] = json!(NOTHING);
        let refused = register.ngo("KK").bring(&part(&id, "evidence"), &about, "a.txt", b"Seen.").await;
        refused.invalid("/about", "unknown_reference");
        assert_eq!(register.files().len(), 1, "what was refused at the end does not stay");
    })
    .await;
}
