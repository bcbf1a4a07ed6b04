//! A token of an account, for a program.

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::{PASSWORD, Person, TestRegister};
use serde_json::{Value, json};

use super::{Sample, World, bare, post, read};

/// Whose token it is.
const OWNER: Person = Person::first("MOH", Role::Officer);

/// A token.
pub(crate) struct Program {
    /// What a program brings along.
    pub(crate) token: String,
    /// Its identifier.
    pub(crate) id: String,
}

/// A token that is asked for.
fn asked(scope: &str, label: &str) -> Value {
    json!({"label": label, "scope": scope, "days": 90, "password": PASSWORD})
}

/// Makes one.
pub(super) async fn make(register: &TestRegister) -> Program {
    let made = register.person(OWNER).post("/me/tokens", asked("write", "Mirror")).await.expect(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Program { token: text(&made["token"]), id: text(&made["made"]["id"]) }
}

/// What can be done with tokens.
pub(super) fn samples(world: &World<'_>) -> Vec<Sample> {
    vec![
        read("list_tokens", Some(OWNER), "/me/tokens".to_owned()),
        post("make_token", Some(OWNER), "/me/tokens".to_owned(), asked("read", "Table")),
        bare("end_token", Some(OWNER), Method::DELETE, format!("/me/tokens/{}", world.program.id)),
    ]
}

/// What only they are told, and what a token that reads may not.
pub(crate) async fn codes(register: &TestRegister) {
    let person = Person::first("MFA", Role::Officer);
    let owner = register.person(person);
    let wrong = json!({"label": "Mirror", "scope": "read", "days": 1, "password": "not the right one"});
    for _guess in 0..5 {
        owner.post("/me/tokens", wrong.clone()).await.refused("invalid_credentials");
    }
    owner.post("/me/tokens", wrong).await.refused("too_many_requests");
    register.pass(300);
    let made = owner.post("/me/tokens", asked("read", "Mirror")).await.expect(200);
    let token = made["token"].as_str().unwrap();
    owner.get("/items").token(token).await.expect(200);
    let follow = owner.put("/me/follows/C-2026-0001", json!({}));
    assert_eq!(follow.token(token).await.code(), "scope_required");
    for number in 1..20 {
        owner.post("/me/tokens", asked("read", &format!("Mirror {number}"))).await.expect(200);
    }
    owner.post("/me/tokens", asked("read", "One more")).await.refused("too_many_tokens");
}
