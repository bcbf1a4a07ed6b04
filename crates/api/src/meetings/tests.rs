//! A meeting from its first draft to the commitments it made, as the secretariat, a body and the public see it.

use qadam_domain::accounts::Role;
use serde_json::{Value, json};

use super::*;
use crate::testing::{Answer, Register};

/// A register with somebody of each kind signed in.
struct Scene {
    register: Register,
    secretariat: String,
    officer: String,
}

impl Scene {
    async fn new() -> Self {
        let register = Register::start().await;
        let secretariat = register.account("secretariat", "MFA", Role::Secretariat).await;
        let officer = register.account("officer", "GPO", Role::Officer).await;
        Self { register, secretariat, officer }
    }

    /// A meeting with a line for everybody, one for members and one for the secretariat.
    async fn meeting(&self) -> Value {
        let meeting = json!({
            "code": "MT-1", "kind": "plenary", "title": {"en": "First meeting"}, "held_on": "2025-02-27",
        });
        let made = self.secretariat_tells("POST", "/api/v1/meetings", meeting).await;
        assert_eq!((made.status.as_u16(), made.header("location")), (201, &*address("MT-1")));
        let mut last = made.body;
        for level in ["public", "secretariat", "members"] {
            let line = json!({
                "title": {"en": format!("For {level}")}, "level": level,
                "protocol_text": {"en": format!("Said for {level}")},
            });
            last = self.secretariat_tells("POST", "/api/v1/meetings/MT-1/agenda", line).await.body;
        }
        last
    }

    async fn secretariat_tells(&self, method: &str, path: &str, body: Value) -> Answer {
        self.register.tell(method, path, &self.secretariat, body).await
    }

    async fn put(&self, path: &str, etag: &Value, body: &Value) -> Answer {
        let condition = format!("\"{}\"", etag.as_str().unwrap());
        self.register.send("PUT", path, &self.secretariat, &[("if-match", &condition)], body).await
    }

    async fn seen_by(&self, token: &str) -> Value {
        let answer = self.register.ask("GET", "/api/v1/meetings/MT-1", token).await;
        assert_eq!(answer.status, 200);
        answer.body
    }

    async fn move_protocol(&self, body: Value) -> Answer {
        if body["to"] == "approved" {
            self.register.pass_a_day();
        }
        self.secretariat_tells("POST", "/api/v1/meetings/MT-1/protocol", body).await
    }
}

fn address(code: &str) -> String {
    format!("https://register.example/api/v1/meetings/{code}")
}

