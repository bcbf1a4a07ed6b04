//! People with second factors: one who is about to turn it on, and two who have.

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::authenticator::code;
use qadam_tests::{PASSWORD, Person, TestRegister};
use serde_json::{Value, json};

use super::{SUBMITTER, Sample, post, read};
use crate::scenes::draft;

/// Who is about to turn it on.
const BEGINNER: Person = Person::first("OHCHR", Role::Observer);
/// Who makes new recovery codes.
const RENEWER: Person = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
/// Who turns it off.
const REMOVER: Person = Person::first("KIBHR", Role::NgoMember);

/// What they can say.
pub(crate) struct SecondFactors {
    /// What the app of the beginner shows.
    code: String,
    /// Recovery codes, a person each.
    renewing: String,
    removing: String,
}

async fn begin(register: &TestRegister, person: Person) -> String {
    let begun = register.person(person).post("/me/second-factor", json!({"password": PASSWORD})).await;
    let seconds = u64::try_from(register.app().now().0 / 1_000).unwrap();
    code(begun.expect(200)["secret"].as_str().unwrap(), seconds)
}

/// Turns it on, and gives a recovery code; by the others the person signs in again.
async fn turn_on(register: &TestRegister, person: Person) -> String {
    let code = begin(register, person).await;
    let confirmed =
        register.person(person).post("/me/second-factor/confirmation", json!({"code": code})).await;
    let codes = confirmed.expect(200)["recovery_codes"].clone();
    let mut codes: Vec<String> = serde_json::from_value(codes).unwrap();
    let kept = codes.split_off(1);
    register.keep_recovery_codes(person, kept);
    codes.remove(0)
}

/// Makes them.
pub(super) async fn make(register: &TestRegister) -> SecondFactors {
    SecondFactors {
        code: begin(register, BEGINNER).await,
        renewing: turn_on(register, RENEWER).await,
        removing: turn_on(register, REMOVER).await,
    }
}

impl SecondFactors {
    /// What can be done with them.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let at = |part: &str| format!("/me/second-factor{part}");
        let by = |operation: &'static str, person: Person, part: &str, body: Value| {
            post(operation, Some(person), at(part), body)
        };
        let removal = json!({"password": PASSWORD, "code": self.removing});
        vec![
            read("get_second_factor", SUBMITTER, at("")),
            by("begin_second_factor", Person::first("MOH", Role::Officer), "", json!({"password": PASSWORD})),
            by("confirm_second_factor", BEGINNER, "/confirmation", json!({"code": self.code})),
            by("renew_recovery_codes", RENEWER, "/recovery-codes", json!({"code": self.renewing})),
            by("remove_second_factor", REMOVER, "/removal", removal),
        ]
    }
}

/// What only they are told: a code is missing, wrong, asked for too often.
pub(crate) async fn codes(register: &TestRegister) {
    let [on, begun] = [Person::first("MOH", Role::Approver), Person::first("NCHR", Role::Officer)];
    turn_on(register, on).await;
    begin(register, begun).await;
    let secret = json!({"email": on.email(), "password": PASSWORD});
    let login = |body: Value| register.anonymous().post("/auth/login", body);
    login(secret.clone()).await.refused("second_factor_required");
    let mut wrong = secret;
    wrong["totp"] = "000000".into();
    login(wrong.clone()).await.refused("invalid_second_factor");
    for _again in 0..3 {
        login(wrong.clone()).await;
    }
    login(wrong).await.refused("too_many_requests");
    let ask = |person: Person, part: &str, body: Value| {
        register.person(person).request(Method::POST, &format!("/me/second-factor{part}")).json(&body)
    };
    let (wrong, code) = (json!({"password": "not the right one"}), json!({"code": "000000"}));
    let passkey = |body: Value| register.person(on).post("/me/passkeys/challenges", body);
    passkey(json!({"password": PASSWORD})).await.refused("second_factor_required");
    passkey(json!({"password": PASSWORD, "code": "000000"})).await.refused("invalid_second_factor");
    ask(on, "", json!({"password": PASSWORD})).await.refused("second_factor_conflict");
    ask(on, "/confirmation", code.clone()).await.refused("second_factor_conflict");
    ask(begun, "", wrong.clone()).await.refused("invalid_credentials");
    ask(begun, "/confirmation", code.clone()).await.refused("invalid_second_factor");
    ask(begun, "/recovery-codes", code.clone()).await.refused("second_factor_conflict");
    ask(on, "/recovery-codes", code.clone()).await.refused("invalid_second_factor");
    let removal = |password: &str| json!({"password": password, "code": "000000"});
    ask(on, "/removal", removal("not the right one")).await.refused("invalid_credentials");
    ask(on, "/removal", removal(PASSWORD)).await.refused("invalid_second_factor");
    ask(begun, "/removal", removal(PASSWORD)).await.refused("second_factor_conflict");
    // Each is counted: the account of a session that was left open gives no more guesses than signing in.
    let guesser = Person::first("MOH", Role::Officer);
    for (part, body) in [
        ("", wrong),
        ("/confirmation", code.clone()),
        ("/recovery-codes", code),
        ("/removal", removal("not the right one")),
    ] {
        for _guess in 0..5 {
            ask(guesser, part, body.clone()).await;
        }
        ask(guesser, part, body).await.refused("too_many_requests");
    }
    let change = json!({"current_password": "not the right one", "password": "walnut ferry mosaic"});
    register.person(guesser).post("/me/password", change).await.refused("too_many_requests");
    too_often(register).await;
}

/// What is limited for whoever comes from one network.
async fn too_often(register: &TestRegister) {
    let nobody = register.anonymous();
    let link = || {
        let body = json!({"token": "guessed", "password": "walnut ferry mosaic"});
        nobody.post("/auth/password", body).from_address("203.0.113.9")
    };
    for _guess in 0..20 {
        link().await;
    }
    link().await.refused("too_many_requests");
    for _search in 0..60 {
        nobody.get("/items?q=redress").from_address("203.0.113.9").await.expect(200);
    }
    let mut filings = Vec::new();
    for number in 0..31 {
        let id = draft(register, &format!("willow {number}")).await;
        let at = format!("/items/{id}/status-changes");
        filings.push(register.ngo("KK").post(&at, json!({"to": "submitted"})).await.status);
    }
    assert!(filings.starts_with(&[201]) && filings.ends_with(&[429]), "{filings:?}");
    for path in ["/items?q=redress", "/items/facets?q=redress", "/items/similar?title=redress"] {
        nobody.get(path).from_address("203.0.113.9").await.refused("too_many_requests");
    }
}
