//! Every code that an operation names is reached.
//!
//! The codes that many operations share are reached from the samples by changing one thing; the others have a recipe
//! each. A described pair of operation and code without either fails, and so does one that was tried and not reached.

mod contributions;
mod rounds;

use std::collections::BTreeSet;

use axum::body::Body;
use bytes::Bytes;
use futures_util::future::join_all;
use futures_util::stream;
use qadam_domain::accounts::Role;
use qadam_tests::contract::{operations, reached};
use qadam_tests::{Answer, Person, TestRegister};
use serde_json::json;

use crate::samples::colleagues::BY_MAIL;
use crate::samples::{self, NOTHING, Sample, World, all, meeting, organisation, user};
use crate::scenes::{consent, part, proposal, recommendation};

/// What cannot be reached through a router in a test, and where it is tested instead: `busy` and `unavailable` in the
/// unit tests of password hashing and of readiness, by filling the queue and by ending the database; what follows from
/// settings that the register of these tests does not have, in `tests/app/passkeys.rs`, and on pages alone, in
/// `tests/api/openid.rs`.
const ELSEWHERE: [&str; 9] = [
    "busy",
    "unavailable",
    "passkey_required",
    "last_second_factor",
    "no_passkeys",
    "identity_provider_unavailable",
    "identity_refused",
    "identity_conflict",
    "no_identity_provider",
];

/// Operations on what an observer does not see, which others reach.
const UNSEEN: [&str; 9] = [
    "edit_decision",
    "remove_decision",
    "answer_objection",
    "edit_update",
    "take_update_step",
    "pass_question_on",
    "pass_answer_on",
    "accept_invitation_to_file",
    "decline_invitation_to_file",
];

#[tokio::test]
async fn the_samples_are_answered_well() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        let samples = all(&world);
        let known: BTreeSet<&str> = samples.iter().map(|sample| sample.operation).collect();
        let described: BTreeSet<&str> = operations().iter().map(|operation| operation.id.as_str()).collect();
        assert_eq!(known, described, "one sample for each operation");
        // What ends the session comes last in the list, and what removes something after what changes it.
        let mut refused = Vec::new();
        for sample in samples {
            let answer = sample.request(register).await;
            if answer.status >= 300 && sample.operation != BY_MAIL {
                refused.push(format!("{}: {answer:?}", sample.operation));
            }
        }
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn every_documented_code_is_reached() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        register.admit().await;
        let before = register.amount_stored().await;
        let samples = all(&world);
        let mut mistaken = Vec::new();
        for operation in operations() {
            let sample = samples.iter().find(|sample| sample.operation == operation.id).unwrap();
            for code in &operation.codes {
                if let Err(mistake) = shared(&world, sample, code).await {
                    mistaken.push(mistake);
                }
            }
        }
        assert!(mistaken.is_empty(), "{}", mistaken.join("\n"));
        assert_eq!(register.amount_stored().await, before, "a refusal stored something");
        late(&world, &samples).await;
        particular(&world).await;
    })
    .await;
    TestRegister::on_sqlite(async |register| keys(&samples::make(register).await).await).await;
    let reached = reached();
    let missed: Vec<_> = operations()
        .iter()
        .flat_map(|operation| operation.codes.iter().map(|code| (operation.id.clone(), code.clone())))
        .filter(|pair| !ELSEWHERE.contains(&pair.1.as_str()) && !reached.contains(pair))
        .collect();
    assert!(missed.is_empty(), "described and never reached: {missed:#?}");
}

