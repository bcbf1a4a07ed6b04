//! Filing together: who is invited reads through the invitation alone, and the names go further where each agrees.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, consent, draft, filed, part, proposal, widen};

async fn invited(register: &TestRegister, item: &str) -> String {
    let at = part(item, "co-filing-invitations");
    let open = register.ngo("KK").post(&at, json!({"organisation": "KIBHR"})).await.expect(201);
    open["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Accepts, with the levels of the text and of the names.
async fn accept(caller: Caller<'_>, invitation: &str, levels: (&str, &str)) -> qadam_tests::Answer {
    let at = format!("/me/co-filing-invitations/{invitation}/acceptance");
    caller.post(&at, json!({"text_level": levels.0, "identity_level": levels.1})).await
}

async fn filers(caller: Caller<'_>, item: &str) -> Value {
    let read = caller.get(&format!("/items/{item}")).await.expect(200);
    let all = read["filed_by"].as_array().cloned();
    all.map_or(Value::Null, |all| all.into_iter().map(|one| one["code"].clone()).collect())
}

/// How many consents to an item somebody reads of, in the list and with the item.
async fn consents(caller: Caller<'_>, item: &str) -> usize {
    let listed =
        caller.get(&part(item, "consents")).await.expect(200)["items"].as_array().map_or(0, Vec::len);
    let with = caller.get(&format!("/items/{item}?embed=consents")).await.expect(200);
    assert_eq!(with["embedded"]["consents"].as_array().map_or(0, Vec::len), listed);
    listed
}

#[tokio::test]
async fn who_is_invited_reads_the_proposal_through_the_invitation_and_nowhere_else_until_it_accepts() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "hemlock").await;
        let invitation = invited(register, &id).await;
        let open = register.ngo("KIBHR").get("/me/co-filing-invitations").await.expect(200);
        let read = &open["items"][0];
        assert_eq!(read["title"]["en"], "Stop ill-treatment hemlock");
        assert_eq!((&read["invited_by"]["code"], &read["identity_level"]), (&json!("KK"), &json!("own")));
        register.ngo("KIBHR").get(&format!("/items/{id}")).await.refused("not_found");
        let search = register.ngo("KIBHR").get("/items?q=hemlock").await.expect(200);
        assert!(search["items"].as_array().unwrap().is_empty());
        for other in
            [register.officer("GPO"), register.secretariat(), register.observer(), register.ngo("KK")]
        {
            let theirs = other.get("/me/co-filing-invitations").await.expect(200);
            assert!(theirs["items"].as_array().unwrap().is_empty(), "{:?}", other.person());
            accept(other, &invitation, ("secretariat", "own")).await.refused("not_found");
        }
        let member = register.ngo("KIBHR");
        let other = accept(member, &invitation, ("secretariat", "public")).await;
        other.invalid("/identity_level", "contradiction");
        let other = accept(member, &invitation, ("public", "own")).await;
        other.invalid("/text_level", "contradiction");
        let joined = accept(member, &invitation, ("secretariat", "own")).await.expect(201);
        assert_eq!(joined["id"], id.as_str());
        assert_eq!(filers(member, &id).await, json!(["KK", "KIBHR"]));
        assert_eq!(filers(register.ngo("KK"), &id).await, json!(["KK", "KIBHR"]));
        assert_eq!(filers(register.secretariat(), &id).await, Value::Null);
        accept(member, &invitation, ("secretariat", "own")).await.refused("not_found");
        // Each is its submitter: it is found in the list of what they filed, and either takes it back.
        let own = member.get("/items?organisation=KIBHR").await.expect(200);
        assert_eq!(own["items"].as_array().unwrap().len(), 1);
        change(member, &id, json!({"to": "withdrawn"})).await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_written_together_by_those_who_accepted() {
    TestRegister::on_both(async |register| {
        let id = draft(register, "alder").await;
        let invitation = invited(register, &id).await;
        let joined = accept(register.ngo("KIBHR"), &invitation, ("own", "own")).await;
        joined.expect(201);
        let edited = json!({"title": {"ru": "Прекратить пытки"}});
        let at = format!("/items/{id}");
        register.ngo("KIBHR").patch(&at, edited).header("if-match", "*").await.expect(200);
        // Who names colleagues names its own: the others stay.
        let colleague = register.user_id(Person::second("KK", Role::NgoMember));
        let named = json!({"drafters": [colleague]});
        register.ngo("KK").patch(&at, named).header("if-match", "*").await.expect(200);
        register.person(Person::second("KK", Role::NgoMember)).get(&at).await.expect(200);
        register.ngo("KIBHR").get(&at).await.expect(200);
        let none = json!({"drafters": []});
        register.ngo("KIBHR").patch(&at, none).header("if-match", "*").await.expect(200);
        register.person(Person::second("KK", Role::NgoMember)).get(&at).await.expect(200);
        register.ngo("KIBHR").get(&at).await.expect(200);
        // It is filed by both.
        change(register.ngo("KIBHR"), &id, json!({"to": "submitted"})).await;
        assert_eq!(filers(register.ngo("KK"), &id).await, json!(["KK", "KIBHR"]));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_to_an_organisation_of_civil_society_once_and_can_be_taken_back_or_declined() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "hemlock").await;
        let at = part(&id, "co-filing-invitations");
        for (organisation, code) in
            [("NOPE", "unknown_reference"), ("GPO", "not_allowed"), ("KK", "duplicate")]
        {
            let body = json!({"organisation": organisation});
            register.ngo("KK").post(&at, body).await.invalid("/organisation", code);
        }
        let invitation = invited(register, &id).await;
        let again = json!({"organisation": "KIBHR"});
        register.ngo("KK").post(&at, again.clone()).await.invalid("/organisation", "duplicate");
        register.secretariat().post(&at, again).await.refused("role_required");
        register.secretariat().get(&at).await.refused("role_required");
        register.ngo("KK").delete(&format!("{at}/{invitation}")).await.expect_empty(204);
        register.ngo("KK").delete(&format!("{at}/{invitation}")).await.refused("not_found");
        accept(register.ngo("KIBHR"), &invitation, ("secretariat", "own")).await.refused("not_found");
        let invitation = invited(register, &id).await;
        let mine = format!("/me/co-filing-invitations/{invitation}");
        register.ngo("KK").delete(&mine).await.refused("not_found");
        register.ngo("KIBHR").delete(&mine).await.expect_empty(204);
        let open = register.ngo("KK").get(&at).await.expect(200);
        assert!(open["items"].as_array().unwrap().is_empty());
        // A draft that goes takes its invitations along.
        let gone = draft(register, "alder").await;
        invited(register, &gone).await;
        register.ngo("KK").delete(&format!("/items/{gone}")).header("if-match", "*").await.expect_empty(204);
        let open = register.ngo("KIBHR").get("/me/co-filing-invitations").await.expect(200);
        assert!(open["items"].as_array().unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_joins_what_was_answered() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let invitation = invited(register, &id).await;
        let answer =
            json!({"to": "accepted", "answer": {"text": {"en": "We shall."}, "on": register.today()}});
        change(register.officer("GPO"), &id, answer).await;
        let open = register.ngo("KIBHR").get("/me/co-filing-invitations").await.expect(200);
        assert!(open["items"].as_array().unwrap().is_empty());
        accept(register.ngo("KIBHR"), &invitation, ("public", "own")).await.refused("status_conflict");
        let at = part(&id, "co-filing-invitations");
        register.ngo("KK").post(&at, json!({"organisation": "KIBHR"})).await.refused("status_conflict");
        // What nobody can accept any more is taken back all the same.
        register.ngo("KK").delete(&format!("{at}/{invitation}")).await.expect_empty(204);
    })
    .await;
}

#[tokio::test]
async fn nobody_joins_under_names_that_are_public_and_each_name_becomes_public_by_two() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "public", "own").await;
        let invitation = invited(register, &id).await;
        consent(register, &id, "identity", "public").await;
        let second = register.person(Person::second("KK", Role::NgoMember));
        widen(second, &id, "identity", "public").await;
        accept(register.ngo("KIBHR"), &invitation, ("public", "public"))
            .await
            .refused("second_person_required");
        widen(register.ngo("KK"), &id, "identity", "members").await;
        accept(register.ngo("KIBHR"), &invitation, ("public", "members")).await.expect(201);
        assert_eq!(filers(register.anonymous(), &id).await, Value::Null);
        assert_eq!(filers(register.officer("MOH"), &id).await, json!(["KK", "KIBHR"]));
    })
    .await;
}

