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
    let invited =
        post(&member, &format!("/items/{filed}/co-filing-invitations"), json!({"organisation": "KIBHR"}));
    let invitation = id(invited["items"][0].clone());
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
    post(&officer, &format!("/items/{planned}/links"), json!({"kind": "relates_to", "to": "C-2026-0008"}));
    let reported = reported(demonstration, &planned);
    vec![
        ("draft", draft),
        ("filed", filed),
        ("invitation", invitation),
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
    let published = post(Who::Officer, &at("updates"), json!({"narrative": words("2026")}));
    let published = id(&published["update"]);
    post(Who::Officer, &at("updates"), json!({"narrative": words("2027"), "corrects": published}));
    let finding = json!({"finding": "not_implemented", "rationale": words("2026")});
    let finding = post(Who::Institution, &at("assessments"), finding);
    let question = post(Who::Institution, &at("questions"), json!({"text": words("2026?")}));
    let counted = counted(demonstration, planned);
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
        ("published", published),
        ("finding", id(&finding["assessment"])),
        ("question", id(&question["question"])),
        ("done", health),
        ("round", id(&round)),
        ("account", id(&accounts["items"][0])),
    ]
    .into_iter()
    .chain(counted)
    .collect()
}

/// What is planned and counted on the way: a law that passed a stage, and an indicator with a value that was corrected.
fn counted(demonstration: &Demonstration, planned: &str) -> [(&'static str, String); 2] {
    let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
    let officer = demonstration.token(Who::Officer);
    let at = |part: &str| format!("/items/{planned}/{part}");
    let write = |method: &str, path: &str, body: Value| demonstration.write(&officer, method, path, &body);
    let title = json!({"kk": "Заң жобасы", "ru": "Законопроект", "en": "A bill"});
    let milestone = json!({"kind": "legal_act", "title": title, "url": "https://example.org/bill",
        "due_on": "2029-12-31", "stages": [{"stage": "concept", "on": "2026-02-01"}]});
    let milestone = id(&write("POST", &at("milestones"), milestone)["milestone"]);
    let moved = json!({"due_on": "2030-06-30", "reason": {"kk": "2030", "ru": "2030", "en": "2030"}});
    write("PATCH", &at(&format!("milestones/{milestone}")), moved);
    let name = json!({"kk": "Шағымдар", "ru": "Жалобы", "en": "Complaints"});
    let unit = json!({"kk": "саны", "ru": "число", "en": "number"});
    let indicator = json!({"name": name, "unit": unit, "target": "12"});
    let indicator = id(&write("POST", &at("indicators"), indicator)["indicator"]);
    let values = at(&format!("indicators/{indicator}/values"));
    let given = write("POST", &values, json!({"on": "2026-01-01", "value": "4"}));
    let wrong = id(&given["indicator"]["values"][0]);
    write("POST", &values, json!({"on": "2026-01-01", "value": "5", "corrects": wrong}));
    [("milestone", milestone), ("indicator", indicator)]
}
