//! A register in which every text that people can write tries to be more than a text.
#![expect(
    clippy::needless_pass_by_value,
    reason = "a body is written where it is sent and belongs to the request"
)]

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use qadam_tests::socket::bring;
use serde_json::{Value, json};

use crate::demonstration::Demonstration;
use crate::screens::Who;

/// What every text ends with: elements, handlers, and the ends of what a text may stand in.
const TAIL: &str = "\"'><i data-injected onclick=x>i</i><img src=x onerror=window.ran=1><svg onload=window.ran=1></svg>\
                    </title></textarea></script><script>window.ran=1</script><!--{{7*7}}";

/// The same for what has to be short.
const SHORT_TAIL: &str = "\"'><img src=x onerror=window.ran=1>";

/// The fields that were filled.
static FIELDS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Remembers that a field is filled.
fn mark(field: &str) {
    FIELDS.lock().unwrap_or_else(PoisonError::into_inner).insert(field.to_owned());
}

/// A text that names its field.
fn text(field: &str) -> String {
    mark(field);
    format!("mark-{field}-{TAIL}")
}

/// A short text that names its field.
fn short(field: &str) -> String {
    mark(field);
    format!("mark-{field}-{SHORT_TAIL}")
}

/// A text in all languages.
fn map(field: &str) -> Value {
    json!({"kk": text(field), "ru": text(field), "en": text(field)})
}

/// An address that tries to leave its attribute.
fn address(field: &str) -> String {
    mark(field);
    format!("https://example.org/mark-{field}-'onmouseover=window.ran=1//<script>window.ran=1</script>")
}

/// The pages that show the texts, below the language.
pub(crate) struct Shown {
    pub(crate) paths: Vec<String>,
    fields: BTreeSet<String>,
}

impl Shown {
    /// The names of all fields that were filled.
    pub(crate) fn fields(&self) -> BTreeSet<String> {
        self.fields.clone()
    }
}

/// Writes as one account after another.
struct Writer<'a> {
    demonstration: &'a Demonstration,
    tokens: [(Who, String); 4],
}

impl Writer<'_> {
    fn token(&self, who: Who) -> &str {
        let token = self.tokens.iter().find(|(known, _)| *known == who);
        token.map(|(_, token)| token.as_str()).expect("somebody who writes")
    }

    fn send(&self, who: Who, method: &str, path: &str, body: &Value) -> Value {
        self.demonstration.write(self.token(who), method, path, body)
    }

    fn post(&self, who: Who, path: &str, body: Value) -> Value {
        self.send(who, "POST", path, &body)
    }

    fn create(&self, who: Who, body: Value) -> String {
        id(&self.post(who, "/items", body))
    }
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("no id in {of}")).to_owned()
}

/// Evidence with everything that can be said of it.
fn evidence(field: &str) -> Value {
    json!({"kind": "link", "title": map(&format!("{field}.title")), "url": address(&format!("{field}.url")),
        "issuer": short(&format!("{field}.issuer")), "number": short(&format!("{field}.number"))})
}

/// Fills a register and says which pages show what.
pub(crate) fn fill(demonstration: &Demonstration) -> Shown {
    let writers = [Who::Officer, Who::NgoMember, Who::Secretariat, Who::Admin];
    let tokens = writers.map(|who| (who, demonstration.token(who)));
    let writer = Writer { demonstration, tokens };
    let mut paths: Vec<String> =
        ["", "items?sort=-updated_at", "meetings", "organisations", "topics/redress", "account"]
            .map(str::to_owned)
            .to_vec();
    writer.send(Who::Secretariat, "PATCH", "/me", &json!({"name": short("account.name")}));
    organisation(&writer);
    paths.push("organisations/HOSTILE".to_owned());
    let (commitment, parts) = commitment(&writer);
    paths.extend(parts.into_iter().map(|part| format!("items/{commitment}/{part}")));
    for item in [commitment, recommendation(&writer), proposal(&writer), recorded(&writer)] {
        paths.push(format!("items/{item}"));
        paths.push(format!("items/{item}/history"));
    }
    let (whole, parts) = split(&writer);
    let withdrawn = withdrawn(&writer);
    paths.extend([&whole, &withdrawn].into_iter().chain(&parts).map(|item| format!("items/{item}")));
    // What is worked with shows the same texts in other places.
    paths.extend(parts.iter().map(|item| format!("queue/{item}")));
    paths.extend(parts.iter().map(|item| format!("translations/{item}?language=kk")));
    paths.extend(["queue", "translations", "work"].map(str::to_owned));
    paths.push(format!("meetings/{}", meeting(&writer)));
    paths.push(format!("meetings/{}/build", objected(&writer)));
    let fields = FIELDS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Shown { paths, fields }
}

