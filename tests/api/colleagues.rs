//! What colleagues decide about each other, and no administrator alone.

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::{Answer, PASSWORD, Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{draft, title};

const FIRST: Person = Person::first("KK", Role::NgoMember);
const SECOND: Person = Person::second("KK", Role::NgoMember);
const UNCONFIRMED: Person = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
const SECRETARY: Person = Person::first("MFA", Role::Secretariat);
const OTHER_SECRETARY: Person = Person::second("MFA", Role::Secretariat);
const CLERK: Person = Person::first("MFA", Role::Officer);

const NEW_PASSWORD: &str = "walnut ferry mosaic";

/// Whether the account may do this for a colleague.
fn may(colleague: &Value, act: &str) -> bool {
    colleague["may"].as_array().unwrap().iter().any(|known| known == act)
}

/// What is done to a person's account.
async fn act(register: &TestRegister, by: Person, of: Person, act: &str) -> Answer {
    let path = format!("/users/{}/{act}", register.user_id(of));
    register.person(by).request(Method::POST, &path).await
}

async fn sign_in(register: &TestRegister, email: &str, password: &str) -> Answer {
    register.anonymous().post("/auth/login", json!({"email": email, "password": password})).await
}

async fn choose(register: &TestRegister, link: &Value, password: &str) -> Answer {
    let chosen = json!({"token": link["link"]["token"], "password": password});
    register.anonymous().post("/auth/password", chosen).await
}

/// An account of the secretariat that an administrator made, and whose person has chosen a password.
async fn newcomer(register: &TestRegister, email: &str) -> String {
    let new = json!({"email": email, "name": "Somebody", "organisation": "MFA", "role": "secretariat", "language": "ru"});
    let invited = register.admin().post("/users", new).await.expect(201);
    choose(register, &invited, NEW_PASSWORD).await.expect_empty(204);
    invited["id"].as_str().unwrap().to_owned()
}

/// Changes an account as an administrator.
async fn change(register: &TestRegister, id: &str, changes: Value) -> Answer {
    let admin = register.admin();
    admin.patch(&format!("/users/{id}"), changes).header("if-match", "*").await
}

#[tokio::test]
async fn nobody_comes_into_the_secretariat_without_the_word_of_a_colleague() {
    TestRegister::on_both(async |register| {
        let email = "newcomer@mfa.example";
        let id = newcomer(register, email).await;
        sign_in(register, email, NEW_PASSWORD).await.refused("confirmation_missing");
        sign_in(register, email, "not the right one").await.refused("invalid_credentials");
        let confirmation = format!("/users/{id}/confirmation");
        register.admin().request(Method::POST, &confirmation).await.refused("role_required");
        register.person(CLERK).request(Method::POST, &confirmation).await.refused("role_required");
        let told = register.person(SECRETARY).get("/me/colleagues").await.expect(200);
        let waiting: Vec<_> =
            told["items"].as_array().unwrap().iter().filter(|one| may(one, "confirm")).collect();
        assert!(waiting.len() == 1 && waiting[0]["id"] == id, "{told}");
        register.person(SECRETARY).request(Method::POST, &confirmation).await.expect(200);
        sign_in(register, email, NEW_PASSWORD).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_who_takes_the_secretariat_out_lets_nobody_of_theirs_in() {
    TestRegister::on_both(async |register| {
        for person in [SECRETARY, OTHER_SECRETARY] {
            let id = register.user_id(person);
            change(register, &id, json!({"state": "disabled"})).await.expect(200);
            // Whoever was of the secretariat is not forgotten with the role.
            change(register, &id, json!({"role": "officer"})).await.expect(200);
        }
        let email = "newcomer@mfa.example";
        let id = newcomer(register, email).await;
        sign_in(register, email, NEW_PASSWORD).await.refused("confirmation_missing");
        let confirmation = format!("/users/{id}/confirmation");
        register.admin().request(Method::POST, &confirmation).await.refused("role_required");
        // Neither does whoever is let in again.
        let id = register.user_id(SECRETARY);
        change(register, &id, json!({"role": "secretariat"})).await.expect(200);
        change(register, &id, json!({"state": "active"})).await.expect(200);
        sign_in(register, &SECRETARY.email(), PASSWORD).await.refused("confirmation_missing");
    })
    .await;
}

#[tokio::test]
async fn who_is_given_the_role_of_the_secretariat_is_out_at_once_until_a_colleague_confirms() {
    TestRegister::on_both(async |register| {
        register.person(CLERK).get("/me").await.expect(200);
        change(register, &register.user_id(CLERK), json!({"role": "secretariat"})).await.expect(200);
        register.person(CLERK).get("/me").await.refused("invalid_token");
        act(register, SECRETARY, CLERK, "confirmation").await.expect(200);
        let me = register.person(CLERK).get("/me").await.expect(200);
        assert_eq!(me["role"], "secretariat");
    })
    .await;
}

#[tokio::test]
async fn a_colleague_who_is_locked_out_is_out_at_the_next_request() {
    TestRegister::on_both(async |register| {
        let signed = sign_in(register, &SECOND.email(), PASSWORD).await.expect(200);
        register.person(SECOND).get("/me").await.expect(200);
        act(register, UNCONFIRMED, SECOND, "lockout").await.refused("role_required");
        act(register, Person::first("KIBHR", Role::NgoMember), SECOND, "lockout").await.refused("not_found");
        act(register, SECOND, SECOND, "lockout").await.refused("role_required");
        let out = act(register, FIRST, SECOND, "lockout").await.expect(200);
        assert_eq!(out["state"], "disabled");
        register.person(SECOND).get("/me").await.refused("invalid_token");
        let refresh = json!({"refresh_token": signed["refresh_token"]});
        register.anonymous().post("/auth/refresh", refresh).await.refused("invalid_refresh_token");
        sign_in(register, &SECOND.email(), PASSWORD).await.refused("invalid_credentials");
        act(register, FIRST, SECOND, "lockout").await.expect(200);

        // An administrator lets them in again, and then they wait for a colleague's word.
        let back = change(register, &register.user_id(SECOND), json!({"state": "active"})).await.expect(200);
        assert_eq!(back["confirmed"], false);
    })
    .await;
}

#[tokio::test]
async fn an_approver_locks_officers_out_and_no_officer_an_approver() {
    TestRegister::on_both(async |register| {
        let [officer, approver] = [Role::Officer, Role::Approver].map(|role| Person::first("MOH", role));
        act(register, officer, approver, "lockout").await.refused("role_required");
        act(register, approver, officer, "lockout").await.expect(200);
        act(register, Person::first("GPO", Role::Officer), approver, "lockout").await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn drafts_of_whoever_leaves_pass_to_confirmed_colleagues_alone() {
    TestRegister::on_both(async |register| {
        let body = json!({"kind": "proposal", "title": title("walnut"), "addressees": ["GPO"]});
        let alone = register.person(SECOND).post("/items", body).await.expect(201);
        let alone = format!("/items/{}", alone["id"].as_str().unwrap());
        let own = draft(register, "alder").await;
        register.person(FIRST).get(&alone).await.refused("not_found");
        act(register, FIRST, SECOND, "lockout").await.expect(200);
        register.person(FIRST).get(&alone).await.expect(200);
        let changed = json!({"title": {"en": "Pay redress in full"}});
        register.person(FIRST).patch(&alone, changed).header("if-match", "*").await.expect(200);
        register.person(UNCONFIRMED).get(&alone).await.refused("not_found");
        // Whose writers are still there stays with them.
        act(register, FIRST, UNCONFIRMED, "confirmation").await.expect(200);
        register.person(UNCONFIRMED).get(&format!("/items/{own}")).await.refused("not_found");
        register.person(UNCONFIRMED).get(&alone).await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn drafts_that_nobody_was_left_to_write_wait_for_the_next_who_is_confirmed() {
    TestRegister::on_both(async |register| {
        let own = format!("/items/{}", draft(register, "alder").await);
        let first = register.user_id(FIRST);
        change(register, &register.user_id(SECOND), json!({"state": "disabled"})).await.expect(200);
        change(register, &first, json!({"state": "disabled"})).await.expect(200);
        register.person(UNCONFIRMED).get(&own).await.refused("not_found");
        let back = change(register, &first, json!({"state": "active"})).await.expect(200);
        assert_eq!(back["confirmed"], false, "the other confirmed member could be asked");
        let kibhr = Person::first("KIBHR", Role::NgoMember);
        register.person(kibhr).get(&own).await.refused("not_found");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_takes_the_word_of_an_administrator_and_of_a_colleague() {
    TestRegister::on_both(async |register| {
        register.person(SECOND).get("/me").await.expect(200);
        let admin = Person::first("MFA", Role::Admin);
        act(register, FIRST, SECOND, "recovery/confirmation").await.refused("status_conflict");
        act(register, FIRST, SECOND, "recovery").await.refused("role_required");
        let asked = act(register, admin, SECOND, "recovery").await.expect(201);
        choose(register, &asked, NEW_PASSWORD).await.refused("invalid_link");
        act(register, admin, SECOND, "recovery/confirmation").await.refused("role_required");
        act(register, UNCONFIRMED, SECOND, "recovery/confirmation").await.refused("role_required");
        let stranger = Person::first("KIBHR", Role::NgoMember);
        act(register, stranger, SECOND, "recovery/confirmation").await.refused("not_found");
        let told = register.person(FIRST).get("/me/colleagues").await.expect(200);
        let waiting =
            |told: &Value| told["items"].as_array().unwrap().iter().filter(|one| may(one, "vouch")).count();
        assert_eq!(waiting(&told), 1);
        act(register, FIRST, SECOND, "recovery/confirmation").await.expect_empty(204);
        act(register, FIRST, SECOND, "recovery/confirmation").await.refused("status_conflict");
        assert_eq!(waiting(&register.person(FIRST).get("/me/colleagues").await.expect(200)), 0);

        register.person(SECOND).get("/me").await.expect(200);
        choose(register, &asked, NEW_PASSWORD).await.expect_empty(204);
        register.person(SECOND).get("/me").await.refused("invalid_token");
        sign_in(register, &SECOND.email(), PASSWORD).await.refused("invalid_credentials");
        sign_in(register, &SECOND.email(), NEW_PASSWORD).await.expect(200);
        choose(register, &asked, "another ferry mosaic").await.refused("invalid_link");
    })
    .await;
}

#[tokio::test]
async fn a_link_that_was_asked_for_anew_needs_a_word_anew() {
    TestRegister::on_both(async |register| {
        let admin = Person::first("MFA", Role::Admin);
        let earlier = act(register, admin, SECOND, "recovery").await.expect(201);
        act(register, FIRST, SECOND, "recovery/confirmation").await.expect_empty(204);
        let asked = act(register, admin, SECOND, "recovery").await.expect(201);
        choose(register, &earlier, NEW_PASSWORD).await.refused("invalid_link");
        choose(register, &asked, NEW_PASSWORD).await.refused("invalid_link");
        act(register, FIRST, SECOND, "recovery/confirmation").await.expect_empty(204);
        change(register, &register.user_id(SECOND), json!({"state": "disabled"})).await.expect(200);
        choose(register, &asked, NEW_PASSWORD).await.refused("invalid_link");
    })
    .await;
}

#[tokio::test]
async fn who_has_no_colleague_and_who_never_came_is_not_recovered_by_an_administrator() {
    TestRegister::on_both(async |register| {
        let admin = Person::first("MFA", Role::Admin);
        act(register, admin, Person::first("GPO", Role::Officer), "recovery").await.refused("no_colleague");
        act(register, admin, admin, "recovery").await.refused("status_conflict");
        let new = json!({"email": "late@kk.example", "name": "Somebody", "organisation": "KK", "role": "ngo_member", "language": "ru"});
        let invited = register.admin().post("/users", new).await.expect(201);
        let path = format!("/users/{}/recovery", invited["id"].as_str().unwrap());
        register.admin().request(Method::POST, &path).await.refused("status_conflict");
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_colleagues_of_another_side_or_before_being_confirmed() {
    TestRegister::on_both(async |register| {
        let seen = async |person: Person| {
            let told = register.person(person).get("/me/colleagues").await.expect(200);
            let of = |one: &Value| one["email"].as_str().unwrap().to_owned();
            told["items"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(seen(FIRST).await, [SECOND.email(), UNCONFIRMED.email()]);
        assert!(seen(UNCONFIRMED).await.is_empty());
        assert_eq!(seen(SECRETARY).await, [OTHER_SECRETARY.email()]);
        assert!(seen(Person::first("MFA", Role::Admin)).await.is_empty());
        assert!(seen(CLERK).await.is_empty());
        assert_eq!(
            seen(Person::first("MOH", Role::Officer)).await,
            [Person::first("MOH", Role::Approver).email()]
        );
    })
    .await;
}
