//! What stands in the way of findings, reports and closings.

use qadam_domain::accounts::Role;
use qadam_tests::{Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::{self, World};
use crate::scenes::{commitment, create, found, part, proposal, reported_done, title};

pub(super) async fn conflicts(world: &World<'_>) {
    redactions(world).await;
    findings(world).await;
    reports(world.register).await;
    steps(world.register).await;
    ended(world.register).await;
    closings(world.register).await;
    plans(world).await;
    questions(world).await;
    levels(world.register).await;
    together(world.register).await;
    alone(world.register).await;
    room(world.register).await;
    files(world.register).await;
}

/// As many files as one may bring, within an hour and to one item.
async fn files(register: &TestRegister) {
    let id = commitment(register, "GPO", "elm").await;
    let evidence = json!({"kind": "file", "title": {"en": "Act"}});
    let bring =
        async || register.officer("GPO").bring(&part(&id, "evidence"), &evidence, "a.txt", b"Seen.").await;
    for number in 0..8 {
        if number == 6 {
            bring().await.refused("too_many_uploads");
            register.pass(3_600);
        }
        bring().await.expect(201);
    }
    bring().await.refused("too_many_files");
}

fn finding(finding: &str) -> Value {
    json!({"finding": finding, "rationale": {"en": "We were there."}})
}

fn report(status: &str) -> Value {
    json!({"narrative": {"en": "Begun."}, "status_change": {"to": status, "reason": {"en": "So it is."}}})
}

/// A draft is redacted by nobody.
async fn redactions(world: &World<'_>) {
    let secretariat = world.register.secretariat();
    let new = json!({"kind": "recommendation", "title": {"en": "A larch"}, "source": {"mechanism": "CAT"}});
    let id = create(secretariat, new).await;
    let body = json!({
        "passages": ["larch"], "original": "kept", "ground": "legal_order", "reason": {"en": "A court ordered it."},
    });
    secretariat.post(&part(&id, "redactions"), body).await.refused("status_conflict");
}

async fn findings(world: &World<'_>) {
    let register = world.register;
    let on = |id: &str| part(id, "assessments");
    register.observer().post(&on(&world.planned), finding("implemented")).await.refused("role_required");
    register
        .officer("MOH")
        .post(&on(&world.planned), finding("implemented"))
        .await
        .refused("not_an_assessor");
    register.ngo("KK").post(&on(&world.draft), finding("implemented")).await.refused("status_conflict");
    let of_moh = commitment(register, "MOH", "ash").await;
    let reply = part(
        &of_moh,
        &format!("assessments/{}/reply", found(register.ngo("KK"), &of_moh, "regressed").await),
    );
    let text = || json!({"text": {"en": "It comes back."}});
    register.ngo("KIBHR").post(&reply, text()).await.refused("role_required");
    register.officer("MOH").post(&reply, text()).await.refused("approval_required");
    register.approver().post(&reply, text()).await.expect(201);
    register.approver().post(&reply, text()).await.refused("already_replied");
}

async fn reports(register: &TestRegister) {
    let id = commitment(register, "GPO", "ash").await;
    let on = part(&id, "updates");
    register.ngo("KK").post(&on, report("in_progress")).await.refused("role_required");
    register.officer("GPO").post(&on, report("accepted")).await.refused("move_not_allowed");
    let draft = create(register.officer("GPO"), json!({"kind": "commitment", "title": title("oak")})).await;
    register
        .officer("GPO")
        .post(&part(&draft, "updates"), report("planned"))
        .await
        .refused("status_conflict");
    let drafted = json!({"draft": true, "narrative": {"en": "Begun."}});
    let made = register.officer("GPO").post(&on, drafted).await.expect(201);
    let at = format!("{on}/{}", made["update"]["id"].as_str().unwrap());
    register.officer("GPO").put(&at, report("accepted")).await.refused("move_not_allowed");
    register.officer("GPO").put(&at, json!({"narrative": {"en": "Begun."}})).await.expect(200);
    register.officer("GPO").put(&at, report("in_progress")).await.refused("update_conflict");
    register.ngo("KK").put(&at, report("in_progress")).await.refused("role_required");
    let submit = json!({"step": "submit"});
    register.ngo("KK").post(&format!("{at}/steps"), submit.clone()).await.refused("role_required");
    register.officer("GPO").post(&format!("{at}/steps"), submit).await.refused("update_conflict");
}

async fn steps(register: &TestRegister) {
    let id = commitment(register, "MOH", "ash").await;
    let moved = json!({"to": "in_progress"});
    register.officer("MOH").post(&part(&id, "status-changes"), moved).await.refused("approval_required");
    let made = register.officer("MOH").post(&part(&id, "updates"), report("accepted")).await.expect(201);
    let at = part(&id, &format!("updates/{}/steps", made["update"]["id"].as_str().unwrap()));
    let approve = || json!({"step": "approve"});
    register.officer("MOH").post(&at, approve()).await.refused("approval_required");
    register.approver().post(&at, approve()).await.refused("move_not_allowed");
}

/// What was begun and never handed in when the item ended.
async fn ended(register: &TestRegister) {
    let id = commitment(register, "GPO", "ash").await;
    let officer = register.officer("GPO");
    let drafted = json!({"draft": true, "narrative": {"en": "Begun."}});
    let made = officer.post(&part(&id, "updates"), drafted).await.expect(201);
    officer.post(&part(&id, "updates"), report("withdrawn")).await.expect(201);
    let withdrawn = json!({"to": "withdrawn", "reason": {"en": "A law made it needless."}});
    register.secretariat().post(&part(&id, "status-changes"), withdrawn).await.expect(201);
    let at = part(&id, &format!("updates/{}", made["update"]["id"].as_str().unwrap()));
    officer.put(&at, json!({"narrative": {"en": "Begun."}})).await.refused("status_conflict");
}

async fn closings(register: &TestRegister) {
    let closed = || json!({"to": "closed", "closing_result": "implemented"});
    let notice = || json!({"reason": {"en": "Seen."}});
    let planned = commitment(register, "GPO", "ash").await;
    let secretariat = register.secretariat();
    secretariat.post(&part(&planned, "closing-notices"), notice()).await.refused("status_conflict");
    register.officer("GPO").post(&part(&planned, "closing-notices"), notice()).await.refused("role_required");
    let done = reported_done(register, "oak").await;
    found(register.officer("NCHR"), &done, "implemented").await;
    found(register.ngo("KK"), &done, "regressed").await;
    secretariat.post(&part(&done, "status-changes"), closed()).await.refused("closing_notice_required");
    let recorded = json!({
        "kind": "commitment", "title": title("elm"), "owners": [{"organisation": "MFA", "role": "lead"}],
        "recorded": {"status": "reported_done", "as_of": "2025-05-01", "from": {"label": "Report"}},
    });
    let of_host = create(secretariat, recorded).await;
    found(register.officer("NCHR"), &of_host, "implemented").await;
    secretariat.post(&part(&of_host, "status-changes"), closed()).await.refused("second_person_required");
}

async fn plans(world: &World<'_>) {
    let register = world.register;
    let of_moh = commitment(register, "MOH", "alder").await;
    let (milestone, indicator) = (samples::milestone, samples::indicator);
    let made = register.approver().post(&part(&of_moh, "milestones"), milestone()).await.expect(201);
    let bill = part(&of_moh, &format!("milestones/{}", made["milestone"]["id"].as_str().unwrap()));
    let made = register.approver().post(&part(&of_moh, "indicators"), indicator()).await.expect(201);
    let values = part(&of_moh, &format!("indicators/{}/values", made["indicator"]["id"].as_str().unwrap()));
    let reached = || json!({"reached_on": "2026-01-10"});
    let value = || json!({"on": "2026-01-10", "value": "7"});
    let ended = || json!({"to": "withdrawn", "reason": {"en": "A law made it needless."}});
    for (caller, code) in
        [(register.ngo("KK"), "role_required"), (register.officer("MOH"), "approval_required")]
    {
        caller.post(&part(&of_moh, "milestones"), milestone()).await.refused(code);
        caller.patch(&bill, reached()).header("if-match", "*").await.refused(code);
        caller.post(&part(&of_moh, "indicators"), indicator()).await.refused(code);
        caller.post(&values, value()).await.refused(code);
    }
    let evidence = samples::evidence;
    register.observer().post(&part(&of_moh, "evidence"), evidence()).await.refused("role_required");
    register.officer("MOH").post(&part(&of_moh, "evidence"), evidence()).await.refused("approval_required");
    register.officer("GPO").post(&part(&of_moh, "evidence"), evidence()).await.refused("not_an_assessor");
    register.approver().post(&part(&of_moh, "updates"), report("withdrawn")).await.expect(201);
    register.secretariat().post(&part(&of_moh, "status-changes"), ended()).await.expect(201);
    let approver = register.approver();
    approver.post(&part(&of_moh, "milestones"), milestone()).await.refused("status_conflict");
    approver.patch(&bill, reached()).header("if-match", "*").await.refused("status_conflict");
    approver.post(&part(&of_moh, "indicators"), indicator()).await.refused("status_conflict");
    approver.post(&values, value()).await.refused("status_conflict");
    approver.post(&part(&of_moh, "evidence"), evidence()).await.refused("status_conflict");
    // A child of the owner is not apart from it.
    let counted = part(&world.done, &format!("indicators/{}/values", world.indicator));
    let parent = async |parent: Value| {
        let parent = json!({"parent": parent});
        register.secretariat().patch("/organisations/NCHR", parent).header("if-match", "*").await.expect(200);
    };
    parent(json!("GPO")).await;
    let child = register.officer("NCHR");
    child.post(&part(&world.done, "indicators"), indicator()).await.refused("not_an_assessor");
    child.post(&counted, value()).await.refused("not_an_assessor");
    parent(Value::Null).await;
}

async fn questions(world: &World<'_>) {
    let register = world.register;
    let of_moh = commitment(register, "MOH", "alder").await;
    let (asks, question) = (part(&of_moh, "questions"), samples::question);
    register.observer().post(&asks, question()).await.refused("role_required");
    register.officer("GPO").post(&asks, question()).await.refused("not_an_assessor");
    register.officer("MOH").post(&asks, question()).await.refused("approval_required");
    register.approver().post(&asks, question()).await.refused("nobody_to_ask");
    let made = register.ngo("KK").post(&asks, question()).await.expect(201)["question"].clone();
    let passing = format!("{asks}/{}/passing", made["id"].as_str().unwrap());
    let passed_on = || json!({"to": "passed_on"});
    register.ngo("KK").post(&passing, passed_on()).await.refused("role_required");
    register.secretariat().post(&passing, passed_on()).await.expect(201);
    register.secretariat().post(&passing, passed_on()).await.refused("already_decided");
    let answers = part(&of_moh, "answers");
    let answer = || json!({"question": made["id"], "text": {"en": "All of them."}});
    register.ngo("KK").post(&answers, answer()).await.refused("role_required");
    register.officer("MOH").post(&answers, answer()).await.refused("approval_required");
    let given = register.approver().post(&answers, answer()).await.expect(201)["answer"].clone();
    let passing = format!("{answers}/{}/passing", given["id"].as_str().unwrap());
    register.approver().post(&passing, passed_on()).await.refused("role_required");
    register.secretariat().post(&passing, passed_on()).await.expect(201);
    register.secretariat().post(&passing, passed_on()).await.refused("already_decided");
    register.approver().post(&part(&of_moh, "updates"), report("withdrawn")).await.expect(201);
    let ended = json!({"to": "withdrawn", "reason": {"en": "A law made it needless."}});
    register.secretariat().post(&part(&of_moh, "status-changes"), ended).await.expect(201);
    register.ngo("KK").post(&asks, question()).await.refused("status_conflict");
    register.approver().post(&answers, answer()).await.refused("status_conflict");
}

/// Of what was added, beside those of items.
async fn levels(register: &TestRegister) {
    let id = commitment(register, "GPO", "ash").await;
    let finding = found(register.ngo("KK"), &id, "regressed").await;
    let consents = part(&id, "consents");
    let publish = || json!({"axis": "identity", "level": "public", "about": finding});
    register.ngo("KIBHR").post(&consents, publish()).await.refused("role_required");
    let narrowed = json!({"axis": "text", "to": "members", "about": finding});
    register.ngo("KK").post(&part(&id, "level-changes"), narrowed).await.expect(201);
    register.ngo("KK").post(&consents, publish()).await.refused("identity_wider_than_text");
    let widened = json!({"axis": "text", "to": "public", "about": finding});
    register.ngo("KK").post(&part(&id, "level-changes"), widened).await.expect(201);
    register.ngo("KK").post(&consents, publish()).await.expect(201);
    let published = json!({"axis": "identity", "to": "public", "about": finding});
    let second = register.person(Person::second("KK", Role::NgoMember));
    second.post(&part(&id, "level-changes"), published).await.expect(201);
    register.ngo("KK").post(&consents, publish()).await.refused("level_unchanged");
}

/// Of a proposal that was answered meanwhile.
async fn together(register: &TestRegister) {
    let id = proposal(register, "rowan", "public", "own").await;
    let at = part(&id, "co-filing-invitations");
    let invited = register.ngo("KK").post(&at, samples::invitation()).await.expect(201);
    let invitation = invited["items"][0]["id"].as_str().unwrap().to_owned();
    let answer = json!({"to": "accepted", "answer": {"text": {"en": "We shall."}, "on": register.today()}});
    register.officer("GPO").post(&part(&id, "status-changes"), answer).await.expect(201);
    register.ngo("KK").post(&at, samples::invitation()).await.refused("status_conflict");
    let accepted = format!("/me/co-filing-invitations/{invitation}/acceptance");
    let agreed = json!({"text_level": "public", "identity_level": "own"});
    register.ngo("KIBHR").post(&accepted, agreed).await.refused("status_conflict");
    let id = proposal(register, "aspen", "public", "public").await;
    let at = part(&id, "co-filing-invitations");
    let invited = register.ngo("KK").post(&at, samples::invitation()).await.expect(201);
    let invitation = invited["items"][0]["id"].as_str().unwrap();
    let accepted = format!("/me/co-filing-invitations/{invitation}/acceptance");
    let agreed = json!({"text_level": "public", "identity_level": "public"});
    register.ngo("KIBHR").post(&accepted, agreed).await.refused("second_person_required");
}

/// Of a proposal that one organisation filed alone.
async fn alone(register: &TestRegister) {
    let id = proposal(register, "poplar", "public", "own").await;
    register.ngo("KK").delete(&part(&id, "co-filing")).await.refused("only_submitter");
}

/// As many of each kind as an organisation may add, and one more.
async fn room(register: &TestRegister) {
    let id = commitment(register, "GPO", "ash").await;
    let (officer, member) = (register.officer("GPO"), register.ngo("KK"));
    let finding = || finding("regressed");
    let asked = register.ngo("KIBHR").post(&part(&id, "questions"), samples::question()).await.expect(201);
    let asked = asked["question"]["id"].clone();
    let passing = part(&id, &format!("questions/{}/passing", asked.as_str().unwrap()));
    register.secretariat().post(&passing, json!({"to": "passed_on"})).await.expect(201);
    let answer = || json!({"question": asked, "text": {"en": "All of them."}});
    let drafted = || json!({"draft": true, "narrative": {"en": "Begun."}});
    for (caller, of, body) in [
        (member, "assessments", &finding as &dyn Fn() -> Value),
        (member, "evidence", &samples::evidence),
        (member, "questions", &samples::question),
        (officer, "answers", &answer),
        (officer, "updates", &drafted),
        (officer, "milestones", &samples::milestone),
        (officer, "indicators", &samples::indicator),
    ] {
        for _ in 0..100 {
            caller.post(&part(&id, of), body()).await.expect(201);
        }
        caller.post(&part(&id, of), body()).await.refused("too_many_added");
    }
}