fn organisation(writer: &Writer<'_>) {
    let names = json!([{"name": {"kk": short("organisation.kk"), "ru": short("organisation.ru"), "en": short("organisation.en")}}]);
    let body = json!({"code": "HOSTILE", "kind": "civil_society", "names": names});
    writer.post(Who::Admin, "/organisations", body);
}

/// A commitment with everything that is added to one, and the pages of what was added.
fn commitment(writer: &Writer<'_>) -> (String, Vec<String>) {
    let item = writer.create(
        Who::Officer,
        json!({"kind": "commitment", "title": map("item.title"), "summary": map("item.summary"),
            "completion_form": map("item.completion_form"), "due_on": "2030-12-31", "themes": ["redress"]}),
    );
    let at = |part: &str| format!("/items/{item}/{part}");
    writer.post(Who::Officer, &at("status-changes"), json!({"to": "planned"}));
    writer.post(Who::Officer, &at("status-changes"), json!({"to": "in_progress"}));
    let report = json!({"narrative": map("update.narrative"), "responsible_unit": short("update.unit"),
        "outgoing_number": short("update.number"), "evidence": [evidence("update.evidence")]});
    writer.post(Who::Officer, &at("updates"), report);
    let milestone = json!({"kind": "legal_act", "title": map("milestone.title"), "note": map("milestone.note"),
        "url": address("milestone.url"), "due_on": "2029-12-31"});
    let milestone = id(&writer.post(Who::Officer, &at("milestones"), milestone)["milestone"]);
    let moved = json!({"due_on": "2029-11-30", "reason": map("milestone.reason")});
    writer.send(Who::Officer, "PATCH", &at(&format!("milestones/{milestone}")), &moved);
    let indicator =
        json!({"name": map("indicator.name"), "unit": {"en": short("indicator.unit")}, "target": "12"});
    let indicator = id(&writer.post(Who::Officer, &at("indicators"), indicator)["indicator"]);
    let source = json!({"label": short("value.label"), "url": address("value.url")});
    let value = json!({"on": "2026-01-01", "value": "4", "scope": map("value.scope"), "source": source});
    writer.post(Who::Officer, &at(&format!("indicators/{indicator}/values")), value);
    writer.post(Who::Officer, &at("evidence"), evidence("evidence"));
    let file = bring(demonstration_url(writer), &at("evidence"), writer.token(Who::Officer), FILE, "Seen.");
    assert_eq!(file.expect("an answer").0, 201);
    let revision = json!({"due_on": "2031-12-31", "reason": map("deadline.reason")});
    writer.post(Who::Officer, &at("deadline-revisions"), revision);
    said_about(writer, &item);
    (item, vec![format!("milestones/{milestone}"), format!("indicators/{indicator}")])
}

/// What the others say of a commitment.
fn said_about(writer: &Writer<'_>, item: &str) {
    let at = |part: &str| format!("/items/{item}/{part}");
    let finding = json!({"finding": "not_implemented", "rationale": map("finding.rationale"),
        "evidence": [evidence("finding.evidence")], "text_level": "public"});
    let finding = id(&writer.post(Who::NgoMember, &at("assessments"), finding)["assessment"]);
    let reply = json!({"text": map("reply.text")});
    writer.post(Who::Officer, &at(&format!("assessments/{finding}/reply")), reply);
    let question = json!({"text": map("question.text")});
    let question = id(&writer.post(Who::NgoMember, &at("questions"), question)["question"]);
    let passing = json!({"to": "passed_on"});
    writer.post(Who::Secretariat, &at(&format!("questions/{question}/passing")), passing.clone());
    let answer = json!({"question": question, "text": map("answer.text")});
    let answer = id(&writer.post(Who::Officer, &at("answers"), answer)["answer"]);
    writer.post(Who::Secretariat, &at(&format!("answers/{answer}/passing")), passing);
}

/// The name of a file.
const FILE: &str = "<img src=x onerror=window.ran=1>.txt";

fn demonstration_url<'a>(writer: &'a Writer<'_>) -> &'a str {
    writer.demonstration.url()
}

fn recommendation(writer: &Writer<'_>) -> String {
    let source = json!({"mechanism": "CAT", "symbol": short("source.symbol"), "paragraph": "12",
        "quote": text("source.quote"), "url": address("source.url")});
    let body = json!({"kind": "recommendation", "title": map("recommendation.title"), "source": source});
    let item = writer.create(Who::Secretariat, body);
    writer.post(Who::Secretariat, &format!("/items/{item}/status-changes"), json!({"to": "registered"}));
    item
}

