//! What somebody would try who wants to read, to sign or to change what is not theirs, told as they would try it. What
//! other stories tell already stands with their names in `docs/ATTACKS.md`.

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::{Caller, PASSWORD, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::{self, NOTHING};
use crate::scenes::{announced, commitment, filed, found, narrow, part, proposal, reported_done, title};

/// Everybody but who filed for KK.
fn others(register: &TestRegister) -> Vec<Caller<'_>> {
    vec![
        register.anonymous(),
        register.admin(),
        register.observer(),
        register.secretariat(),
        register.officer("GPO"),
        register.officer("MOH"),
        register.approver(),
        register.ngo("KIBHR"),
    ]
}

#[tokio::test]
async fn organisation_level_version_and_author_cannot_be_set_by_who_sends_them() {
    TestRegister::on_both(async |register| {
        let ngo = register.ngo("KK");
        let own = commitment(register, "GPO", "larch").await;
        let forged = [
            ("organisation", json!("KIBHR")),
            ("filed_by", json!(["KIBHR"])),
            ("author", json!(register.user_id(Person::first("KIBHR", Role::NgoMember)))),
            ("text_level", json!("public")),
            ("identity_level", json!("public")),
            ("version", json!(9)),
            ("etag", json!("\"9\"")),
            ("id", json!(NOTHING)),
            ("ref", json!("P-2026-0001")),
            ("status", json!("registered")),
            ("entered_on", json!("2020-01-01")),
            ("recorded_on", json!("2020-01-01")),
        ];
        let before = register.amount_stored().await;
        for (name, value) in forged {
            let pointer = format!("/{name}");
            let mut new = json!({"kind": "proposal", "title": title("elm")});
            new[name] = value.clone();
            ngo.post("/items", new).await.invalid(&pointer, "unknown_field");
            let mut moved = json!({"to": "in_progress"});
            moved[name] = value.clone();
            let officer = register.officer("GPO");
            officer.post(&part(&own, "status-changes"), moved).await.invalid(&pointer, "unknown_field");
            if !["text_level", "identity_level"].contains(&name) {
                let mut finding = json!({"finding": "substantive_steps", "rationale": {"en": "Seen."}});
                finding[name] = value;
                ngo.post(&part(&own, "assessments"), finding).await.invalid(&pointer, "unknown_field");
            }
        }
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn nobody_speaks_for_another_organisation_by_naming_it() {
    TestRegister::on_both(async |register| {
        let theirs = commitment(register, "MOH", "larch").await;
        let announced = announced(register, "MOH", "maple").await;
        let before = register.amount_stored().await;
        let officer = register.officer("GPO");
        let moh = register.organisation_id("MOH");
        let owners = json!([{"organisation": moh, "role": "lead"}]);
        let new =
            json!({"kind": "commitment", "title": title("pine"), "due_on": "2026-12-31", "owners": owners});
        let made = officer.post("/items", new).await;
        assert!([403, 422].contains(&made.status), "{made:?}");
        for id in [&theirs, &announced] {
            let moved = officer.post(&part(id, "status-changes"), json!({"to": "in_progress"})).await;
            assert!([403, 409].contains(&moved.status), "{moved:?}");
            let report = json!({"status": "in_progress", "text": {"en": "Begun."}});
            let said = officer.post(&part(id, "updates"), report).await;
            assert!([403, 422].contains(&said.status), "{said:?}");
            let day = json!({"due_on": "2030-12-31", "reason": {"en": "Later."}});
            let later = officer.post(&part(id, "deadline-revisions"), day).await;
            assert!([403, 422].contains(&later.status), "{later:?}");
        }
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn an_account_moves_to_no_other_organisation() {
    TestRegister::on_both(async |register| {
        let member = format!("/users/{}", register.user_id(Person::first("KK", Role::NgoMember)));
        let before = register.amount_stored().await;
        for (name, value) in [("organisation", "MOH"), ("organisation_id", "MOH"), ("email", "a@b.example")] {
            let moved = register.admin().patch(&member, json!({name: value})).header("if-match", "*").await;
            moved.invalid(&format!("/{name}"), "unknown_field");
            let own = register.ngo("KK").patch("/me", json!({name: value})).header("if-match", "*").await;
            own.invalid(&format!("/{name}"), "unknown_field");
        }
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_body_keeps_its_rights_under_another_name_and_whoever_takes_the_old_code_gets_none() {
    TestRegister::on_both(async |register| {
        let addressed = proposal(register, "spruce", "addressed", "own").await;
        let at = format!("/items/{addressed}");
        let body = format!("/organisations/{}", register.organisation_id("GPO"));
        let names = json!([{"name": {"en": "Office of Supervision", "ru": "Управление надзора"}}]);
        let renamed = json!({"code": "GPO-1", "names": names});
        register.admin().patch(&body, renamed).header("if-match", "*").await.expect(200);
        register.officer("GPO").get(&at).await.expect(200);

        let usurper = json!({"code": "GPO", "kind": "state_body", "names": [{"name": {"en": "Another office"}}]});
        register.admin().post("/organisations", usurper).await.expect(201);
        let email = "officer@another.example";
        let new = json!({"email": email, "name": "Somebody", "organisation": "GPO", "role": "officer", "language": "ru"});
        let invited = register.admin().post("/users", new).await.expect(201);
        let chosen = json!({"token": invited["link"]["token"], "password": PASSWORD});
        register.anonymous().post("/auth/password", chosen).await.expect_empty(204);
        let signed_in =
            register.anonymous().post("/auth/login", json!({"email": email, "password": PASSWORD})).await;
        let token = signed_in.expect(200)["access_token"].as_str().unwrap().to_owned();
        let ask = async |path: &str| register.anonymous().get(path).token(&token).await;
        let absent = ask(&format!("/items/{NOTHING}")).await.bytes_but_for_the_request();
        assert_eq!(ask(&at).await.bytes_but_for_the_request(), absent);
        assert_eq!(ask("/items?q=spruce").await.expect(200)["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_added_to_what_was_narrowed_by_who_lost_it() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let ngo = register.ngo("KIBHR");
        let before = ngo.get(&format!("/items/{id}")).await.expect(200);
        assert_eq!(before["text_level"], "public");
        narrow(register, &id, "addressed").await;
        let stored = register.amount_stored().await;
        let evidence = json!({"kind": "named", "title": {"en": "Act"}});
        let acts = [
            ("assessments", json!({"finding": "substantive_steps", "rationale": {"en": "We were there."}})),
            ("evidence", evidence),
            ("links", json!({"kind": "relates_to", "to": NOTHING})),
            ("questions", json!({"text": {"en": "Why?"}})),
        ];
        for (of, body) in acts {
            for caller in [ngo, register.observer(), register.officer("MOH")] {
                let answer = caller.post(&part(&id, of), body.clone()).await;
                assert!(
                    ["gone", "forbidden", "role_required"].contains(&answer.code().as_str()),
                    "{answer:?}"
                );
            }
        }
        ngo.request(Method::PUT, &format!("/me/follows/{id}")).await.refused("gone");
        assert_eq!(register.amount_stored().await, stored);
    })
    .await;
}

#[tokio::test]
async fn a_report_for_an_earlier_day_says_the_day_it_was_made_and_none_is_for_a_later_one() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let changes = part(&id, "status-changes");
        let officer = register.officer("GPO");
        let stored = register.amount_stored().await;
        let later = officer.post(&changes, json!({"to": "in_progress", "as_of": "2027-01-01"})).await;
        assert_eq!(later.mistake(), "#/as_of in_future", "{later:?}");
        assert_eq!(register.amount_stored().await, stored);
        register.pass_days(20);
        let planned_on = register.anonymous().get(&changes).await.expect(200)["items"][0]["as_of"].clone();
        let made =
            officer.post(&changes, json!({"to": "in_progress", "as_of": planned_on})).await.expect(201);
        assert_eq!(made["change"]["as_of"], planned_on);
        assert_eq!(made["change"]["recorded_on"], register.today());
    })
    .await;
}

#[tokio::test]
async fn nobody_deletes_or_rewrites_what_was_recorded() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "larch").await;
        let finding = found(register.ngo("KIBHR"), &id, "substantive_steps").await;
        let changes = register.anonymous().get(&part(&id, "status-changes")).await.expect(200);
        let change = changes["items"][0]["id"].as_str().unwrap().to_owned();
        let recorded = [
            part(&id, "status-changes"),
            part(&id, &format!("status-changes/{change}")),
            part(&id, "deadline-revisions"),
            part(&id, "history"),
            part(&id, "assessments"),
            part(&id, &format!("assessments/{finding}")),
            format!("/items/{id}"),
            "/ledger/entries".to_owned(),
            "/ledger/entries/0".to_owned(),
            "/ledger/checkpoint".to_owned(),
        ];
        let stored = register.amount_stored().await;
        let mut done = Vec::new();
        for caller in others(register) {
            for path in &recorded {
                for method in [Method::DELETE, Method::PUT, Method::PATCH] {
                    if method == Method::PATCH && *path == format!("/items/{id}") {
                        continue; // A text is edited; what it was stays in the history.
                    }
                    let answer = caller.request(method.clone(), path).header("if-match", "*").await;
                    if answer.status < 400 {
                        done.push(format!("{method} {path} {:?}: {}", caller.person(), answer.status));
                    }
                }
            }
        }
        assert!(done.is_empty(), "{}", done.join("\n"));
        assert_eq!(register.amount_stored().await, stored);
    })
    .await;
}

#[tokio::test]
async fn a_refused_write_names_no_place() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        let mut named = Vec::new();
        for sample in samples::all(&world) {
            for caller in [register.anonymous(), register.observer()] {
                let answer = sample.by(caller).await;
                if answer.status >= 400 && !answer.header("location").is_empty() {
                    named.push(format!("{} {:?}", sample.operation, caller.person()));
                }
            }
        }
        assert!(named.is_empty(), "{}", named.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn no_order_of_a_list_tells_of_what_is_hidden() {
    TestRegister::on_both(async |register| {
        let mut public = Vec::new();
        for word in ["larch", "maple", "pine"] {
            public.push(commitment(register, "GPO", word).await);
            register.pass(60);
        }
        let orders = ["updated_at", "-updated_at", "due_on", "entered_on", "title", "ref", "status"];
        let mut sorted = Vec::new();
        for caller in [register.anonymous(), register.observer(), register.officer("MOH")] {
            for order in orders {
                sorted.push((caller, order, list(caller, order).await));
            }
        }
        // What is done at narrower levels moves the oldest of them for nobody else.
        let hidden = filed(register, "alder").await;
        let link = json!({"kind": "relates_to", "to": public[0]});
        register.secretariat().post(&part(&hidden, "links"), link).await.expect(201);
        let finding = json!({"finding": "substantive_steps", "rationale": {"en": "Seen."}, "text_level": "secretariat"});
        register.ngo("KIBHR").post(&part(&public[0], "assessments"), finding).await.expect(201);
        for (caller, order, before) in sorted {
            assert_eq!(list(caller, order).await, before, "{order} {:?}", caller.person());
        }
        for order in ["organisation", "filed_by", "author", "identity_level", "text_level", "version", "id"] {
            let refused = register.anonymous().get(&format!("/items?sort={order}")).await;
            assert_eq!(refused.mistake(), "?sort unknown_value", "{order}");
        }
    })
    .await;
}

/// The items as they are listed, or why they are not.
async fn list(caller: Caller<'_>, order: &str) -> Value {
    let answer = caller.get(&format!("/items?sort={order}")).await;
    if answer.status == 200 { answer.json()["items"].clone() } else { json!(answer.mistake()) }
}

#[tokio::test]
async fn what_an_account_was_shown_is_in_no_cache_after_it_left() {
    TestRegister::on_sqlite(async |register| {
        let id = filed(register, "alder").await;
        for path in
            ["/en/".to_owned(), format!("/en/items/{id}"), "/en/work".to_owned(), "/en/account".to_owned()]
        {
            let page = register.ngo("KK").see(&path).await;
            assert_eq!((page.status, page.header("cache-control")), (200, "no-store"), "{path}");
        }
        let api = register.ngo("KK").get(&format!("/items/{id}")).await;
        assert_eq!(api.header("cache-control"), "no-store");
    })
    .await;
}
