//! A word of its own in everything that is hidden; then everybody fetches everything there is to fetch.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, commitment, draft, filed, part, proposal, widen};

/// The word in what readers of a level read, and nobody narrower.
fn word(level: &str) -> String {
    format!("quxin{level}")
}

/// What is written at a level.
fn text(level: &str) -> Value {
    json!({"en": format!("Stop ill-treatment {}", word(level)), "kk": format!("Азаптауды тоқтату {}", word(level))})
}

const LEVELS: [&str; 5] = ["own", "secretariat", "addressed", "members", "public"];

/// What two bodies wrote that waits: for the secretariat, and for an approver.
const OF_GPO: &str = "quxofgpo";
const OF_MOH: &str = "quxofmoh";

/// What everything is asked of.
struct Hidden {
    items: Vec<String>,
    meeting: String,
    /// Where everything stands that was added, whoever reads it.
    added: Vec<String>,
}

/// A plan of a meeting with what is discussed at each level, before anything of it is approved.
async fn meeting(register: &TestRegister) -> String {
    let new = json!({"code": "MT-2026-09", "kind": "plenary", "title": {"en": "A plenary"}, "held_on": "2026-03-20"});
    let made = register.secretariat().post("/meetings", new).await.expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    for level in ["secretariat", "members", "public"] {
        let line = json!({"title": text(level), "level": level});
        register.secretariat().post(&format!("/meetings/{id}/agenda"), line).await.expect(201);
    }
    let decision = json!({"text": text("secretariat"), "lead": "GPO"});
    register.secretariat().post(&format!("/meetings/{id}/decisions"), decision).await.expect(201);
    id
}

async fn posted(caller: Caller<'_>, item: &str, of: &str, body: Value) -> Value {
    caller.post(&part(item, of), body).await.expect(201)
}

async fn said(register: &TestRegister, item: &str, of: &str, id: &Value) {
    let at = part(item, &format!("{of}/{}/passing", id.as_str().unwrap()));
    register.secretariat().post(&at, json!({"to": "passed_on"})).await.expect(201);
}

/// Findings, evidence, questions and answers of KK at each level, its name at `own`.
async fn contributions(register: &TestRegister, item: &str) {
    let (member, officer) = (register.ngo("KK"), register.officer("GPO"));
    for level in &LEVELS[1..] {
        let rationale = text(level);
        let finding = json!({
            "finding": "regressed", "rationale": rationale, "text_level": level, "identity_level": "own",
            "evidence": [{"kind": "named", "title": text(level), "number": word(level)}],
        });
        posted(member, item, "assessments", finding).await;
        let evidence = json!({
            "kind": "link", "title": text(level), "url": format!("https://example.org/{}", word(level)),
            "text_level": level, "identity_level": "own",
        });
        posted(member, item, "evidence", evidence).await;
        let described = json!({
            "kind": "file", "title": text(level), "text_level": level, "identity_level": "own",
        });
        let (name, content) = (format!("{}.txt", word(level)), text(level).to_string());
        member.bring(&part(item, "evidence"), &described, &name, content.as_bytes()).await.expect(201);
        if *level == "secretariat" {
            continue;
        }
        // What waits is the secretariat's; what was passed on is read at its level, and its answer with it.
        let waiting = json!({"text": text("secretariat"), "text_level": level, "identity_level": "own"});
        posted(member, item, "questions", waiting).await;
        let asked = json!({"text": text(level), "text_level": level, "identity_level": "own"});
        let asked = posted(member, item, "questions", asked).await["question"]["id"].clone();
        said(register, item, "questions", &asked).await;
        let answer = json!({"question": asked, "text": text(level)});
        let answer = posted(officer, item, "answers", answer).await["answer"]["id"].clone();
        said(register, item, "answers", &answer).await;
        let answer = json!({"question": asked, "text": {"en": OF_GPO}});
        posted(officer, item, "answers", answer).await;
    }
    // Public once, and taken back.
    let finding = json!({"finding": "regressed", "rationale": text("secretariat"), "identity_level": "own"});
    let narrowed = posted(member, item, "assessments", finding).await["assessment"]["id"].clone();
    register.pass_days(1);
    register.admit().await;
    let body = json!({"axis": "text", "to": "secretariat", "about": narrowed});
    member.post(&part(item, "level-changes"), body).await.expect(201);
}

