//! What screens show that the demonstration has not: the work of somebody in the middle of it.

use serde_json::{Value, json};

use crate::demonstration::Demonstration;
use crate::screens::Who;

/// Makes what screens name in braces.
pub(crate) fn prepare(demonstration: &Demonstration) -> Vec<(&'static str, String)> {
    let tokens = [Who::NgoMember, Who::Officer, Who::Secretariat].map(|who| demonstration.token(who));
    let [member, officer, secretariat] = tokens;
    let post = |token: &str, path: &str, body: Value| demonstration.write(token, "POST", path, &body);
    let id = |of: Value| of["id"].as_str().expect("an id").to_owned();
    let proposal = |number: u8| {
        let title = json!({"kk": format!("Шағым берушілерді қорғау, {number}"),
            "ru": format!("Защитить заявителей, {number}"), "en": format!("Protect complainants, {number}")});
        let grounds = json!({"en": "Complainants are transferred. Nobody answers for it."});
        id(post(
            &member,
            "/items",
            json!({"kind": "proposal", "title": title, "addressees": ["GPO"], "grounds": grounds}),
        ))
    };
    let (draft, filed) = (proposal(1), proposal(2));
    post(&member, &format!("/items/{filed}/status-changes"), json!({"to": "submitted"}));
    let asked = json!({"to": "submitter", "text": {"kk": "2026?", "ru": "2026?", "en": "2026?"}});
    post(&secretariat, &format!("/items/{filed}/questions"), asked);
    let title = json!({"kk": "Камералар", "ru": "Камеры", "en": "Cameras"});
    let planned =
        id(post(&officer, "/items", json!({"kind": "commitment", "title": title, "due_on": "2030-12-31"})));
    post(&officer, &format!("/items/{planned}/status-changes"), json!({"to": "planned"}));
    let untranslated = json!({"kind": "commitment", "due_on": "2030-12-31",
        "title": {"kk": "Бас прокуратура тергеу изоляторларындағы бейнебақылауды кеңейтеді", "ru": "Видеонаблюдение"},
        "summary": {"kk": "Міндеттеме ұсыныс бойынша қабылданды.\nОрындалуы жылына екі рет тексеріледі."}});
    let untranslated = id(post(&officer, "/items", untranslated));
    post(&officer, &format!("/items/{untranslated}/status-changes"), json!({"to": "planned"}));
    let meeting = |code: &str| {
        let title = json!({"kk": "Жалпы отырыс", "ru": "Пленарное заседание", "en": "Plenary"});
        let body = json!({"code": code, "kind": "plenary", "title": title, "held_on": "2026-02-27"});
        post(&secretariat, "/meetings", body);
        let line = json!({"title": {"en": "Custody"}, "level": "public"});
        post(&secretariat, &format!("/meetings/{code}/agenda"), line);
        code.to_owned()
    };
    let (begun, circulated) = (meeting("MT-2026-01"), meeting("MT-2026-02"));
    let there = json!({"items": [{"organisation": "GPO", "level": "public"}]});
    demonstration.write(&secretariat, "PUT", &format!("/meetings/{circulated}/attendance"), &there);
    let sent = json!({"to": "circulated", "objections_until": "2099-12-31"});
    post(&secretariat, &format!("/meetings/{circulated}/protocol"), sent);
    let reported = reported(demonstration, &planned);
    vec![
        ("draft", draft),
        ("filed", filed),
        ("planned", planned),
        ("untranslated", untranslated),
        ("meeting", begun),
        ("circulated", circulated),
    ]
    .into_iter()
    .chain(reported)
    .collect()
}

/// What was said about a commitment: a report that is written and one that waits, a finding, a question; what is said
/// to be done; a round that asks for reports.
fn reported(demonstration: &Demonstration, planned: &str) -> Vec<(&'static str, String)> {
    let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
    let post = |who: Who, path: &str, body: Value| {
        demonstration.write(&demonstration.token(who), "POST", path, &body)
    };
    let at = |part: &str| format!("/items/{planned}/{part}");
    let words = |text: &str| json!({"kk": text, "ru": text, "en": text});
    let report = json!({"narrative": words("2026"), "draft": true});
    let report = post(Who::Officer, &at("updates"), report);
    let finding = json!({"finding": "not_implemented", "rationale": words("2026")});
    let finding = post(Who::Institution, &at("assessments"), finding);
    let question = post(Who::Institution, &at("questions"), json!({"text": words("2026?")}));
    let health = json!({"kind": "commitment", "title": words("112"), "due_on": "2030-12-31"});
    let health = id(&post(Who::Approver, "/items", health));
    let health_part = |part: &str| format!("/items/{health}/{part}");
    post(Who::Approver, &health_part("status-changes"), json!({"to": "planned"}));
    post(Who::HealthOfficer, &health_part("updates"), json!({"narrative": words("2026")}));
    post(Who::Approver, &health_part("status-changes"), json!({"to": "in_progress"}));
    let evidence = json!([{"kind": "named", "title": words("112"), "number": "112"}]);
    post(Who::Approver, &health_part("status-changes"), json!({"to": "reported_done", "evidence": evidence}));
    let round = json!({"organisations": ["GPO"], "items": [planned]});
    let round = post(Who::Secretariat, "/reporting-rounds", round);
    let accounts = demonstration.write(&demonstration.token(Who::Admin), "GET", "/users", &Value::Null);
    vec![
        ("report", id(&report["update"])),
        ("finding", id(&finding["assessment"])),
        ("question", id(&question["question"])),
        ("done", health),
        ("round", id(&round)),
        ("account", id(&accounts["items"][0])),
    ]
}