#[tokio::test]
async fn texts_and_names_go_further_where_each_of_several_agreed() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "hemlock").await;
        let invitation = invited(register, &id).await;
        accept(register.ngo("KIBHR"), &invitation, ("secretariat", "own")).await.expect(201);
        let agree = async |axis: &str, level: &str| {
            let body = json!({"axis": axis, "level": level});
            register.ngo("KIBHR").post(&part(&id, "consents"), body).await.expect(201);
        };
        // One consent to the text is not enough.
        consent(register, &id, "text", "public").await;
        let passed_on = json!({"to": "under_review", "lead": "GPO"});
        let moves = part(&id, "status-changes");
        register.secretariat().post(&moves, passed_on.clone()).await.refused("consent_required");
        // Who does not know who filed it reads of what all agree to, once: not how many they are.
        assert_eq!(consents(register.secretariat(), &id).await, 0);
        agree("text", "public").await;
        assert_eq!(consents(register.secretariat(), &id).await, 1);
        assert_eq!(consents(register.ngo("KIBHR"), &id).await, 2);
        register.secretariat().post(&moves, passed_on).await.expect(201);
        widen(register.secretariat(), &id, "text", "public").await;
        // Nor to the names.
        let levels = part(&id, "level-changes");
        let names = |to: &str| json!({"axis": "identity", "to": to});
        register.ngo("KK").post(&levels, names("members")).await.refused("consent_required");
        agree("identity", "members").await;
        register.ngo("KK").post(&levels, names("members")).await.expect(201);
        assert_eq!(filers(register.officer("MOH"), &id).await, json!(["KK", "KIBHR"]));
        assert_eq!(filers(register.anonymous(), &id).await, Value::Null);
        register.ngo("KK").post(&levels, names("public")).await.refused("second_person_required");
        consent(register, &id, "identity", "public").await;
        let second = register.person(Person::second("KK", Role::NgoMember));
        second.post(&levels, names("public")).await.refused("consent_required");
        // Either hides both at once, and what was agreed to is gone with it.
        register.ngo("KIBHR").post(&levels, names("own")).await.expect(201);
        assert_eq!(filers(register.officer("MOH"), &id).await, Value::Null);
        register.ngo("KK").post(&levels, names("members")).await.refused("consent_required");
    })
    .await;
}