async fn hide(register: &TestRegister) -> Hidden {
    let reported = commitment(register, "GPO", "larch").await;
    contributions(register, &reported).await;
    let mut items = vec![reported];
    for (level, of) in [("own", "draft"), ("secretariat", "filed")] {
        let id = if of == "draft" {
            draft(register, &word(level)).await
        } else {
            filed(register, &word(level)).await
        };
        items.push(id);
    }
    for level in &LEVELS[2..] {
        let id = proposal(register, &word(level), level, "own").await;
        if *level == "public" {
            contributions(register, &id).await;
        }
        items.push(id);
    }
    // A body's own papers: the officer's draft, and a link that tells of what is hidden.
    let awaiting = commitment(register, "MOH", "maple").await;
    posted(register.officer("MOH"), &awaiting, "updates", json!({"narrative": {"en": OF_MOH}})).await;
    let link = json!({"kind": "relates_to", "to": items[2]});
    register.secretariat().post(&part(&items[0], "links"), link).await.expect(201);
    let invited = json!({"organisation": "KIBHR"});
    let declined =
        register.ngo("KK").post(&part(&items[2], "co-filing-invitations"), invited).await.expect(201);
    let declined = declined["items"][0]["id"].as_str().unwrap().to_owned();
    let at = format!("/me/co-filing-invitations/{declined}");
    register.ngo("KIBHR").delete(&at).await.expect_empty(204);
    items.push(awaiting);
    // A name that was known to members for a day is nobody's again.
    widen(register.ngo("KK"), &items[5], "identity", "members").await;
    widen(register.ngo("KK"), &items[5], "identity", "own").await;
    change(register.officer("GPO"), &items[0], json!({"to": "in_progress"})).await;
    register.pass_days(1);
    register.admit().await;
    register.admit().await;
    register.tell().await;
    let mut added = Vec::new();
    for caller in
        [register.ngo("KK"), register.officer("GPO"), register.officer("MOH"), register.secretariat()]
    {
        added.extend(singly(caller, &items).await.into_iter().map(|(address, _)| address));
    }
    added.sort_unstable();
    added.dedup();
    Hidden { items, meeting: meeting(register).await, added }
}

/// Everything that there is to fetch about items.
fn addresses(hidden: &Hidden) -> Vec<String> {
    let parts = [
        "history",
        "status-changes",
        "deadline-revisions",
        "response-stages",
        "links",
        "assessments",
        "updates",
        "closing-notices",
        "milestones",
        "indicators",
        "evidence",
        "questions",
        "answers",
        "consents",
        "receipt",
        "co-filing-invitations",
    ];
    let everything = "status_changes,deadline_revisions,response_stages,consents,links,history,updates,assessments,\
                      closing_notices,milestones,indicators,evidence,questions,answers,organisations";
    let mut all: Vec<String> = vec![
        format!("/items?limit=50&embed={everything}"),
        "/items/facets".to_owned(),
        "/stats".to_owned(),
        "/organisations/GPO/scorecard".to_owned(),
        "/ledger/entries?limit=1000".to_owned(),
        "/me/notifications?limit=200".to_owned(),
        "/me/follows".to_owned(),
        "/me/co-filing-invitations".to_owned(),
        "/meetings".to_owned(),
        "/items?disagreement=true".to_owned(),
        "/items?finding=regressed".to_owned(),
        "/items?evidence_after=2020-01-01".to_owned(),
        "/items/similar?title=Stop%20ill-treatment".to_owned(),
    ];
    for level in LEVELS {
        all.push(format!("/items?q={}", word(level)));
        all.push(format!("/items/similar?title=Stop%20ill-treatment%20{}", word(level)));
        all.push(format!("/items?text_level={level}"));
    }
    for sort in ["title", "-updated_at", "-entered_on"] {
        all.push(format!("/items?limit=200&sort={sort}"));
    }
    for item in &hidden.items {
        all.push(format!("/items/{item}?embed={everything}"));
        all.extend(parts.iter().map(|of| part(item, of)));
    }
    let of_meeting =
        ["", "/agenda", "/agenda?format=html", "/decisions", "/attendance", "/carry-over", "/protocol"];
    all.extend(of_meeting.iter().map(|of| format!("/meetings/{}{of}", hidden.meeting)));
    // Who knows an address is no closer to what stands there.
    all.extend(hidden.added.iter().cloned());
    all
}

/// Everything that there is to look at. Nothing is searched for: a page says again what was asked.
fn pages(hidden: &Hidden) -> Vec<String> {
    let everywhere = [
        "",
        "items",
        "items?sort=-updated_at",
        "items?disagreement=true",
        "items?finding=regressed",
        "items/similar?title=Stop%20ill-treatment",
        "items/new",
        "organisations/GPO",
        "organisations/MOH",
        "organisations/KK",
        "topics",
        "calendar",
        "meetings",
        "rounds",
        "work",
        "bulk",
        "approvals",
        "queue",
        "translations",
        "verify",
        "account",
        "account/notifications",
        "account/follows",
    ];
    let of_item = [
        "",
        "history",
        "edit",
        "edit/why",
        "check",
        "levels",
        "receipt",
        "deadline",
        "finding",
        "question",
        "closing",
        "evidence",
        "milestone",
        "indicator",
        "report",
        "move/in_progress",
        "links",
        "owners",
        "parts",
        "co-filing",
    ];
    let mut all: Vec<String> = everywhere.iter().map(|path| format!("/en/{path}")).collect();
    for item in &hidden.items {
        all.extend(of_item.iter().map(|of| format!("/en{}", part(item, of).trim_end_matches('/'))));
        all.extend([format!("/en/queue/{item}"), format!("/en/translations/{item}")]);
    }
    let of_meeting = ["", "/edit", "/build", "/protocol"];
    all.extend(of_meeting.iter().map(|of| format!("/en/meetings/{}{of}", hidden.meeting)));
    let page_of = |address: &String| {
        let page = address.replace("/updates/", "/reports/").replace("/assessments/", "/findings/");
        if page.contains("/findings/") { format!("/en{page}/reply") } else { format!("/en{page}") }
    };
    all.extend(hidden.added.iter().map(page_of));
    all
}

