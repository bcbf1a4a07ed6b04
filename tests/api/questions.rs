//! Questions and answers: who asks whom, who reads what, and that the secretariat stands between.

use qadam_app::items::questions_to_mine;
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::question;
use crate::scenes::{change, commitment, consent, filed, narrow, part, proposal, widen};

async fn asked(caller: Caller<'_>, item: &str, body: Value) -> Value {
    caller.post(&part(item, "questions"), body).await.expect(201)["question"].clone()
}

async fn answered(caller: Caller<'_>, item: &str, question: &Value) -> Value {
    let body = json!({"question": question["id"], "text": {"ru": "Все помещения."}});
    caller.post(&part(item, "answers"), body).await.expect(201)["answer"].clone()
}

async fn passed_on(register: &TestRegister, item: &str, of: &str, said: &Value) -> Value {
    let on = part(item, &format!("{of}/{}/passing", said["id"].as_str().unwrap()));
    register.secretariat().post(&on, json!({"to": "passed_on"})).await.expect(201)
}

/// Who of everybody reads something: a letter for each.
async fn readers(register: &TestRegister, item: &str, of: &str, said: &Value) -> String {
    let at = part(item, &format!("{of}/{}", said["id"].as_str().unwrap()));
    let mut readers = String::new();
    for (letter, caller) in [
        ('A', register.anonymous()),
        ('D', register.admin()),
        ('B', register.observer()),
        ('H', register.officer("MOH")),
        ('O', register.officer("GPO")),
        ('S', register.secretariat()),
        ('N', register.ngo("KIBHR")),
        ('K', register.ngo("KK")),
    ] {
        let reads = caller.get(&at).await.status == 200;
        let list = caller.get(&part(item, of)).await;
        let listed = list.status == 200
            && list.json()["items"].as_array().unwrap().iter().any(|one| one["id"] == said["id"]);
        assert_eq!(reads, listed, "{letter}");
        if reads {
            readers.push(letter);
        }
    }
    readers
}

#[tokio::test]
async fn a_body_asks_who_filed_a_proposal_and_both_speak_through_the_secretariat() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let question = asked(register.officer("GPO"), &id, question()).await;
        assert_eq!((&question["to"], &question["state"]), (&json!("submitter"), &json!("waiting")));
        assert_eq!(readers(register, &id, "questions", &question).await, "OS");
        // Who is asked does not read it before it is passed on, and cannot answer what it does not read.
        let early = json!({"question": question["id"], "text": {"en": "Yes."}});
        register.ngo("KK").post(&part(&id, "answers"), early).await.invalid("/question", "unknown_reference");
        let done = passed_on(register, &id, "questions", &question).await;
        assert_eq!(done["question"]["state"], "passed_on");
        assert_eq!(readers(register, &id, "questions", &question).await, "ADBHOSNK");

        let answer = answered(register.ngo("KK"), &id, &question).await;
        assert_eq!(answer["organisation"]["code"], "KK");
        assert_eq!(readers(register, &id, "answers", &answer).await, "SK");
        let waiting = part(&id, &format!("answers/{}", answer["id"].as_str().unwrap()));
        let read = register.secretariat().get(&waiting).await.expect(200);
        assert_eq!((&read["organisation"], &read["identity_level"]), (&Value::Null, &Value::Null));
        passed_on(register, &id, "answers", &answer).await;
        assert_eq!(readers(register, &id, "answers", &answer).await, "ADBHOSNK");
        for caller in [register.anonymous(), register.officer("GPO"), register.secretariat()] {
            let read = caller.get(&waiting).await.expect(200);
            assert_eq!((&read["organisation"], &read["role"]), (&Value::Null, &json!("ngo_member")));
            assert_eq!(read["text"]["ru"], "Все помещения.");
        }
        let embedded = register.anonymous().get(&format!("/items/{id}?embed=questions,answers")).await;
        let embedded = embedded.expect(200)["embedded"].clone();
        assert_eq!(embedded["questions"][0]["id"], question["id"]);
        assert_eq!(embedded["answers"][0]["question"], question["id"]);
    })
    .await;
}