/// Reaches a code that many operations share by changing one thing of a sample. Gives whether it is one.
async fn shared(world: &World<'_>, sample: &Sample, code: &str) -> Result<bool, String> {
    let register = world.register;
    let good = || sample.request(register);
    let media_type = sample.media_type();
    let answer: Answer = match code {
        "unauthenticated" => good().unsigned().await,
        "invalid_token" => good().token("forged").await,
        "session_required" => good().token(&world.program.token).await,
        "unknown_parameter" => good().query("colour=red").await,
        "invalid_parameter" => good().query("lang=xx").await,
        "invalid_cursor" => good().query("cursor=forged").await,
        "malformed_json" => good().body(media_type, "{").await,
        "malformed_request" => good().stream(media_type, broken()).await,
        "unsupported_media_type" => good().body("text/plain", "{}").await,
        "body_too_large" => good().body(media_type, vec![b' '; 64 * 1024 + 1]).await,
        "invalid" => good().body(media_type, r#"{"colour": "red"}"#).await,
        "invalid_header" if sample.conditional => sample.bare(register).header("if-match", "x").await,
        "invalid_header" => good().key("a b").await,
        "precondition_required" => sample.bare(register).await,
        "precondition_failed" => sample.bare(register).if_match("stale").await,
        // Decisions are seen outside the secretariat once they are approved.
        // So are reports: those that are not published are seen by the body alone; objections by who raised them.
        "role_required" if UNSEEN.contains(&sample.operation) => {
            return Ok(true);
        }
        "role_required" => sample.at_something_public(world).await,
        "gone" => sample.at_narrowed(world).await,
        "not_found" => sample.at_nothing(world).await,
        "idempotency_key_reused" => return Ok(true),
        _ => return Ok(false),
    };
    if answer.code() == code { Ok(true) } else { Err(format!("not `{code}`: {answer:?}")) }
}

/// A body that breaks off with an error.
fn broken() -> Body {
    Body::from_stream(stream::iter([Ok(Bytes::from_static(b"{")), Err(std::io::Error::other("broken off"))]))
}

impl Sample {
    async fn at_nothing(&self, world: &World<'_>) -> Answer {
        let path = match self.operation {
            "prove_inclusion" => "/ledger/proofs/inclusion?seq=7&size=4".to_owned(),
            "prove_consistency" => "/ledger/proofs/consistency?from=1&to=1000000".to_owned(),
            "get_problem" => "/problems/nothing".to_owned(),
            "get_vocabulary" => "/vocabularies/nothing".to_owned(),
            _ => {
                let names = [
                    &world.meeting,
                    &world.circulated,
                    &world.round,
                    &world.invited,
                    &world.late,
                    &world.session,
                    &world.program.id,
                    &world.passkeys.removing,
                    &world.identities.removing,
                    &world.colleagues.out,
                    &world.colleagues.forgetful,
                ]
                .map(String::as_str);
                let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
                let unconfirmed = world.register.user_id(unconfirmed);
                let invitations = world.together.answered();
                let names = names.into_iter().chain(invitations.iter().map(|one| one.as_str()));
                let all = world.items().map(String::as_str).chain(names);
                let all = all.chain([unconfirmed.as_str(), "GPO"]);
                all.fold(self.path.clone(), |path, name| path.replace(name, NOTHING))
            }
        };
        self.at(world.register, &path).await
    }

    async fn at_narrowed(&self, world: &World<'_>) -> Answer {
        let path =
            world.items().fold(self.path.clone(), |path, item| path.replace(item.as_str(), &world.narrowed));
        let observer = world.register.observer();
        let moved = Self { path, ..self.copy() };
        moved.by(observer).await
    }

    /// By an observer, who changes nothing, at something an observer sees.
    async fn at_something_public(&self, world: &World<'_>) -> Answer {
        let path =
            world.hidden().fold(self.path.clone(), |path, item| path.replace(item.as_str(), &world.public));
        let moved = Self { path, ..self.copy() };
        match self.operation {
            "confirm_user" | "lock_user_out" | "vouch_for_recovery" => {
                let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
                moved.by(world.register.person(unconfirmed)).await
            }
            _ => moved.by(world.register.observer()).await,
        }
    }
}

/// Lets all bodies that never come be given up at the same time.
async fn late(world: &World<'_>, samples: &[Sample]) {
    let named = |sample: &&Sample| {
        let operation = operations().iter().find(|operation| operation.id == sample.operation).unwrap();
        operation.codes.iter().any(|code| code == "request_timeout")
    };
    let silent = || Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let requests = samples.iter().filter(named).map(|sample| {
        let request = sample.request(world.register).stream(sample.media_type(), silent());
        async move { request.await }
    });
    for answer in join_all(requests).await {
        answer.refused("request_timeout");
    }
}

/// The codes of one operation or two.
async fn particular(world: &World<'_>) {
    conflicts_of_items(world).await;
    conflicts_of_levels(world).await;
    conflicts_of_moves(world).await;
    contributions::conflicts(world).await;
    rounds::conflicts(world).await;
    conflicts_of_meetings(world).await;
    conflicts_of_people(world).await;
    samples::second_factors::codes(world.register).await;
    samples::tokens::codes(world.register).await;
    samples::colleagues::codes(world.register).await;
    samples::passkeys::codes(world.register).await;
    samples::identities::codes(world.register).await;
}

async fn conflicts_of_items(world: &World<'_>) {
    let register = world.register;
    let (ngo, officer) = (register.ngo("KK"), register.officer("GPO"));
    let filed = format!("/items/{}", world.filed);
    ngo.delete(&filed).header("if-match", "*").await.refused("not_a_draft");
    let title = json!({"title": {"en": "Another"}});
    ngo.patch(&filed, title).header("if-match", "*").await.refused("field_locked");
    let revision = json!({"due_on": "2027-01-31", "reason": {"en": "Later."}});
    let at = part(&world.announced, "deadline-revisions");
    officer.post(&at, revision).await.refused("status_conflict");
    let sent = part(&world.silent, "response-letter/sent");
    register.secretariat().post(&sent, json!({})).await.expect(201);
    register.secretariat().post(&sent, json!({})).await.refused("status_conflict");
    let link = |kind: &str, to: &str| json!({"kind": kind, "to": to});
    let links = |of: &str| part(of, "links");
    officer.post(&links(&world.planned), link("relates_to", &world.other)).await.refused("link_exists");
    officer.post(&links(&world.planned), link("part_of", &world.other)).await.expect(201);
    officer.post(&links(&world.other), link("part_of", &world.planned)).await.refused("link_cycle");
    let parts = json!({"parts": [{"title": {"en": "One"}}, {"title": {"en": "Two"}}]});
    let split = register.secretariat().post(&part(&world.planned, "parts"), parts).await;
    split.refused("not_splittable");
}

async fn conflicts_of_levels(world: &World<'_>) {
    let register = world.register;
    let (ngo, secretariat) = (register.ngo("KK"), register.secretariat());
    let levels = |of: &str| part(of, "level-changes");
    let to = |axis: &str, level: &str| json!({"axis": axis, "to": level});
    let filed = &world.filed;
    secretariat.post(&levels(&world.planned), to("text", "secretariat")).await.refused("level_fixed");
    let consents = json!({"axis": "text", "level": "public"});
    register
        .officer("GPO")
        .post(&part(&commitment_draft(world).await, "consents"), consents)
        .await
        .refused("level_fixed");
    secretariat.post(&levels(filed), to("text", "secretariat")).await.refused("level_unchanged");
    secretariat.post(&levels(filed), to("text", "public")).await.refused("consent_required");
    ngo.post(&levels(filed), to("identity", "public")).await.refused("identity_wider_than_text");
    let public = proposal(register, "willow", "public", "own").await;
    consent(register, &public, "identity", "public").await;
    ngo.post(&levels(&public), to("identity", "public")).await.refused("second_person_required");
}

async fn commitment_draft(world: &World<'_>) -> String {
    let new = json!({"kind": "commitment", "title": {"en": "Pay"}});
    crate::scenes::create(world.register.officer("GPO"), new).await
}

async fn conflicts_of_moves(world: &World<'_>) {
    let register = world.register;
    let secretariat = register.secretariat();
    let moves = |of: &str| part(of, "status-changes");
    let to = |status: &str| json!({"to": status, "reason": {"en": "So it is."}, "lead": "GPO"});
    secretariat.post(&moves(&world.filed), to("closed")).await.refused("move_not_allowed");
    secretariat.post(&moves(&world.filed), to("under_review")).await.refused("consent_required");
    secretariat
        .post(&moves(&world.planned), json!({"to": "withdrawn", "reason": {"en": "Void."}}))
        .await
        .refused("lead_request_required");
    let recommendation = recommendation(register, "CAT", "yew").await;
    secretariat
        .post(&moves(&recommendation), to("under_review"))
        .await
        .refused("answering_mechanism_required");
    let officer = register.officer("GPO");
    officer.post(&moves(&world.other), json!({"to": "in_progress"})).await.expect(201);
    let evidence = json!([{"kind": "link", "title": {"en": "The law"}, "url": "https://example.org/law"}]);
    officer
        .post(&moves(&world.other), json!({"to": "reported_done", "evidence": evidence}))
        .await
        .expect(201);
    let closed = json!({"to": "closed", "closing_result": "implemented"});
    secretariat.post(&moves(&world.other), closed).await.refused("finding_required");
}

async fn conflicts_of_meetings(world: &World<'_>) {
    let register = world.register;
    let secretariat = register.secretariat();
    secretariat.post("/meetings", meeting("MT-2026-01")).await.refused("taken");
    let other = secretariat.post("/meetings", meeting("MT-2026-09")).await.expect(201);
    let rename = json!({"code": "MT-2026-01"});
    let other = format!("/meetings/{}", other["id"].as_str().unwrap());
    secretariat.patch(&other, rename).header("if-match", "*").await.refused("taken");
    let protocol = format!("/meetings/{}/protocol", world.meeting);
    secretariat.post(&protocol, json!({"to": "approved"})).await.refused("protocol_conflict");
    let attendance = json!({"items": [{"organisation": "GPO", "level": "members"}]});
    let attended = format!("/meetings/{}/attendance", world.meeting);
    secretariat.put(&attended, attendance).header("if-match", "*").await.expect(200);
    let circulated = json!({"to": "circulated", "objections_until": "2026-04-01"});
    secretariat.post(&protocol, circulated).await.expect(200);
    closed_meeting(world, "status_conflict").await;
    secretariat.post(&protocol, json!({"to": "approved"})).await.refused("objections_open");
    register.pass_days(31);
    secretariat.post(&protocol, json!({"to": "approved"})).await.expect(200);
    closed_meeting(world, "protocol_approved").await;
    secretariat.post(&protocol, json!({"to": "draft"})).await.refused("protocol_approved");
    conflicts_of_objections(world).await;
    for sample in all(world).iter().filter(|sample| sample.operation.ends_with("_decision")) {
        sample.by(register.observer()).await.refused("role_required");
    }
}

/// After the day until which participants object.
async fn conflicts_of_objections(world: &World<'_>) {
    let register = world.register;
    let secretariat = register.secretariat();
    let at = |of: &str| format!("/meetings/{}/{of}", world.circulated);
    let late = json!({"text": {"en": "Too late."}});
    register.officer("GPO").post(&at("objections"), late).await.refused("objections_closed");
    secretariat.post(&at("protocol"), json!({"to": "approved"})).await.refused("objections_unanswered");
    let path = at(&format!("objections/{}", world.objection));
    let answer = json!({"outcome": "accepted", "answer": {"en": "So it was said."}});
    let amend = async |caller: qadam_tests::Caller<'_>| {
        caller.patch(&path, answer.clone()).header("if-match", "*").await
    };
    amend(register.ngo("KK")).await.refused("role_required");
    amend(secretariat).await.expect(200);
    secretariat.post(&at("protocol"), json!({"to": "approved"})).await.expect(200);
    amend(secretariat).await.refused("protocol_approved");
}