fn proposal(writer: &Writer<'_>) -> String {
    let body = json!({"kind": "proposal", "title": map("proposal.title"), "grounds": map("proposal.grounds"), "expected_result": map("proposal.expected_result"),
        "addressees": ["GPO"]});
    let item = writer.create(Who::NgoMember, body);
    let at = format!("/items/{item}/status-changes");
    writer.post(Who::NgoMember, &at, json!({"to": "submitted"}));
    writer.post(Who::Secretariat, &at, json!({"to": "returned", "reason": map("returned.reason")}));
    item
}

/// A proposal that became two.
fn split(writer: &Writer<'_>) -> (String, Vec<String>) {
    let body = json!({"kind": "proposal", "title": map("whole.title"), "addressees": ["GPO"]});
    let whole = writer.create(Who::NgoMember, body);
    writer.post(Who::NgoMember, &format!("/items/{whole}/status-changes"), json!({"to": "submitted"}));
    let part = |field: &str| {
        json!({"title": {"en": text(&format!("{field}.title"))}, "summary": map(&format!("{field}.summary")),
            "grounds": map(&format!("{field}.grounds")), "expected_result": map(&format!("{field}.expected_result"))})
    };
    let parts = json!({"parts": [part("part_one"), part("part_two")]});
    let made = writer.post(Who::Secretariat, &format!("/items/{whole}/parts"), parts);
    let parts = made["items"].as_array().unwrap_or_else(|| panic!("no parts in {made}"));
    (whole, parts.iter().map(id).collect())
}

/// A proposal that was taken back.
fn withdrawn(writer: &Writer<'_>) -> String {
    let body = json!({"kind": "proposal", "title": map("taken_back.title"), "addressees": ["GPO"]});
    let item = writer.create(Who::NgoMember, body);
    let at = format!("/items/{item}/status-changes");
    writer.post(Who::NgoMember, &at, json!({"to": "submitted"}));
    writer.post(Who::NgoMember, &at, json!({"to": "withdrawn", "reason": map("withdrawn.reason")}));
    item
}

/// A meeting to whose protocol somebody objects.
fn objected(writer: &Writer<'_>) -> String {
    let body = json!({"code": "OBJECTED", "kind": "plenary", "title": map("objected.title"), "held_on": "2026-02-28"});
    writer.post(Who::Secretariat, "/meetings", body);
    let line = json!({"title": map("objected.line"), "level": "public"});
    writer.post(Who::Secretariat, "/meetings/OBJECTED/agenda", line);
    let there = json!({"items": [{"organisation": "GPO", "level": "public"}]});
    writer.send(Who::Secretariat, "PUT", "/meetings/OBJECTED/attendance", &there);
    let sent = json!({"to": "circulated", "objections_until": "2099-12-31"});
    writer.post(Who::Secretariat, "/meetings/OBJECTED/protocol", sent);
    writer.post(Who::Officer, "/meetings/OBJECTED/objections", json!({"text": map("objection.text")}));
    "OBJECTED".to_owned()
}

fn recorded(writer: &Writer<'_>) -> String {
    let from = json!({"label": short("from.label"), "note": map("from.note"), "url": address("from.url")});
    let recorded = json!({"from": from, "status": "announced", "as_of": "2025-12-01"});
    let owners = json!([{"organisation": "GPO", "role": "lead"}]);
    let body = json!({"kind": "commitment", "title": map("recorded.title"), "owners": owners,
        "no_due_reason": map("recorded.no_due_reason"), "recorded": recorded});
    writer.create(Who::Secretariat, body)
}

fn meeting(writer: &Writer<'_>) -> String {
    let person = |field: &str| json!([{"office": map(&format!("{field}.office")), "holder": short(&format!("{field}.holder"))}]);
    let body = json!({"code": "HOSTILE", "kind": "plenary", "title": map("meeting.title"), "held_on": "2026-02-27",
        "place": map("meeting.place"), "topics": map("meeting.topics"), "chairs": person("chair")});
    writer.post(Who::Secretariat, "/meetings", body);
    let line = json!({"title": map("agenda.title"), "level": "public", "protocol_text": map("agenda.protocol"),
        "speakers": person("speaker")});
    writer.post(Who::Secretariat, "/meetings/HOSTILE/agenda", line);
    let decision = json!({"text": map("decision.text"), "lead": "GPO", "due_on": "2030-09-30"});
    writer.post(Who::Secretariat, "/meetings/HOSTILE/decisions", decision);
    "HOSTILE".to_owned()
}