/// How many questions wait for the answer of an organisation, as its member is shown.
async fn waiting(register: &TestRegister, organisation: &'static str) -> usize {
    let member = Person::first(organisation, Role::NgoMember);
    let viewer = Viewer::Account(Actor {
        user: register.user_id(member).parse().unwrap(),
        organisation: register.organisation_id(organisation).parse().unwrap(),
        role: Role::NgoMember,
        confirmed: true,
    });
    questions_to_mine(register.app(), &viewer).await.unwrap().len()
}

#[tokio::test]
async fn a_question_waits_for_those_who_filed_from_when_it_is_passed_on_until_they_answer() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let first = asked(register.officer("GPO"), &id, question()).await;
        assert_eq!(waiting(register, "KK").await, 0);
        passed_on(register, &id, "questions", &first).await;
        // One to the body is no question to those who filed.
        let other = asked(register.ngo("KIBHR"), &id, question()).await;
        passed_on(register, &id, "questions", &other).await;
        assert_eq!((waiting(register, "KK").await, waiting(register, "KIBHR").await), (1, 0));
        answered(register.ngo("KK"), &id, &first).await;
        assert_eq!(waiting(register, "KK").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_asked_at_a_narrow_level_reads_the_answer_there_and_nobody_beside_them_does() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let mut body = question();
        body["text_level"] = json!("addressed");
        let question = asked(register.ngo("KK"), &id, body).await;
        assert_eq!((&question["to"], &question["text_level"]), (&json!("owner"), &json!("secretariat")));
        assert_eq!(readers(register, &id, "questions", &question).await, "SK");
        passed_on(register, &id, "questions", &question).await;
        assert_eq!(readers(register, &id, "questions", &question).await, "OSK");
        let answer = answered(register.officer("GPO"), &id, &question).await;
        assert_eq!(readers(register, &id, "answers", &answer).await, "OS");
        passed_on(register, &id, "answers", &answer).await;
        assert_eq!(readers(register, &id, "answers", &answer).await, "OSK");
        let at = part(&id, &format!("answers/{}", answer["id"].as_str().unwrap()));
        let read = register.ngo("KK").get(&at).await.expect(200);
        assert_eq!(read["organisation"]["code"], "GPO");
        // An unconfirmed member of the organisation that asked is a stranger to it.
        let third = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
        register.person(third).get(&at).await.refused("not_found");
        // Nothing of it is in what others read about the item.
        for caller in [register.anonymous(), register.ngo("KIBHR"), register.officer("MOH")] {
            let history = caller.get(&part(&id, "history")).await.expect(200);
            let actions: Vec<_> =
                history["items"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
            assert!(
                !actions.iter().any(|action| action.as_str().unwrap().contains("question")),
                "{actions:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_passed_on_stays_with_the_secretariat_and_its_author_who_is_told_why() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let question = asked(register.ngo("KK"), &id, question()).await;
        let on = part(&id, &format!("questions/{}/passing", question["id"].as_str().unwrap()));
        let secretariat = register.secretariat();
        secretariat.post(&on, json!({"to": "not_passed_on"})).await.invalid("/reason", "required");
        let why = json!({"en": "It names a person."});
        secretariat
            .post(&on, json!({"to": "passed_on", "reason": why}))
            .await
            .invalid("/reason", "not_allowed");
        secretariat.post(&on, json!({"to": "waiting"})).await.invalid("/to", "not_allowed");
        secretariat.post(&on, json!({"to": "not_passed_on", "reason": why})).await.expect(201);
        assert_eq!(readers(register, &id, "questions", &question).await, "SK");
        let at = part(&id, &format!("questions/{}", question["id"].as_str().unwrap()));
        let read = register.ngo("KK").get(&at).await.expect(200);
        assert_eq!((&read["state"], &read["not_passed_on_reason"]), (&json!("not_passed_on"), &why));
        register.tell().await;
        let told = register.ngo("KK").get("/me/notifications").await.expect(200);
        let told = told["items"].as_array().unwrap();
        assert!(told.iter().any(|one| one["action"] == "question.not_passed_on"), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn everybody_asks_whom_they_may_and_nobody_else() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let ask = |to: &str| json!({"text": {"en": "When?"}, "to": to});
        let at = part(&id, "questions");
        register.officer("GPO").post(&at, ask("owner")).await.invalid("/to", "not_allowed");
        register.ngo("KK").post(&at, ask("submitter")).await.invalid("/to", "not_allowed");
        register.secretariat().post(&at, question()).await.invalid("/to", "required");
        let mut narrow = question();
        narrow["text_level"] = json!("secretariat");
        register.ngo("KIBHR").post(&at, narrow).await.invalid("/text_level", "not_allowed");
        let mut levels = question();
        levels["identity_level"] = json!("members");
        register.officer("GPO").post(&at, levels).await.invalid("/identity_level", "not_allowed");
        // The secretariat asks either, and is read at once.
        let theirs = asked(register.secretariat(), &id, ask("submitter")).await;
        assert_eq!(theirs["state"], "passed_on");
        assert_eq!(readers(register, &id, "questions", &theirs).await, "ADBHOSNK");
        // Who filed nothing there answers nothing that submitters are asked.
        let answer = json!({"question": theirs["id"], "text": {"en": "Soon."}});
        register.officer("GPO").post(&part(&id, "answers"), answer.clone()).await.refused("role_required");
        register.ngo("KIBHR").post(&part(&id, "answers"), answer).await.refused("role_required");
        // While it is with the secretariat there is nobody to ask but those who filed it.
        let filed = filed(register, "birch").await;
        register.ngo("KK").post(&part(&filed, "questions"), question()).await.refused("nobody_to_ask");
        let clarify = asked(register.secretariat(), &filed, ask("submitter")).await;
        answered(register.ngo("KK"), &filed, &clarify).await;
    })
    .await;
}

/// The entries about who said something that somebody is served.
async fn filings(caller: Caller<'_>) -> Vec<Value> {
    let page = caller.get("/ledger/entries?limit=1000").await.expect(200);
    let all = page["items"].as_array().unwrap().iter();
    all.filter(|entry| entry["payload"]["subject"]["type"] == "contribution_filing").cloned().collect()
}

#[tokio::test]
async fn an_answer_that_waits_while_a_name_is_hidden_or_its_question_narrowed_is_passed_on_no_further() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "members").await;
        let question = asked(register.officer("GPO"), &id, question()).await;
        passed_on(register, &id, "questions", &question).await;
        let answer = answered(register.ngo("KK"), &id, &question).await;
        widen(register.ngo("KK"), &id, "identity", "own").await;
        passed_on(register, &id, "answers", &answer).await;
        let at = part(&id, &format!("answers/{}", answer["id"].as_str().unwrap()));
        for caller in [register.ngo("KIBHR"), register.secretariat(), register.officer("GPO")] {
            let read = caller.get(&at).await.expect(200);
            assert_eq!((&read["organisation"], &read["identity_level"]), (&Value::Null, &Value::Null));
        }
        let wider = json!({"axis": "identity", "to": "members", "about": answer["id"]});
        register.ngo("KK").post(&part(&id, "level-changes"), wider).await.refused("level_fixed");

        let of_gpo = commitment(register, "GPO", "larch").await;
        let question = asked(register.ngo("KK"), &of_gpo, crate::samples::question()).await;
        passed_on(register, &of_gpo, "questions", &question).await;
        let first = answered(register.officer("GPO"), &of_gpo, &question).await;
        passed_on(register, &of_gpo, "answers", &first).await;
        let waiting = answered(register.officer("GPO"), &of_gpo, &question).await;
        let narrowed = json!({
            "axis": "text", "to": "secretariat", "about": question["id"], "reason_class": "person_at_risk",
        });
        register.secretariat().post(&part(&of_gpo, "level-changes"), narrowed).await.expect(201);
        passed_on(register, &of_gpo, "answers", &waiting).await;
        for answer in [&first, &waiting] {
            assert_eq!(readers(register, &of_gpo, "answers", answer).await, "OSK");
        }
        let history = register.anonymous().get(&part(&of_gpo, "history")).await.text();
        assert!(!history.contains("Все помещения."), "{history}");
    })
    .await;
}