/// Every change of a meeting whose protocol is not a draft any more is refused for that.
async fn closed_meeting(world: &World<'_>, code: &str) {
    for sample in all(world) {
        let operation = operations().iter().find(|operation| operation.id == sample.operation).unwrap();
        if sample.path.contains(&world.meeting)
            && operation.codes.iter().any(|known| known == "status_conflict")
        {
            sample.request(world.register).await.refused(code);
        }
    }
}

async fn conflicts_of_people(world: &World<'_>) {
    let register = world.register;
    let (admin, anonymous) = (register.admin(), register.anonymous());
    register.secretariat().post("/organisations", organisation("GPO")).await.refused("taken");
    let rename = json!({"code": "MOH"});
    register.secretariat().patch("/organisations/GPO", rename).header("if-match", "*").await.refused("taken");
    admin.post("/users", user("newcomer@gpo.example")).await.refused("taken");
    let signed_in = register.user_id(Person::first("GPO", Role::Officer));
    let link = format!("/users/{signed_in}/links");
    admin.request(http::Method::POST, &link).await.refused("status_conflict");
    let colleague = json!({"email": "late@kk.example", "name": "A colleague", "organisation": "KK", "role": "ngo_member", "language": "ru"});
    let invited = admin.post("/users", colleague).await.expect(201);
    let confirmation = format!("/users/{}/confirmation", invited["id"].as_str().unwrap());
    register.ngo("KK").request(http::Method::POST, &confirmation).await.refused("status_conflict");
    let wrong = json!({"email": "officer1@gpo.example", "password": "not the right one"});
    anonymous.post("/auth/login", wrong).await.refused("invalid_credentials");
    anonymous
        .post("/auth/refresh", json!({"refresh_token": "forged"}))
        .await
        .refused("invalid_refresh_token");
    let link = json!({"token": "forged", "password": "walnut ferry mosaic"});
    anonymous.post("/auth/password", link).await.refused("invalid_link");
    let change = json!({"current_password": "not the right one", "password": "walnut ferry mosaic"});
    register.ngo("KK").post("/me/password", change).await.refused("invalid_credentials");
}

/// The same key with another body, at every operation that takes one.
async fn keys(world: &World<'_>) {
    for sample in all(world) {
        let operation = operations().iter().find(|operation| operation.id == sample.operation).unwrap();
        if operation.codes.iter().any(|code| code == "idempotency_key_reused") {
            let first = sample.request(world.register).key("once").await;
            let spaced = format!("{} ", sample.body.as_ref().unwrap());
            let second = sample.request(world.register).key("once").body(sample.media_type(), spaced).await;
            assert!(first.status < 300, "{}: {first:?}", sample.operation);
            second.refused("idempotency_key_reused");
        }
    }
}
