//! People with passkeys: one who is about to add one, one who removes one, and one who signs in with it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use qadam_domain::accounts::Role;
use qadam_tests::device::Device;
use qadam_tests::{PASSWORD, Person, TestRegister};
use serde_json::{Value, json};

use super::{SUBMITTER, Sample, bare, post, read};

/// Where the register of the tests is reached.
pub(crate) const ORIGIN: &str = "https://register.example";
/// Who is about to add one.
const ADDER: Person = Person::first("MFA", Role::Admin);
/// Who removes one.
const REMOVER: Person = Person::second("KK", Role::NgoMember);
/// Who signs in with one.
const COMER: Person = Person::second("MFA", Role::Secretariat);

/// What they can say.
pub(crate) struct Passkeys {
    adding: Value,
    /// The identifier of one that is removed.
    pub(crate) removing: String,
    coming: Value,
}

/// Bytes as they are written in JSON.
pub(crate) fn written(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().expect("bytes")).unwrap()
}

/// A device of a person that is told whose it is, and what it signs for a passkey.
pub(crate) async fn begun(register: &TestRegister, person: Person, name: &str) -> (Device, Vec<u8>) {
    let mut device = Device::new(ORIGIN, format!("{name} of {}", person.email()).as_bytes());
    let begun = register.person(person).post("/me/passkeys/challenges", json!({"password": PASSWORD})).await;
    let options = begun.expect(200);
    assert_eq!(options["rp"]["id"], "register.example");
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    device.user_handle = bytes(&options["user"]["id"]);
    assert_eq!(device.user_handle.len(), 64);
    (device, bytes(&options["challenge"]))
}

/// What is sent when a device made a passkey.
pub(crate) fn made(device: &Device, challenge: &[u8], label: &str) -> Value {
    let made = device.make(challenge);
    json!({
        "label": label,
        "client_data": written(&made.client_data),
        "attestation_object": written(&made.attestation_object),
    })
}

/// A person's device with a passkey.
pub(crate) async fn added(register: &TestRegister, person: Person, name: &str) -> (Device, String) {
    let (device, challenge) = begun(register, person, name).await;
    let added = register.person(person).post("/me/passkeys", made(&device, &challenge, name)).await;
    let id = added.expect(200)["id"].as_str().unwrap().to_owned();
    (device, id)
}

/// What somebody is to sign who wants to come in.
pub(crate) async fn challenge(register: &TestRegister) -> Vec<u8> {
    let asked = register.anonymous().request(Method::POST, "/auth/passkey-challenges").await;
    let options = asked.expect(200);
    assert!(options.get("allowCredentials").is_none(), "{options}");
    bytes(&options["challenge"])
}

/// What is sent when a device signed.
pub(crate) fn said(device: &Device, challenge: &[u8]) -> Value {
    let said = device.sign(challenge);
    json!({
        "credential_id": written(&device.credential_id),
        "client_data": written(&said.client_data),
        "authenticator_data": written(&said.authenticator_data),
        "signature": written(&said.signature),
        "user_handle": written(&said.user_handle),
        "label": "Telephone",
    })
}

/// Makes them.
pub(super) async fn make(register: &TestRegister) -> Passkeys {
    let (device, answered) = begun(register, ADDER, "Telephone").await;
    let (comer, _) = added(register, COMER, "Telephone").await;
    Passkeys {
        adding: made(&device, &answered, "Telephone"),
        removing: added(register, REMOVER, "Telephone").await.1,
        coming: said(&comer, &challenge(register).await),
    }
}

impl Passkeys {
    /// What can be done with them.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let removal = format!("/me/passkeys/{}/removal", self.removing);
        let (beginner, password) = (Person::first("MOH", Role::Officer), json!({"password": PASSWORD}));
        vec![
            bare("begin_passkey_sign_in", None, Method::POST, "/auth/passkey-challenges".to_owned()),
            post("sign_in_with_passkey", None, "/auth/passkey".to_owned(), self.coming.clone()),
            read("list_passkeys", SUBMITTER, "/me/passkeys".to_owned()),
            post("begin_passkey", Some(beginner), "/me/passkeys/challenges".to_owned(), password.clone()),
            post("add_passkey", Some(ADDER), "/me/passkeys".to_owned(), self.adding.clone()),
            post("remove_passkey", Some(REMOVER), removal, password),
        ]
    }
}

/// What only they are told: wrong, too many, too often, and of the secretariat without a colleague's word.
pub(crate) async fn codes(register: &TestRegister) {
    let collector = Person::first("OHCHR", Role::Observer);
    let (late, answered) = begun(register, collector, "Late").await;
    for number in 0..10 {
        added(register, collector, &format!("Key {number}")).await;
    }
    let caller = register.person(collector);
    let add = |body: Value| caller.post("/me/passkeys", body);
    add(made(&late, &answered, "Late")).await.refused("too_many_passkeys");
    add(made(&late, &answered, "Late")).await.refused("invalid_passkey");
    let begin = |password: &str| caller.post("/me/passkeys/challenges", json!({"password": password}));
    begin(PASSWORD).await.refused("too_many_passkeys");
    let nothing = format!("/me/passkeys/{}/removal", super::NOTHING);
    let remove = |password: &str| caller.post(&nothing, json!({"password": password}));
    remove("not the right one").await.refused("invalid_credentials");
    remove(PASSWORD).await.refused("not_found");
    for _guess in 0..5 {
        begin("not the right one").await.refused("invalid_credentials");
    }
    begin(PASSWORD).await.refused("too_many_requests");
    add(made(&late, &answered, "Late")).await.refused("too_many_requests");
    remove(PASSWORD).await.refused("too_many_requests");
    let come = |body: &Value| register.anonymous().post("/auth/passkey", body.clone());
    let used = said(&late, &challenge(register).await);
    for _guess in 0..5 {
        come(&used).await.refused("invalid_credentials");
    }
    come(&used).await.refused("too_many_requests");
    let clerk = Person::first("MFA", Role::Officer);
    let (device, _) = added(register, clerk, "Telephone").await;
    let role = json!({"role": "secretariat"});
    let path = format!("/users/{}", register.user_id(clerk));
    register.admin().patch(&path, role).header("if-match", "*").await.expect(200);
    come(&said(&device, &challenge(register).await)).await.refused("confirmation_missing");
}