#[tokio::test]
async fn who_leaves_a_proposal_is_its_submitter_no_more_and_who_is_alone_does_not_leave() {
    TestRegister::on_both(async |register| {
        let id = filed(register, "hemlock").await;
        let at = part(&id, "co-filing");
        register.ngo("KK").delete(&at).await.refused("only_submitter");
        register.ngo("KIBHR").delete(&at).await.refused("not_found");
        register.secretariat().delete(&at).await.refused("role_required");
        let invitation = invited(register, &id).await;
        accept(register.ngo("KIBHR"), &invitation, ("secretariat", "own")).await.expect(201);
        // Who filed it first leaves it to the other: what all agree to is asked of the other alone.
        register.ngo("KK").delete(&at).await.expect_empty(204);
        register.ngo("KK").get(&format!("/items/{id}")).await.refused("not_found");
        assert_eq!(filers(register.ngo("KIBHR"), &id).await, json!(["KIBHR"]));
        let public = json!({"axis": "text", "level": "public"});
        register.ngo("KIBHR").post(&part(&id, "consents"), public).await.expect(201);
        change(register.secretariat(), &id, json!({"to": "under_review", "lead": "GPO"})).await;
        widen(register.secretariat(), &id, "text", "public").await;
        register.ngo("KIBHR").delete(&at).await.refused("only_submitter");
        // It comes back as it came first, and is asked anew.
        let invite = json!({"organisation": "KK"});
        let open = register.ngo("KIBHR").post(&part(&id, "co-filing-invitations"), invite).await.expect(201);
        let invitation = open["items"][0]["id"].as_str().unwrap();
        accept(register.ngo("KK"), invitation, ("public", "own")).await.expect(201);
        assert_eq!(consents(register.ngo("KK"), &id).await, 2);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_a_draft_reads_it_no_more() {
    TestRegister::on_both(async |register| {
        let id = draft(register, "alder").await;
        let at = format!("/items/{id}");
        let colleague = Person::second("KK", Role::NgoMember);
        let named = json!({"drafters": [register.user_id(colleague)]});
        register.ngo("KK").patch(&at, named).header("if-match", "*").await.expect(200);
        let invitation = invited(register, &id).await;
        accept(register.ngo("KIBHR"), &invitation, ("own", "own")).await.expect(201);
        register.person(colleague).delete(&part(&id, "co-filing")).await.expect_empty(204);
        for gone in [register.ngo("KK"), register.person(colleague)] {
            gone.get(&at).await.refused("not_found");
        }
        let left = json!({"title": {"ru": "Прекратить пытки"}});
        register.ngo("KIBHR").patch(&at, left).header("if-match", "*").await.expect(200);
    })
    .await;
}
