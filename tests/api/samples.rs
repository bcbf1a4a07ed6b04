//! One request for each operation that is answered well in a register with a bit of everything: what is refused in
//! other tests differs from it in one thing.

mod co_filing;
pub(crate) mod colleagues;
pub(crate) mod identities;
pub(crate) mod passkeys;
mod questions;
pub(crate) mod second_factors;
pub(crate) mod tokens;

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::{Caller, PASSWORD, Person, Request, TestRegister};
use serde_json::{Value, json};

use self::passkeys::Passkeys;
use self::second_factors::SecondFactors;
use crate::scenes::{
    announced, commitment, draft, filed, found, narrow, part, proposal, reported_done, silent, title,
};

pub(crate) use co_filing::{Together, invitation};
pub(crate) use questions::{Said, question};

/// An identifier of nothing.
pub(crate) const NOTHING: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

/// A register with a bit of everything.
pub(crate) struct World<'a> {
    pub(crate) register: &'a TestRegister,
    pub(crate) draft: String,
    pub(crate) filed: String,
    pub(crate) announced: String,
    pub(crate) planned: String,
    /// Waits for a word that is long overdue.
    pub(crate) silent: String,
    pub(crate) other: String,
    /// A public proposal whose filer is hidden.
    pub(crate) public: String,
    /// Was public and is not any more.
    pub(crate) narrowed: String,
    pub(crate) link: String,
    pub(crate) meeting: String,
    pub(crate) line: String,
    pub(crate) decision: String,
    /// A meeting whose protocol was sent to the General Prosecutor's Office and to KK, which objects.
    pub(crate) circulated: String,
    pub(crate) objection: String,
    /// An account that waits for its link, and the link's token.
    pub(crate) invited: String,
    pub(crate) token: String,
    /// Another account that waits for its link.
    pub(crate) late: String,
    pub(crate) refresh_token: String,
    pub(crate) session: String,
    /// A commitment that is reported done, with a finding of another organisation, a report that was not handed in, and
    /// one that is empty.
    pub(crate) done: String,
    pub(crate) finding: String,
    pub(crate) report: String,
    pub(crate) blank: String,
    /// A law on its way, and what is counted, on the same commitment.
    pub(crate) milestone: String,
    pub(crate) indicator: String,
    /// Evidence that members alone read, on the same commitment.
    pub(crate) evidence: String,
    /// The same with a file.
    pub(crate) file: String,
    /// What was asked and answered about it.
    pub(crate) said: Said,
    /// What several file together.
    pub(crate) together: Together,
    /// A token of an officer of the Ministry of Health.
    pub(crate) program: tokens::Program,
    pub(crate) colleagues: colleagues::Colleagues,
    /// Who has a second factor, and what they can say.
    pub(crate) second_factors: SecondFactors,
    /// Who has a passkey, and what their devices say.
    pub(crate) passkeys: Passkeys,
    /// Who has an identity at a provider.
    pub(crate) identities: identities::Identities,
    /// A round in which the General Prosecutor's Office is asked about `other`.
    pub(crate) round: String,
    /// The leaf of an entry about `other`.
    pub(crate) leaf: u64,
}

impl World<'_> {
    /// Items that only those who filed them and the secretariat see.
    pub(crate) fn hidden(&self) -> impl Iterator<Item = &String> {
        [&self.draft, &self.filed].into_iter().chain(self.together.items())
    }

    /// The items that requests are about.
    pub(crate) fn items(&self) -> impl Iterator<Item = &String> {
        self.hidden().chain([&self.announced, &self.planned, &self.done, &self.silent])
    }
}

/// A request that is answered well.
pub(crate) struct Sample {
    pub(crate) operation: &'static str,
    pub(crate) person: Option<Person>,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<Value>,
    pub(crate) conditional: bool,
}

const SECRETARIAT: Option<Person> = Some(Person::first("MFA", Role::Secretariat));
const ADMIN: Option<Person> = Some(Person::first("MFA", Role::Admin));
const OFFICER: Option<Person> = Some(Person::first("GPO", Role::Officer));
const SUBMITTER: Option<Person> = Some(Person::first("KK", Role::NgoMember));

