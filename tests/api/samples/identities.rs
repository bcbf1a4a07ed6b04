//! People with an identity at a provider: one who removes it.

use qadam_domain::accounts::Role;
use qadam_tests::{PASSWORD, Person, TestRegister};
use serde_json::json;

use super::{SUBMITTER, Sample, post, read};

/// Who removes one.
const REMOVER: Person = Person::second("KK", Role::NgoMember);

/// The identifier of one that is removed.
const REMOVED: &str = "0199aaaa-0000-7000-8000-000000000001";

/// What can be done with them.
pub(crate) struct Identities {
    /// The identifier of one that is removed.
    pub(crate) removing: String,
}

/// Gives somebody an identity, as a journey to a provider does.
async fn give(register: &TestRegister, person: Person, id: &str) {
    let (id, account) = if register.url().starts_with("sqlite") {
        let bytes = |id: &str| format!("x'{}'", id.replace('-', ""));
        (bytes(id), bytes(&register.user_id(person)))
    } else {
        let uuid = |id: &str| format!("CAST('{id}' AS UUID)");
        (uuid(id), uuid(&register.user_id(person)))
    };
    let sql = format!(
        "INSERT INTO account_identity (id, account_id, issuer, subject, shown, made_on) \
         VALUES ({id}, {account}, 'https://login.example', 'subject of {number}', 'a@example.org', '{today}')",
        number = person.email(),
        today = register.today(),
    );
    register.run(&sql).await;
}

/// Makes them.
pub(super) async fn make(register: &TestRegister) -> Identities {
    give(register, REMOVER, REMOVED).await;
    Identities { removing: REMOVED.to_owned() }
}

impl Identities {
    /// What can be done with them.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let removal = format!("/me/identities/{}/removal", self.removing);
        vec![
            read("list_identities", SUBMITTER, "/me/identities".to_owned()),
            post("remove_identity", Some(REMOVER), removal, json!({"password": PASSWORD})),
        ]
    }
}

/// What only they are told: wrong, too often, and that it is the only way in.
pub(crate) async fn codes(register: &TestRegister) {
    // Whatever was guessed before is forgotten.
    register.pass(301);
    let holder = Person::first("NCHR", Role::Officer);
    let id = "0199aaaa-0000-7000-8000-000000000002";
    give(register, holder, id).await;
    let caller = register.person(holder);
    let removal = format!("/me/identities/{id}/removal");
    let remove = |password: &str| caller.post(&removal, json!({"password": password}));
    for _guess in 0..5 {
        remove("not the right one").await.refused("invalid_credentials");
    }
    remove(PASSWORD).await.refused("too_many_requests");
    register.token(holder).await;
    let set = async |hash: &str| {
        let email = holder.email();
        register.run(&format!("UPDATE account SET password_hash = {hash} WHERE email = '{email}'")).await;
    };
    set("NULL").await;
    remove(PASSWORD).await.refused("last_way_in");
    // All had the same password, and the administrator still has it.
    let admin = Person::first("MFA", Role::Admin).email();
    set(&format!("(SELECT password_hash FROM account WHERE email = '{admin}')")).await;
}