/// Number and English title of each line.
fn lines(meeting: &Value) -> Vec<(i64, &str)> {
    let lines = meeting["agenda"].as_array().unwrap();
    lines
        .iter()
        .map(|line| (line["number"].as_i64().unwrap(), line["title"]["en"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_path_names_a_meeting_by_code_or_id() {
    let key = |name: &str| name.parse::<MeetingKey>().map(|key| key.0);
    let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    assert_eq!(key(id), Ok(Key::Id(id.parse().unwrap())));
    assert_eq!(key("MT-2025-01"), Ok(Key::Code("MT-2025-01".to_owned())));
    for bad in ["", "m", "mt13", "MT 13", "МТ13"] {
        assert_eq!(key(bad), Err(Code::NotFound), "{bad}");
    }
}

#[tokio::test]
async fn everybody_sees_the_lines_of_their_level_without_gaps_in_the_numbers() {
    let scene = Scene::new().await;
    let whole = scene.meeting().await;
    assert_eq!(lines(&whole), [(1, "For public"), (2, "For secretariat"), (3, "For members")]);
    assert_eq!(whole["protocol"], "draft");
    let member = scene.seen_by(&scene.officer).await;
    assert_eq!(lines(&member), [(1, "For public"), (2, "For members")]);
    let public = scene.seen_by("").await;
    assert_eq!(lines(&public), [(1, "For public")]);
    for outside in [&member, &public] {
        assert_eq!((&outside["protocol"], &outside["updated_at"]), (&Value::Null, &Value::Null));
        assert_eq!(outside["agenda"][0]["protocol_text"], json!({}));
        assert!(!outside.to_string().contains("Said for"), "{outside}");
    }
}

#[tokio::test]
async fn a_hidden_change_does_not_move_the_publics_etag() {
    let scene = Scene::new().await;
    scene.meeting().await;
    let before = scene.seen_by("").await;
    let line = json!({"title": {"en": "Not for them"}, "level": "secretariat"});
    scene.secretariat_tells("POST", "/api/v1/meetings/MT-1/agenda", line).await;
    assert_eq!(scene.seen_by("").await, before);
    let etag = scene.seen_by(&scene.secretariat).await["etag"].clone();
    let patch = json!({"title": {"ru": "Первое заседание"}});
    let changed = scene.register.patch("/api/v1/meetings/MT-1", &scene.secretariat, &etag, patch).await;
    assert_eq!(changed.status, 200);
    let after = scene.seen_by("").await;
    assert_eq!(after["title"], json!({"en": "First meeting", "ru": "Первое заседание"}));
    assert_ne!(after["etag"], before["etag"]);
}

#[tokio::test]
async fn an_approved_decision_is_an_announced_commitment_that_the_public_sees_only_then() {
    let scene = Scene::new().await;
    let meeting = scene.meeting().await;
    let decision = json!({
        "text": {"en": "Raise compensation", "ru": "Увеличить компенсацию"}, "lead": "GPO",
        "due_on": "2026-02-01", "due_precision": "quarter", "agenda_item": meeting["agenda"][1]["id"],
    });
    let path = "/api/v1/meetings/MT-1/decisions";
    let added = scene.secretariat_tells("POST", path, decision).await;
    assert_eq!(
        (added.status.as_u16(), added.header("location")),
        (201, &*format!("{}/decisions", address("MT-1")))
    );
    assert_eq!(added.body["decisions"][0]["due_on"], "2026-03-31");
    let circulated =
        scene.move_protocol(json!({"to": "circulated", "objections_until": scene.register.today()})).await;
    assert_eq!(
        (circulated.status.as_u16(), &circulated.body["objections_until"]),
        (200, &json!(scene.register.today()))
    );
    assert_eq!(scene.register.ask("GET", path, "").await.body, json!({"items": []}));
    assert_eq!(scene.register.ask("GET", "/api/v1/items", "").await.body["items"], json!([]));

    let approved = scene.move_protocol(json!({"to": "approved"})).await;
    assert_eq!((approved.status.as_u16(), &approved.body["protocol"]), (200, &json!("approved")));
    let public = scene.seen_by("").await;
    assert_eq!(public["protocol"], "approved");
    assert_eq!(public["agenda"][0]["protocol_text"], json!({"en": "Said for public"}));
    let seen = &public["decisions"][0];
    assert_eq!((&seen["lead"]["code"], &seen["agenda_item"]), (&json!("GPO"), &Value::Null));
    let reference = seen["commitment"]["ref"].as_str().unwrap();
    let item = scene.register.ask("GET", &format!("/api/v1/items/{reference}"), "").await.body;
    assert_eq!((&item["kind"], &item["status"]), (&json!("commitment"), &json!("announced")));
    assert_eq!(item["title"], json!({"en": "Raise compensation", "ru": "Увеличить компенсацию"}));
    assert_eq!(item["original_language"], "ru");
    assert_eq!((&item["due_on"], &item["original_due_on"]), (&json!("2026-03-31"), &json!("2026-03-31")));
    assert_eq!(item["owners"][0]["organisation"]["code"], "GPO");
    assert_eq!((&item["source"]["meeting"], &item["source"]["decision"]), (&public["id"], &seen["id"]));
    assert_eq!(item["status_as_of"], "2025-02-27");
}

#[tokio::test]
async fn a_decision_links_its_commitment_to_what_it_implements() {
    let scene = Scene::new().await;
    scene.meeting().await;
    let recorded = json!({
        "kind": "recommendation", "title": {"en": "Redress"},
        "recorded": {"from": {"label": "A report"}, "status": "registered", "as_of": "2020-01-01"},
    });
    let recommendation = scene.secretariat_tells("POST", "/api/v1/items", recorded).await.body;
    let decision = json!({"text": {"en": "Pay"}, "lead": "GPO", "implements": [recommendation["ref"]]});
    scene.secretariat_tells("POST", "/api/v1/meetings/MT-1/decisions", decision).await;
    scene.move_protocol(json!({"to": "circulated", "objections_until": scene.register.today()})).await;
    scene.move_protocol(json!({"to": "approved"})).await;
    let path = format!("/api/v1/items/{}/links", recommendation["id"].as_str().unwrap());
    let links = scene.register.ask("GET", &path, "").await.body;
    let link = &links["items"][0];
    assert_eq!((&link["kind"], &link["direction"]), (&json!("implements"), &json!("incoming")));
    assert_eq!(link["item"]["title"], json!({"en": "Pay"}));
}

#[tokio::test]
async fn what_is_circulated_or_approved_stays_but_for_levels_and_description() {
    let scene = Scene::new().await;
    let meeting = scene.meeting().await;
    let decision = json!({"text": {"en": "Pay"}, "lead": "GPO"});
    let decision = scene.secretariat_tells("POST", "/api/v1/meetings/MT-1/decisions", decision).await.body;
    let decision =
        format!("/api/v1/meetings/MT-1/decisions/{}", decision["decisions"][0]["id"].as_str().unwrap());
    let line = format!("/api/v1/meetings/MT-1/agenda/{}", meeting["agenda"][2]["id"].as_str().unwrap());
    let early = scene.move_protocol(json!({"to": "approved"})).await;
    assert_eq!(early.refusal(), (409, "protocol_conflict"));
    for (to, code) in [("circulated", "status_conflict"), ("approved", "protocol_approved")] {
        let until = if to == "circulated" { json!(scene.register.today()) } else { Value::Null };
        let moved = scene.move_protocol(json!({"to": to, "objections_until": until})).await;
        let etag = &moved.body["etag"];
        let patch =
            async |path: &str, body: Value| scene.register.patch(path, &scene.secretariat, etag, body).await;
        for (path, body) in [
            (line.as_str(), json!({"title": {"en": "Other"}})),
            (&decision, json!({"lead": "MFA"})),
            ("/api/v1/meetings/MT-1", json!({"held_on": "2025-02-28"})),
        ] {
            assert_eq!(patch(path, body).await.refusal(), (409, code), "{to} {path}");
        }
        let removed = [("if-match", "*")];
        for path in [&line, &decision] {
            let answer =
                scene.register.send("DELETE", path, &scene.secretariat, &removed, &Value::Null).await;
            assert_eq!(answer.refusal(), (409, code), "{to} {path}");
        }
        let more = json!({"text": {"en": "More"}, "lead": "GPO"});
        let more = scene.secretariat_tells("POST", "/api/v1/meetings/MT-1/decisions", more).await;
        assert_eq!(more.refusal(), (409, code));
        let level = if to == "circulated" { "public" } else { "secretariat" };
        assert_eq!(patch(&line, json!({"level": level})).await.body["agenda"][2]["level"], level);
    }
    assert_eq!(scene.move_protocol(json!({"to": "draft"})).await.refusal(), (409, "protocol_approved"));
}

#[tokio::test]
async fn only_the_secretariat_changes_meetings_and_what_is_hidden_is_absent() {
    let scene = Scene::new().await;
    let meeting = scene.meeting().await;
    let etag = scene.seen_by(&scene.officer).await["etag"].clone();
    let hidden = format!("/api/v1/meetings/MT-1/agenda/{}", meeting["agenda"][1]["id"].as_str().unwrap());
    let visible = format!("/api/v1/meetings/MT-1/agenda/{}", meeting["agenda"][2]["id"].as_str().unwrap());
    let body = json!({"title": {"en": "Mine"}});
    let officer = scene.officer.as_str();
    let patch = async |path: &str, token: &str, etag: &Value| {
        scene.register.patch(path, token, etag, body.clone()).await
    };
    assert_eq!(patch(&hidden, officer, &etag).await.refusal(), (404, "not_found"));
    assert_eq!(patch(&visible, officer, &etag).await.refusal(), (403, "role_required"));
    assert_eq!(patch(&visible, officer, &meeting["etag"]).await.refusal(), (412, "precondition_failed"));
    assert_eq!(patch(&visible, "", &etag).await.refusal(), (401, "unauthenticated"));
    assert_eq!(patch("/api/v1/meetings/MT-9", officer, &etag).await.refusal(), (404, "not_found"));
    let unconditional = scene.register.tell("PATCH", &visible, &scene.secretariat, body.clone()).await;
    assert_eq!(unconditional.refusal(), (428, "precondition_required"));
    let wrong = scene.register.patch(&visible, officer, &etag, json!({"number": "one"})).await;
    assert_eq!(wrong.refusal(), (403, "role_required"), "the role comes before the fields");
    let new = json!({"code": "MT-2", "kind": "plenary", "title": {"en": "Mine"}});
    let made = scene.register.tell("POST", "/api/v1/meetings", officer, new).await;
    assert_eq!(made.refusal(), (403, "role_required"));
    assert_eq!(scene.seen_by(&scene.secretariat).await, meeting);
}

#[tokio::test]
async fn wrong_fields_are_named_where_they_stand() {
    let scene = Scene::new().await;
    let meeting = scene.meeting().await;
    let etag = &meeting["etag"];
    let post = async |path: &str, body: Value| {
        scene.secretariat_tells("POST", &format!("/api/v1/meetings/MT-1/{path}"), body).await
    };
    let cases = [
        ("agenda", json!({"title": {}, "level": "public"}), "/title", "required"),
        ("agenda", json!({"title": {"en": "x"}, "level": "own"}), "/level", "not_allowed"),
        ("agenda", json!({"title": {"en": "x"}, "level": "public", "number": 1}), "/number", "duplicate"),
        (
            "agenda",
            json!({"title": {"en": "x"}, "level": "public", "items": ["C-2020-0001"]}),
            "/items/0",
            "unknown_reference",
        ),
        ("decisions", json!({"text": {"en": "x"}, "lead": "NGO-A"}), "/lead", "unknown_reference"),
        (
            "decisions",
            json!({"text": {"en": "x"}, "lead": "GPO", "due_precision": "year"}),
            "/due_on",
            "required",
        ),
        ("protocol", json!({"to": "circulated"}), "/objections_until", "required"),
        (
            "protocol",
            json!({"to": "circulated", "objections_until": "2020-01-01"}),
            "/objections_until",
            "not_allowed",
        ),
    ];
    for (path, body, pointer, code) in cases {
        let answer = post(path, body).await;
        assert_eq!(answer.wrong_field(), (422, &*format!("#{pointer}"), code), "{path}");
    }
    let attendance = json!({"items": [{"organisation": "GPO", "level": "public"}, {"organisation": "XX", "level": "public"}]});
    let answer = scene.put("/api/v1/meetings/MT-1/attendance", etag, &attendance).await;
    assert_eq!(answer.wrong_field(), (422, "#/items/1/organisation", "unknown_reference"));
    let agenda = json!({"items": [{"title": {"en": "x"}, "level": "public", "speakers": [{"office": {}}]}]});
    let answer = scene.put("/api/v1/meetings/MT-1/agenda", etag, &agenda).await;
    assert_eq!(answer.wrong_field(), (422, "#/items/0/speakers/0/office", "required"));
    assert_eq!(scene.seen_by(&scene.secretariat).await, meeting, "nothing was stored");
}

#[tokio::test]
async fn a_replaced_agenda_keeps_the_lines_that_are_named() {
    let scene = Scene::new().await;
    let meeting = scene.meeting().await;
    let kept = &meeting["agenda"][2]["id"];
    let agenda = json!({"items": [
        {"id": kept, "title": {"en": "Moved up"}, "level": "public"},
        {"title": {"en": "New"}, "level": "public"},
    ]});
    let answer = scene.put("/api/v1/meetings/MT-1/agenda", &meeting["etag"], &agenda).await;
    assert_eq!(lines(&answer.body), [(1, "Moved up"), (2, "New")]);
    assert_eq!(&answer.body["agenda"][0]["id"], kept);
    assert_eq!(scene.put("/api/v1/meetings/MT-1/agenda", &meeting["etag"], &agenda).await.refusal().0, 412);
}

#[tokio::test]
async fn a_request_sent_twice_adds_one_line() {
    let scene = Scene::new().await;
    scene.meeting().await;
    let line = json!({"title": {"en": "Once"}, "level": "public"});
    let send = async || {
        let headers = [("idempotency-key", "once")];
        scene.register.send("POST", "/api/v1/meetings/MT-1/agenda", &scene.secretariat, &headers, &line).await
    };
    let (first, second) = (send().await, send().await);
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(first.body["agenda"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn meetings_are_listed_newest_first_by_page_kind_and_year() {
    let scene = Scene::new().await;
    for (code, kind, day) in [
        ("MT-A", "plenary", json!("2023-05-01")),
        ("MT-B", "subgroup", json!("2025-01-10")),
        ("MT-C", "plenary", json!("2025-06-01")),
        ("MT-D", "plenary", Value::Null),
    ] {
        let new = json!({"code": code, "kind": kind, "title": {"en": code}, "held_on": day});
        assert_eq!(scene.secretariat_tells("POST", "/api/v1/meetings", new).await.status, 201);
    }
    let codes = |body: &Value| -> Vec<String> {
        let items = body["items"].as_array().unwrap();
        items.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    let ask = async |path: &str| scene.register.ask("GET", path, "").await.body;
    assert_eq!(codes(&ask("/api/v1/meetings").await), ["MT-C", "MT-B", "MT-A", "MT-D"]);
    assert_eq!(codes(&ask("/api/v1/meetings?kind=plenary&year=2025").await), ["MT-C"]);
    let first = ask("/api/v1/meetings?limit=2").await;
    assert_eq!((codes(&first), &first["prev"]), (vec!["MT-C".to_owned(), "MT-B".to_owned()], &Value::Null));
    let path =
        |link: &Value| link.as_str().unwrap().strip_prefix("https://register.example").unwrap().to_owned();
    let second = ask(&path(&first["next"])).await;
    assert_eq!((codes(&second), &second["next"]), (vec!["MT-A".to_owned(), "MT-D".to_owned()], &Value::Null));
    assert_eq!(codes(&ask(&path(&second["prev"])).await), codes(&first));
    let wrong = scene.register.ask("GET", "/api/v1/meetings?speaker=x", "").await;
    assert_eq!(wrong.refusal(), (400, "unknown_parameter"));
    let taken = json!({"code": "MT-A", "kind": "plenary", "title": {"en": "Again"}});
    assert_eq!(scene.secretariat_tells("POST", "/api/v1/meetings", taken).await.refusal(), (409, "taken"));
}

#[tokio::test]
async fn a_past_meeting_is_recorded_from_a_document_and_corrected_afterwards() {
    let scene = Scene::new().await;
    let recorded = json!({
        "code": "MT-1", "kind": "plenary", "title": {"en": "Past"}, "held_on": "2015-06-15",
        "held_on_precision": "year",
        "recorded": {
            "from": {"label": "A newspaper, 2015-07-01"},
            "agenda": [{"title": {"en": "Redress"}, "level": "public", "protocol_text": {"en": "Discussed"}}],
            "attendance": [{"organisation": "GPO", "level": "public"}],
        },
    });
    assert_eq!(scene.secretariat_tells("POST", "/api/v1/meetings", recorded).await.status, 201);
    let public = scene.seen_by("").await;
    assert_eq!((&public["protocol"], &public["held_on"]), (&json!("approved"), &json!("2015-01-01")));
    assert_eq!(public["agenda"][0]["protocol_text"], json!({"en": "Discussed"}));
    assert_eq!(public["attendance"][0]["organisation"]["code"], "GPO");
    let etag = scene.seen_by(&scene.secretariat).await["etag"].clone();
    let patch = json!({"held_on": "2015-06-15", "held_on_precision": "day"});
    let corrected = scene.register.patch("/api/v1/meetings/MT-1", &scene.secretariat, &etag, patch).await;
    assert_eq!(corrected.body["held_on"], "2015-06-15");
    let decision = json!({"text": {"en": "Late"}, "lead": "GPO"});
    let late = scene.secretariat_tells("POST", "/api/v1/meetings/MT-1/decisions", decision).await;
    assert_eq!(late.refusal(), (409, "protocol_approved"));
}