/// Makes a bit of everything.
pub(crate) async fn make(register: &TestRegister) -> World<'_> {
    let secretariat = register.secretariat();
    let planned = commitment(register, "GPO", "larch").await;
    let other = commitment(register, "GPO", "maple").await;
    let narrowed = proposal(register, "spruce", "public", "own").await;
    narrow(register, &narrowed, "secretariat").await;
    let links = json!({"kind": "relates_to", "to": other});
    let link = register.officer("GPO").post(&part(&planned, "links"), links).await.expect(201);
    let meeting = id(&secretariat.post("/meetings", meeting("MT-2026-01")).await.expect(201));
    let at = |of: &str| format!("/meetings/{meeting}/{of}");
    let agenda = json!({"title": {"en": "Redress"}, "level": "public"});
    let agenda_item = id(&secretariat.post(&at("agenda"), agenda).await.expect(201)["agenda"][0]);
    let decision = id(&secretariat.post(&at("decisions"), decision()).await.expect(201)["decisions"][0]);
    let (circulated, objection) = self::circulated(register).await;
    let invited = register.admin().post("/users", user("newcomer@gpo.example")).await.expect(201);
    let late = register.admin().post("/users", user("late@gpo.example")).await.expect(201);
    let tokens = register.anonymous().post("/auth/login", credentials()).await.expect(200);
    let sessions = register.ngo("KK").get("/me/sessions").await.expect(200);
    let done = reported_done(register, "yew").await;
    let finding = found(register.ngo("KIBHR"), &done, "not_implemented").await;
    let drafted = |narrative: Value| json!({"draft": true, "narrative": narrative});
    let officer = register.officer("GPO");
    let report = officer.post(&part(&done, "updates"), drafted(json!({"en": "Begun."}))).await.expect(201);
    let blank = officer.post(&part(&done, "updates"), drafted(json!({}))).await.expect(201);
    let milestone = officer.post(&part(&done, "milestones"), self::milestone()).await.expect(201);
    let indicator = officer.post(&part(&done, "indicators"), self::indicator()).await.expect(201);
    let (evidence, file) = for_members(register, &done).await;
    let said = questions::said(register, &done).await;
    register.admit().await;
    let history = secretariat.get(&part(&other, "history")).await.expect(200);
    World {
        register,
        leaf: history["items"][0]["seq"].as_u64().unwrap(),
        round: round(register, &other).await,
        second_factors: second_factors::make(register).await,
        passkeys: passkeys::make(register).await,
        identities: identities::make(register).await,
        program: tokens::make(register).await,
        colleagues: colleagues::make(register).await,
        draft: draft(register, "alder").await,
        filed: filed(register, "birch").await,
        announced: announced(register, "GPO", "cedar").await,
        public: proposal(register, "rowan", "public", "own").await,
        silent: silent(register, "GPO", "hazel").await,
        planned,
        other,
        done,
        finding,
        report: id(&report["update"]),
        blank: id(&blank["update"]),
        milestone: id(&milestone["milestone"]),
        indicator: id(&indicator["indicator"]),
        evidence,
        file,
        said,
        together: co_filing::together(register).await,
        narrowed,
        link: id(&link["items"][0]),
        line: agenda_item,
        decision,
        circulated,
        objection,
        token: invited["link"]["token"].as_str().unwrap().to_owned(),
        invited: id(&invited),
        late: id(&late),
        refresh_token: tokens["refresh_token"].as_str().unwrap().to_owned(),
        session: ended(&sessions),
        meeting,
    }
}

/// A session that is not the present one.
fn ended(sessions: &Value) -> String {
    let mut others = sessions["items"].as_array().unwrap().iter().filter(|one| one["current"] == false);
    others.next().map(id).unwrap()
}