/// Each single thing that lists name, at its own address.
async fn singly(caller: Caller<'_>, items: &[String]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in items {
        for of in ["assessments", "updates", "evidence", "questions", "answers"] {
            let list = caller.get(&part(item, of)).await;
            let listed = if list.status == 200 { list.json()["items"].clone() } else { json!([]) };
            for one in listed.as_array().unwrap() {
                let at = part(item, &format!("{of}/{}", one["id"].as_str().unwrap()));
                found.push((at.clone(), caller.get(&at).await.text()));
                if one["kind"] == "file" {
                    let at = format!("{at}/file");
                    found.push((at.clone(), caller.get(&at).await.text()));
                }
            }
        }
    }
    found
}

/// What pages tell to somebody who reads from this level on, and should not.
fn told_by_pages(
    (who, floor): (&str, usize),
    seen: &[(String, String)],
    ids: &[String],
    filer: &str,
) -> Vec<String> {
    let hidden = LEVELS[..floor].iter().map(|level| word(level));
    let of_bodies = [(OF_GPO, "\"GPO\""), (OF_MOH, "\"MOH\"")].into_iter();
    let of_bodies = of_bodies.filter(|(word, body)| !who.contains(body) && (*word != OF_GPO || floor > 1));
    let of_bodies = of_bodies.map(|(word, _)| word.to_owned());
    let hidden: Vec<String> = hidden.chain(of_bodies).chain(ids.iter().cloned()).collect();
    let mut told = Vec::new();
    for (address, page) in seen {
        // Forms list organisations, and everything else is about more than one.
        let about_an_item = address.starts_with("/en/items/") || address.starts_with("/en/queue/");
        let named = about_an_item && !who.contains("\"KK\"") && page.contains(filer);
        told.extend(named.then(|| format!("the filer at {address}")));
        told.extend(
            hidden.iter().filter(|word| page.contains(*word)).map(|word| format!("{word} at {address}")),
        );
    }
    told
}

#[tokio::test]
async fn what_is_hidden_is_in_nothing_that_those_who_may_not_read_it_can_fetch() {
    TestRegister::on_both(async |register| {
        let hidden = hide(register).await;
        let (addresses, pages) = (addresses(&hidden), pages(&hidden));
        let filer = register.organisation_name("KK");
        let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
        let ids: Vec<String> = [1, 2, 3]
            .map(|number| register.user_id(Person { organisation: "KK", role: Role::NgoMember, number }))
            .into();
        for (caller, floor) in [
            (register.anonymous(), 4),
            (register.admin(), 4),
            (register.observer(), 3),
            (register.officer("MOH"), 3),
            (register.ngo("KIBHR"), 3),
            (register.person(unconfirmed), 3),
            (register.officer("GPO"), 2),
            (register.secretariat(), 1),
        ] {
            let mut fetched = Vec::new();
            for address in &addresses {
                fetched.push((address.clone(), caller.get(address).await.text()));
            }
            fetched.extend(singly(caller, &hidden.items).await);
            let mut seen = Vec::new();
            for page in &pages {
                seen.push((page.clone(), caller.see(page).await.text()));
            }
            let who = format!("{:?}", caller.person());
            let mut told = Vec::new();
            for (address, text) in &fetched {
                let hidden = LEVELS[..floor].iter().map(|level| word(level));
                let of_bodies = [(OF_GPO, "\"GPO\""), (OF_MOH, "\"MOH\"")];
                let of_bodies = of_bodies.into_iter().filter(|(_, body)| !who.contains(body));
                let of_bodies = of_bodies.filter(|(word, _)| *word != OF_GPO || floor > 1);
                let of_bodies = of_bodies.map(|(word, _)| word.to_owned());
                // The name of who filed and found is at `own` everywhere, and its code is a word of two letters.
                let named = ["\"KK\"".to_owned(), register.organisation_id("KK")];
                let named = named.into_iter().filter(|_| !who.contains("\"KK\""));
                for word in hidden.chain(of_bodies).chain(named).chain(ids.iter().cloned()) {
                    // A search is told back by the list's own address, and the register's organisations are public.
                    let text = text.replace(address.as_str(), "");
                    let in_register =
                        address.starts_with("/ledger") && word.len() <= 36 && !word.starts_with("qux");
                    if text.contains(&word) && !in_register {
                        told.push(format!("{word} at {address}"));
                    }
                }
            }
            assert!(told.is_empty(), "{who}:\n{}", told.join("\n"));
            assert_eq!(told_by_pages((&who, floor), &seen, &ids, &filer), Vec::<String>::new(), "{who}");
            for (what, all) in [("fetches", fetched), ("sees", seen)] {
                let all: String = all.into_iter().map(|(_, text)| text).collect();
                for level in &LEVELS[floor..] {
                    assert!(all.contains(&word(level)), "{who} {what} what is there for it: {level}");
                }
            }
        }
    })
    .await;
}
