//! What colleagues do for each other: lock out, and vouch for a new password.

use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::{Person, TestRegister};
use serde_json::json;

use super::{ADMIN, SUBMITTER, Sample, World, bare, id, post, read};

/// What is answered well only where letters are posted, which the register of these tests does not do: the tests of
/// resilience ask it of a program with a mail server.
pub(crate) const BY_MAIL: &str = "ask_for_own_recovery";

/// Whose colleagues they are.
const MEMBER: Person = Person::first("KK", Role::NgoMember);

/// Who lost the password.
const FORGETFUL: Person = Person::second("KK", Role::NgoMember);

/// Colleagues to whom something was done.
pub(crate) struct Colleagues {
    /// Who is locked out.
    pub(crate) out: String,
    /// Who lost the password, for whom a link was asked for.
    pub(crate) forgetful: String,
}

/// Locks one out, and asks for a link for another.
pub(super) async fn make(register: &TestRegister) -> Colleagues {
    let leaving = json!({"email": "leaving@kk.example", "name": "Somebody", "organisation": "KK", "role": "ngo_member", "language": "ru"});
    let out = id(&register.admin().post("/users", leaving).await.expect(201));
    register.person(MEMBER).request(Method::POST, &format!("/users/{out}/lockout")).await.expect(200);
    let forgetful = register.user_id(FORGETFUL);
    register.admin().request(Method::POST, &format!("/users/{forgetful}/recovery")).await.expect(201);
    Colleagues { out, forgetful }
}

/// What can be done for them.
pub(super) fn samples(world: &World<'_>) -> Vec<Sample> {
    let Colleagues { out, forgetful } = &world.colleagues;
    let vouching = format!("/users/{forgetful}/recovery/confirmation");
    vec![
        read("list_colleagues", SUBMITTER, "/me/colleagues".to_owned()),
        bare("lock_user_out", SUBMITTER, Method::POST, format!("/users/{out}/lockout")),
        bare("ask_for_recovery", ADMIN, Method::POST, format!("/users/{forgetful}/recovery")),
        bare("vouch_for_recovery", SUBMITTER, Method::POST, vouching),
        post(BY_MAIL, None, "/auth/recovery".to_owned(), json!({"email": FORGETFUL.email()})),
    ]
}

/// What only they are told.
pub(crate) async fn codes(register: &TestRegister) {
    let recovery = |person: Person| format!("/users/{}/recovery", register.user_id(person));
    let asked = |person: Person| register.admin().request(Method::POST, &recovery(person));
    asked(Person::first("GPO", Role::Officer)).await.refused("no_colleague");
    asked(Person::first("MFA", Role::Admin)).await.refused("status_conflict");
    let nobody_asked = format!("{}/confirmation", recovery(Person::first("MOH", Role::Officer)));
    let approver = register.person(Person::first("MOH", Role::Approver));
    approver.request(Method::POST, &nobody_asked).await.refused("status_conflict");
    let by_mail = async || {
        let forgotten = json!({"email": "forgotten@kk.example"});
        register.anonymous().post("/auth/recovery", forgotten).await
    };
    for _asked in 0..3 {
        by_mail().await.refused("no_mail");
    }
    by_mail().await.refused("too_many_requests");
    unconfirmed(register).await;
}

/// Somebody of the secretariat whom no colleague confirmed.
async fn unconfirmed(register: &TestRegister) {
    let newcomer = json!({"email": "newcomer@mfa.example", "name": "Somebody", "organisation": "MFA", "role": "secretariat", "language": "ru"});
    let invited = register.admin().post("/users", newcomer).await.expect(201);
    let password = "walnut ferry mosaic";
    let link = json!({"token": invited["link"]["token"], "password": password});
    register.anonymous().post("/auth/password", link).await.expect(204);
    let sign_in = json!({"email": "newcomer@mfa.example", "password": password});
    register.anonymous().post("/auth/login", sign_in).await.refused("confirmation_missing");
}