/// A round in which the General Prosecutor's Office is asked about an item.
async fn round(register: &TestRegister, item: &str) -> String {
    let asked = json!({"organisations": ["GPO"], "items": [item]});
    id(&register.secretariat().post("/reporting-rounds", asked).await.expect(201))
}

/// A meeting whose protocol was circulated, and an objection of KK to it.
async fn circulated(register: &TestRegister) -> (String, String) {
    let secretariat = register.secretariat();
    let meeting = id(&secretariat.post("/meetings", self::meeting("MT-2025-09")).await.expect(201));
    let at = |of: &str| format!("/meetings/{meeting}/{of}");
    let there = json!({"items": [
        {"organisation": "GPO", "level": "public"}, {"organisation": "KK", "level": "secretariat"},
    ]});
    secretariat.put(&at("attendance"), there).header("if-match", "*").await.expect(200);
    let sent = json!({"to": "circulated", "objections_until": "2026-04-01"});
    secretariat.post(&at("protocol"), sent).await.expect(200);
    let objection = json!({"text": {"en": "This is not what was said."}});
    let objection = id(&register.ngo("KK").post(&at("objections"), objection).await.expect(201));
    (meeting, objection)
}

/// A new meeting.
pub(crate) fn meeting(code: &str) -> Value {
    json!({"code": code, "kind": "plenary", "title": {"en": "Plenary"}, "held_on": "2026-02-27"})
}

/// A new decision.
pub(crate) fn decision() -> Value {
    json!({"text": {"en": "Raise the compensation."}, "lead": "GPO", "due_on": "2026-09-30"})
}

/// A new milestone.
pub(crate) fn milestone() -> Value {
    json!({"kind": "legal_act", "title": {"en": "Bill on redress"}, "due_on": "2026-12-31"})
}

/// A new indicator.
pub(crate) fn indicator() -> Value {
    json!({"name": {"en": "Rooms built"}, "unit": {"en": "rooms"}, "target": "12"})
}

/// A new piece of evidence.
pub(crate) fn evidence() -> Value {
    json!({"kind": "named", "title": {"en": "Act of acceptance"}, "number": "14"})
}

/// A new account of the General Prosecutor's Office.
pub(crate) fn user(email: &str) -> Value {
    json!({"email": email, "name": "An officer", "organisation": "GPO", "role": "officer", "language": "ru"})
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("no id in {of}")).to_owned()
}

impl Sample {
    /// The request, with its condition.
    pub(crate) fn request<'a>(&self, register: &'a TestRegister) -> Request<'a> {
        let bare = self.bare(register);
        if self.conditional { bare.header("if-match", "*") } else { bare }
    }

    /// The request without its condition.
    pub(crate) fn bare<'a>(&self, register: &'a TestRegister) -> Request<'a> {
        let request = self.caller(register).request(self.method.clone(), &self.path);
        match &self.body {
            Some(body) => request.json(body),
            None => request,
        }
    }

    /// The same at another path.
    pub(crate) fn at<'a>(&self, register: &'a TestRegister, path: &str) -> Request<'a> {
        Self { path: path.to_owned(), ..self.copy() }.request(register)
    }

    /// The same by somebody else.
    pub(crate) fn by<'a>(&self, caller: Caller<'a>) -> Request<'a> {
        Self { person: caller.person(), ..self.copy() }.request(caller.register())
    }

    /// The same once more.
    pub(crate) fn copy(&self) -> Self {
        Self { method: self.method.clone(), path: self.path.clone(), body: self.body.clone(), ..*self }
    }

    /// The media type of the body.
    pub(crate) fn media_type(&self) -> &'static str {
        if self.method == Method::PATCH { "application/merge-patch+json" } else { "application/json" }
    }

    fn caller<'a>(&self, register: &'a TestRegister) -> Caller<'a> {
        self.person.map_or(register.anonymous(), |person| register.person(person))
    }
}