#[tokio::test]
async fn what_the_secretariat_is_answered_is_not_told_to_the_rest_of_its_body() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "birch").await;
        let ask = json!({"text": {"en": "When?"}, "to": "submitter"});
        let question = asked(register.secretariat(), &id, ask).await;
        let answer = answered(register.ngo("KK"), &id, &question).await;
        passed_on(register, &id, "answers", &answer).await;
        consent(register, &id, "text", "public").await;
        change(register.secretariat(), &id, json!({"to": "under_review", "lead": "GPO"})).await;
        widen(register.secretariat(), &id, "text", "public").await;
        let at = part(&id, &format!("answers/{}", answer["id"].as_str().unwrap()));
        register.officer("MFA").get(&at).await.refused("not_found");
        register.secretariat().get(&at).await.expect(200);
        register.ngo("KK").get(&at).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn who_asked_is_told_of_the_answer() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let question = asked(register.ngo("KIBHR"), &id, question()).await;
        passed_on(register, &id, "questions", &question).await;
        let answer = answered(register.officer("GPO"), &id, &question).await;
        passed_on(register, &id, "answers", &answer).await;
        register.tell().await;
        let told = register.ngo("KIBHR").get("/me/notifications").await.expect(200);
        let actions: Vec<_> =
            told["items"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
        assert!(
            actions.contains(&"question.passed_on") && actions.contains(&"answer.passed_on"),
            "{actions:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_of_those_who_filed_tells_their_name_to_no_more_than_may_know_it() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "members").await;
        let question = asked(register.officer("GPO"), &id, question()).await;
        passed_on(register, &id, "questions", &question).await;
        let wider = json!({"question": question["id"], "text": {"en": "Yes."}, "identity_level": "public"});
        register.ngo("KK").post(&part(&id, "answers"), wider).await.invalid("/identity_level", "not_allowed");
        let answer = answered(register.ngo("KK"), &id, &question).await;
        passed_on(register, &id, "answers", &answer).await;
        let at = part(&id, &format!("answers/{}", answer["id"].as_str().unwrap()));
        let named =
            async |caller: Caller<'_>| caller.get(&at).await.expect(200)["organisation"]["code"].clone();
        assert_eq!(named(register.ngo("KIBHR")).await, "KK");
        assert_eq!(named(register.anonymous()).await, Value::Null);
        register.pass_days(1);
        register.admit().await;
        let told = filings(register.ngo("KIBHR")).await;
        assert!(told.iter().any(|entry| entry["payload"]["after"]["organisation"] == "KK"), "{told:?}");
        // Their name is hidden again: the answer must not tell it.
        widen(register.ngo("KK"), &id, "identity", "own").await;
        for caller in [register.ngo("KIBHR"), register.secretariat(), register.officer("GPO")] {
            assert_eq!(named(caller).await, Value::Null);
        }
        assert_eq!(named(register.ngo("KK")).await, "KK");
        // Nor does the ledger, to those who were told before.
        register.pass_days(1);
        register.admit().await;
        let filings = filings(register.ngo("KIBHR")).await;
        assert!(filings.iter().all(|entry| entry["payload"]["after"].is_null()), "{filings:?}");
        // The item is taken back from the public, and what was said about it with it.
        narrow(register, &id, "secretariat").await;
        assert_eq!(register.anonymous().get(&at).await.status, 410);
        assert_eq!(register.officer("GPO").get(&at).await.status, 410);
    })
    .await;
}