/// Evidence of KIBHR that members alone read: a link, and a file.
async fn for_members(register: &TestRegister, item: &str) -> (String, String) {
    let (ngo, path) = (register.ngo("KIBHR"), part(item, "evidence"));
    let mut evidence = self::evidence();
    evidence["text_level"] = json!("members");
    let link = ngo.post(&path, evidence.clone()).await.expect(201);
    evidence["kind"] = json!("file");
    let file = ngo.bring(&path, &evidence, "act.txt", b"Seen.").await.expect(201);
    (id(&link["evidence"]), id(&file["evidence"]))
}

fn bare(operation: &'static str, person: Option<Person>, method: Method, path: String) -> Sample {
    Sample { operation, person, method, path, body: None, conditional: false }
}

fn read(operation: &'static str, person: Option<Person>, path: String) -> Sample {
    bare(operation, person, Method::GET, path)
}

fn write(
    operation: &'static str,
    person: Option<Person>,
    method: Method,
    path: String,
    body: Value,
) -> Sample {
    Sample { body: Some(body), ..bare(operation, person, method, path) }
}

fn post(operation: &'static str, person: Option<Person>, path: String, body: Value) -> Sample {
    write(operation, person, Method::POST, path, body)
}

/// The samples, one for each operation.
#[expect(clippy::too_many_lines, reason = "a table: one row an operation")]
pub(crate) fn all(world: &World<'_>) -> Vec<Sample> {
    let World {
        draft, filed, announced, planned, silent, other, done, meeting, line, decision: decided, ..
    } = world;
    let conditional = |sample: Sample| Sample { conditional: true, ..sample };
    let patch =
        |operation, person, path, body| conditional(write(operation, person, Method::PATCH, path, body));
    let put = |operation, person, path, body| conditional(write(operation, person, Method::PUT, path, body));
    let delete = |operation, person, path| bare(operation, person, Method::DELETE, path);
    let item = |id: &str| format!("/items/{id}");
    let of_meeting = |of: &str| format!("/meetings/{meeting}/{of}");
    let of_circulated = |of: &str| format!("/meetings/{}/{of}", world.circulated);
    let owners =
        json!({"owners": [{"organisation": "GPO", "role": "lead"}, {"organisation": "MOH", "role": "co"}]});
    let attendance = json!({"items": [{"organisation": "MOH", "level": "members"}]});
    let agenda = json!({"title": {"en": "Custody"}, "level": "members"});
    let asked = json!({"organisations": ["GPO"], "items": [planned]});
    let mut samples = questions::samples(done, &world.said);
    samples.extend(co_filing::samples(&world.together));
    samples.extend([
        read("get_liveness", None, "/livez".to_owned()),
        read("get_readiness", None, "/readyz".to_owned()),
        read("get_problem", None, "/problems/not-found".to_owned()),
        read("get_openapi", None, "/openapi.json".to_owned()),
        read("get_openapi_3_0", None, "/openapi-3.0.json".to_owned()),
        read("get_token_keys", None, "/.well-known/jwks.json".to_owned()),
        read("list_items", None, "/items".to_owned()),
        read("get_item", None, item(planned)),
        read("get_item_history", None, part(planned, "history")),
        read("get_item_receipt", SUBMITTER, part(filed, "receipt")),
        read("list_status_changes", None, part(planned, "status-changes")),
        read("list_deadline_revisions", None, part(planned, "deadline-revisions")),
        read("list_response_stages", None, part(silent, "response-stages")),
        read("get_response_letter", SECRETARIAT, part(silent, "response-letter")),
        read("list_item_links", None, part(planned, "links")),
        read("list_consents", SUBMITTER, part(filed, "consents")),
        read("list_readings", SUBMITTER, part(filed, "readings")),
        read("list_assessments", None, part(done, "assessments")),
        read("get_assessment", None, part(done, &format!("assessments/{}", world.finding))),
        read("list_updates", None, part(done, "updates")),
        read("get_update", OFFICER, part(done, &format!("updates/{}", world.report))),
        read("list_closing_notices", None, part(done, "closing-notices")),
        read("list_similar_items", None, "/items/similar?title=Stop%20ill-treatment%20larch".to_owned()),
        read("list_milestones", None, part(done, "milestones")),
        read("get_milestone", None, part(done, &format!("milestones/{}", world.milestone))),
        read("list_indicators", None, part(done, "indicators")),
        read("get_indicator", None, part(done, &format!("indicators/{}", world.indicator))),
        read("list_evidence", None, part(done, "evidence")),
        read("get_evidence", SUBMITTER, part(done, &format!("evidence/{}", world.evidence))),
        read("get_evidence_file", SUBMITTER, part(done, &format!("evidence/{}/file", world.file))),
        read("list_meetings", None, "/meetings".to_owned()),
        read("get_meeting", SECRETARIAT, format!("/meetings/{meeting}")),
        read("list_agenda_items", SECRETARIAT, of_meeting("agenda")),
        read("list_attendance", SECRETARIAT, of_meeting("attendance")),
        read("list_decisions", SECRETARIAT, of_meeting("decisions")),
        read("get_carry_over", None, of_meeting("carry-over")),
        read("get_protocol", OFFICER, of_circulated("protocol")),
        read("list_objections", SUBMITTER, of_circulated("objections")),
        read("list_reporting_rounds", None, "/reporting-rounds".to_owned()),
        read("get_reporting_round", None, format!("/reporting-rounds/{}", world.round)),
        read("list_reporting_rows", None, format!("/reporting-rounds/{}/rows", world.round)),
        read("list_organisations", None, "/organisations".to_owned()),
        read("get_organisation", None, "/organisations/GPO".to_owned()),
        read("get_statistics", None, "/stats".to_owned()),
        read("get_scorecard", None, "/organisations/GPO/scorecard".to_owned()),
        read("get_item_facets", None, "/items/facets".to_owned()),
        read("list_vocabularies", None, "/vocabularies".to_owned()),
        read("get_vocabulary", None, "/vocabularies/themes".to_owned()),
        read("get_workflow", None, "/workflow".to_owned()),
        read("get_ledger_checkpoint", None, "/ledger/checkpoint".to_owned()),
        read("get_ledger_key", None, "/ledger/key".to_owned()),
        read("list_ledger_keys", None, "/ledger/keys".to_owned()),
        read("list_ledger_entries", None, "/ledger/entries".to_owned()),
        read("prove_inclusion", None, "/ledger/proofs/inclusion?seq=0&size=1".to_owned()),
        read("prove_consistency", None, "/ledger/proofs/consistency?from=1&to=2".to_owned()),
        read("get_me", SUBMITTER, "/me".to_owned()),
        read("list_sessions", SUBMITTER, "/me/sessions".to_owned()),
        read("list_follows", SUBMITTER, "/me/follows".to_owned()),
        read("list_notifications", SUBMITTER, "/me/notifications".to_owned()),
        bare("follow_item", SUBMITTER, Method::PUT, format!("/me/follows/{filed}")),
        delete("unfollow_item", SUBMITTER, format!("/me/follows/{filed}")),
        post("mark_notifications_read", SUBMITTER, "/me/notifications/read".to_owned(), json!({"ids": []})),
        read("list_users", ADMIN, "/users".to_owned()),
        read("get_user", ADMIN, format!("/users/{}", world.invited)),
        post(
            "create_item",
            SUBMITTER,
            "/items".to_owned(),
            json!({"kind": "proposal", "title": title("elm")}),
        ),
        patch("edit_item", SUBMITTER, item(draft), json!({"title": {"en": "Stop it"}})),
        conditional(delete("delete_item", SUBMITTER, item(draft))),
        post(
            "give_consent",
            SUBMITTER,
            part(filed, "consents"),
            json!({"axis": "text", "level": "addressed"}),
        ),
        post(
            "change_item_level",
            SUBMITTER,
            part(filed, "level-changes"),
            json!({"axis": "identity", "to": "secretariat"}),
        ),
        post(
            "change_item_status",
            OFFICER,
            part(announced, "status-changes"),
            json!({"to": "planned", "due_on": "2026-12-31"}),
        ),
        post(
            "revise_item_deadline",
            OFFICER,
            part(planned, "deadline-revisions"),
            json!({"due_on": "2027-01-31", "reason": {"en": "The budget comes later."}}),
        ),
        post(
            "note_response_letter_sent",
            SECRETARIAT,
            part(silent, "response-letter/sent"),
            json!({"sent_on": "2026-03-01"}),
        ),
        put("replace_item_owners", SECRETARIAT, part(planned, "owners"), owners),
        post("link_item", OFFICER, part(planned, "links"), json!({"kind": "part_of", "to": other})),
        delete("unlink_item", OFFICER, part(planned, &format!("links/{}", world.link))),
        post(
            "assess_item",
            SUBMITTER,
            part(done, "assessments"),
            json!({"finding": "partly_implemented", "rationale": {"en": "Half of the rooms."}}),
        ),
        post(
            "reply_to_assessment",
            OFFICER,
            part(done, &format!("assessments/{}/reply", world.finding)),
            json!({"text": {"en": "The other half follows."}}),
        ),
        post("report_on_item", OFFICER, part(done, "updates"), json!({"narrative": {"en": "Rooms built."}})),
        post(
            "report_on_items",
            OFFICER,
            "/items/bulk-updates".to_owned(),
            json!({"updates": [{"item": done, "update": {"narrative": {"en": "Rooms painted."}}}]}),
        ),
        write(
            "edit_update",
            OFFICER,
            Method::PUT,
            part(done, &format!("updates/{}", world.report)),
            json!({"draft": true, "narrative": {"en": "Begun in May."}}),
        ),
        post(
            "take_update_step",
            OFFICER,
            part(done, &format!("updates/{}/steps", world.report)),
            json!({"step": "submit"}),
        ),
        post(
            "announce_closing",
            SECRETARIAT,
            part(done, "closing-notices"),
            json!({"reason": {"en": "The rooms were seen."}}),
        ),
        post(
            "split_item",
            SECRETARIAT,
            part(filed, "parts"),
            json!({"parts": [{"title": title("oak")}, {"title": title("ash"), "grounds": {"en": "Article 12."}}]}),
        ),
        post(
            "redact_item",
            SECRETARIAT,
            part(done, "redactions"),
            json!({
                "passages": ["ill-treatment"], "original": "kept", "ground": "person_at_risk",
                "reason": {"en": "It named a person."},
            }),
        ),
        post("plan_milestone", OFFICER, part(done, "milestones"), self::milestone()),
        patch(
            "edit_milestone",
            OFFICER,
            part(done, &format!("milestones/{}", world.milestone)),
            json!({"stage": "concept", "stage_on": "2026-01-10"}),
        ),
        post("name_indicator", OFFICER, part(done, "indicators"), self::indicator()),
        post(
            "give_indicator_value",
            OFFICER,
            part(done, &format!("indicators/{}/values", world.indicator)),
            json!({"on": "2026-01-10", "value": "7"}),
        ),
        post("add_evidence", SUBMITTER, part(done, "evidence"), self::evidence()),
        post("create_meeting", SECRETARIAT, "/meetings".to_owned(), self::meeting("MT-2026-02")),
        patch("edit_meeting", SECRETARIAT, format!("/meetings/{meeting}"), json!({"held_on": "2026-02-26"})),
        post("add_agenda_item", SECRETARIAT, of_meeting("agenda"), agenda.clone()),
        patch(
            "edit_agenda_item",
            SECRETARIAT,
            of_meeting(&format!("agenda/{line}")),
            json!({"title": {"en": "Remedies"}}),
        ),
        conditional(delete("remove_agenda_item", SECRETARIAT, of_meeting(&format!("agenda/{line}")))),
        put("replace_agenda", SECRETARIAT, of_meeting("agenda"), json!({"items": [agenda]})),
        put("replace_attendance", SECRETARIAT, of_meeting("attendance"), attendance),
        post("add_decision", SECRETARIAT, of_meeting("decisions"), decision()),
        patch(
            "edit_decision",
            SECRETARIAT,
            of_meeting(&format!("decisions/{decided}")),
            json!({"due_on": "2026-10-31"}),
        ),
        conditional(delete("remove_decision", SECRETARIAT, of_meeting(&format!("decisions/{decided}")))),
        post(
            "object_to_protocol",
            OFFICER,
            of_circulated("objections"),
            json!({"text": {"en": "It is not."}}),
        ),
        patch(
            "answer_objection",
            SECRETARIAT,
            of_circulated(&format!("objections/{}", world.objection)),
            json!({"outcome": "rejected", "answer": {"en": "It is what the record says."}}),
        ),
        post(
            "change_protocol",
            SECRETARIAT,
            of_meeting("protocol"),
            json!({"to": "circulated", "objections_until": "2026-04-01"}),
        ),
        post("open_reporting_round", SECRETARIAT, "/reporting-rounds".to_owned(), asked.clone()),
        post("ask_for_reports", SECRETARIAT, format!("/reporting-rounds/{}/rows", world.round), asked),
        patch(
            "edit_reporting_round",
            SECRETARIAT,
            format!("/reporting-rounds/{}", world.round),
            json!({"name": {"en": "Half-yearly reports"}}),
        ),
        post(
            "redact_ledger_entries",
            SECRETARIAT,
            "/ledger/redactions".to_owned(),
            json!({"seqs": [world.leaf], "ground": "legal_order", "reason": {"en": "A court ordered it."}}),
        ),
        post("create_organisation", SECRETARIAT, "/organisations".to_owned(), organisation("MIA")),
        patch("edit_organisation", SECRETARIAT, "/organisations/GPO".to_owned(), json!({"aliases": ["GP"]})),
        post("create_user", ADMIN, "/users".to_owned(), user("another@gpo.example")),
        patch("edit_user", ADMIN, format!("/users/{}", world.invited), json!({"name": "Somebody"})),
        bare("create_user_link", ADMIN, Method::POST, format!("/users/{}/links", world.late)),
        bare("confirm_user", SUBMITTER, Method::POST, format!("/users/{}/confirmation", unconfirmed(world))),
        post("sign_in", None, "/auth/login".to_owned(), credentials()),
        post(
            "refresh_tokens",
            None,
            "/auth/refresh".to_owned(),
            json!({"refresh_token": world.refresh_token}),
        ),
        post(
            "set_password",
            None,
            "/auth/password".to_owned(),
            json!({"token": world.token, "password": "walnut ferry mosaic"}),
        ),
        patch("edit_me", SUBMITTER, "/me".to_owned(), json!({"name": "A member"})),
        delete("end_session", SUBMITTER, format!("/me/sessions/{}", world.session)),
        post(
            "change_password",
            SUBMITTER,
            "/me/password".to_owned(),
            json!({"current_password": PASSWORD, "password": "walnut ferry mosaic"}),
        ),
    ]);
    samples.extend(world.second_factors.samples());
    samples.extend(world.passkeys.samples());
    samples.extend(world.identities.samples());
    samples.extend(tokens::samples(world));
    // First: what is done to colleagues depends on who is confirmed, and one of the others confirms somebody.
    samples.splice(0..0, colleagues::samples(world));
    samples.push(bare("sign_out", SUBMITTER, Method::POST, "/auth/logout".to_owned()));
    samples
}

/// A new organisation.
pub(crate) fn organisation(code: &str) -> Value {
    json!({"code": code, "kind": "state_body", "names": [{"name": {"en": "Ministry of the Interior"}}]})
}

/// What the first member of KK signs in with.
pub(crate) fn credentials() -> Value {
    json!({"email": SUBMITTER.unwrap().email(), "password": PASSWORD})
}

fn unconfirmed(world: &World<'_>) -> String {
    world.register.user_id(Person { organisation: "KK", role: Role::NgoMember, number: 3 })
}
