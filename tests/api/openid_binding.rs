//! Whose account an identity is, and whose it never becomes.

use qadam_app::accounts::{self, AccountChanges, AccountState, NewAccount};
use qadam_app::authentication::{
    FromProvider, Journey, OwnProof, PageSignIn, Signed, begin_identity, connect_identity,
    finish_sign_in_to_pages, list_identities, remove_identity, set_password_by_link,
};
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Role, SecondFactorRule};
use qadam_domain::language::Language;
use qadam_tests::{PASSWORD, Person, TestRegister};
use serde_json::{Value, json};

use crate::openid::{Beside, OWN, code_of, rule, somebody};
use crate::samples::organisation;

const OFFICER: Person = Person::first("GPO", Role::Officer);
const OTHER: Person = Person::first("MOH", Role::Officer);

/// Connects the identity of whoever the provider lets in as these claims.
async fn connects(beside: &Beside<'_>, signed: &Signed, claims: Value) -> Result<(), AppError> {
    let origin = Origin::default();
    let to = begin_identity(&beside.node, &origin, signed, OWN, Language::English).await?;
    let (state, code) = beside.provider.let_in(&to.url, claims);
    let journey = Journey::open(&beside.node, &to.journey).unwrap();
    let answer = FromProvider { state: &state, code: Some(&code), issuer: None };
    connect_identity(&beside.node, &origin, signed, &journey, answer).await
}

#[tokio::test]
async fn an_identity_that_was_connected_signs_in_until_it_is_removed() {
    TestRegister::on_both(async |register| {
        let beside = Beside::start(register, |_| ()).await;
        let signed = beside.signed(OFFICER).await;
        let origin = Origin::default();
        let wrong = begin_identity(
            &beside.node,
            &origin,
            &signed,
            OwnProof { password: "not the right one", code: None },
            Language::English,
        )
        .await;
        assert_eq!(code_of(wrong), Code::InvalidCredentials);
        assert_eq!(code_of(beside.comes(somebody("a", &OFFICER.email())).await), Code::IdentityRefused);
        // The provider may know somebody by an address that the register does not know.
        connects(&beside, &signed, json!({"sub": "a", "email": "private@example.org"})).await.unwrap();
        assert_eq!(beside.is_in(json!({"sub": "a"})).await.account.id, signed.account.id);
        let listed = register.person(OFFICER).get("/me/identities").await.expect(200);
        let identity = &listed["items"][0];
        assert_eq!(
            (&identity["shown"], &identity["used_on"]),
            (&json!("private@example.org"), &identity["made_on"])
        );
        assert_eq!(identity["issuer"], beside.provider.issuer);
        // It is of one account, which has one.
        let other = beside.signed(OTHER).await;
        assert_eq!(
            code_of(connects(&beside, &other, somebody("a", "a@example.org")).await),
            Code::IdentityConflict
        );
        assert_eq!(
            code_of(connects(&beside, &signed, somebody("b", "b@example.org")).await),
            Code::IdentityConflict
        );
        let (own, password) =
            (list_identities(&beside.node, &signed).await.unwrap(), json!({"password": PASSWORD}));
        let removal = format!("/me/identities/{}/removal", own[0].id);
        register.person(OTHER).post(&removal, password.clone()).await.refused("not_found");
        let elsewhere = beside.is_in(json!({"sub": "a"})).await;
        register
            .person(OFFICER)
            .post(&removal, json!({"password": "no"}))
            .await
            .refused("invalid_credentials");
        register.person(OFFICER).post(&removal, password).await.expect_empty(204);
        assert_eq!(code_of(beside.comes(json!({"sub": "a"})).await), Code::IdentityRefused);
        let sessions = format!(
            "SELECT COUNT(*) FROM session WHERE revoked_at IS NULL AND CAST(id AS TEXT) = '{}'",
            elsewhere.session.id
        );
        assert_eq!(register.peek(&sessions).await, 0, "other sessions end");
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_address_binds_where_the_settings_say_so_and_never_to_those_whom_colleagues_confirm() {
    TestRegister::on_both(async |register| {
        let careful = Beside::start(register, |_| ()).await;
        assert_eq!(code_of(careful.comes(somebody("a", &OFFICER.email())).await), Code::IdentityRefused);
        let beside = Beside::believing(register, |provider| provider.link_by_email = true).await;
        let unverified = json!({"sub": "a", "email": OFFICER.email(), "email_verified": false});
        assert_eq!(code_of(beside.comes(unverified).await), Code::IdentityRefused);
        assert_eq!(
            code_of(beside.comes(json!({"sub": "a", "email": OFFICER.email()})).await),
            Code::IdentityRefused
        );
        for person in [
            Person::first("MFA", Role::Secretariat),
            Person::first("MFA", Role::Admin),
            Person::first("KK", Role::NgoMember),
        ] {
            assert_eq!(
                code_of(beside.comes(somebody("b", &person.email())).await),
                Code::IdentityRefused,
                "{person:?}"
            );
        }
        assert_eq!(register.peek("SELECT COUNT(*) FROM account_identity").await, 0);
        let came = beside.is_in(somebody("a", &OFFICER.email().to_uppercase())).await;
        assert_eq!(came.account.email, OFFICER.email());
        // Bound once, it is no question of the address any more.
        assert_eq!(
            beside.is_in(json!({"sub": "a", "email": OTHER.email()})).await.account.id,
            came.account.id
        );
        // Somebody else with the same address is not let in: the account has its identity.
        assert_eq!(code_of(beside.comes(somebody("c", &OFFICER.email())).await), Code::SignInExpired);
        careful.close().await;
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn who_may_not_come_in_is_refused_as_whoever_has_no_account() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| {
            provider.link_by_email = true;
            provider.rules = vec![rule("prosecutors", "GPO", Role::Officer)];
        })
        .await;
        let signed = beside.signed(OFFICER).await;
        connects(&beside, &signed, somebody("a", "a@example.org")).await.unwrap();
        let disabled = AccountChanges { state: Some(AccountState::Disabled), ..AccountChanges::default() };
        let admin = beside.signed(Person::first("MFA", Role::Admin)).await;
        accounts::change(&beside.node, &admin.viewer, signed.account.id, disabled, None).await.unwrap();
        let invited = NewAccount {
            email: "invited@gpo.example".to_owned(),
            name: "Invited".to_owned(),
            organisation: "GPO".to_owned(),
            role: Role::Officer,
            language: Language::Kazakh,
        };
        accounts::provision(&beside.node, invited).await.unwrap();
        let member = |claims: Value| {
            let mut claims = claims;
            claims["groups"] = json!(["prosecutors"]);
            claims
        };
        for (name, claims) in [
            ("whose account is disabled", json!({"sub": "a"})),
            ("the address of a disabled account", member(somebody("b", &OFFICER.email()))),
            ("the address of one that waits", member(somebody("b", "invited@gpo.example"))),
            ("nobody", somebody("b", "nobody@example.org")),
            ("no address", member(json!({"sub": "b"}))),
            ("no address that is one", member(somebody("b", "no address"))),
            ("an address nobody verified", member(json!({"sub": "b", "email": "b@example.org"}))),
        ] {
            assert_eq!(code_of(beside.comes(claims).await), Code::IdentityRefused, "{name}");
        }
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_rule_makes_an_account_that_has_no_password_until_one_is_asked_for() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| {
            provider.rules =
                vec![rule("health", "MOH", Role::Officer), rule("prosecutors", "GPO", Role::Officer)];
        })
        .await;
        let mut claims = somebody("a", "New.Officer@gpo.example");
        claims["groups"] = json!(["staff", "prosecutors"]);
        let entries = "SELECT COUNT(*) FROM ledger_entry WHERE action = 'account.created'";
        let before = register.peek(entries).await;
        let came = beside.is_in(claims.clone()).await;
        let account = &came.account;
        assert_eq!((account.email.as_str(), account.role), ("new.officer@gpo.example", Role::Officer));
        assert_eq!(account.organisation.to_string(), register.organisation_id("GPO"));
        assert!(account.confirmed && account.password_hash.is_none() && account.name == "Somebody");
        assert_eq!(register.peek(entries).await, before + 1);
        assert_eq!(beside.is_in(claims).await.account.id, account.id);
        let identity = list_identities(&beside.node, &came).await.unwrap()[0].id;
        let removed = remove_identity(&beside.node, &Origin::default(), &came, identity, PASSWORD).await;
        assert_eq!(code_of(removed), Code::LastWayIn);
        // A password comes by the way of one that was forgotten: an administrator asks, a colleague vouches.
        let admin = beside.signed(Person::first("MFA", Role::Admin)).await;
        let asked = accounts::ask_for_recovery(&beside.node, &admin.viewer, account.id, None).await.unwrap();
        let colleague = beside.signed(OFFICER).await;
        accounts::vouch_for_recovery(&beside.node, &colleague.viewer, account.id).await.unwrap();
        set_password_by_link(&beside.node, &Origin::default(), &asked.token, PASSWORD).await.unwrap();
        // Who came in with a provider alone comes back after having been locked out, and is invited to nothing.
        let change = |state| AccountChanges { state: Some(state), ..AccountChanges::default() };
        let set = async |state| {
            accounts::change(&beside.node, &admin.viewer, account.id, change(state), None).await.unwrap()
        };
        set(AccountState::Disabled).await;
        assert_eq!(set(AccountState::Active).await.state, AccountState::Active);
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_rule_lets_nobody_of_civil_society_see_what_their_organisation_sees_alone() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| {
            let member = |value, organisation| rule(value, organisation, Role::NgoMember);
            provider.rules = vec![
                member("known", "KK"),
                member("empty", "NEW"),
                member("nowhere", "NOWHERE"),
                member("body", "GPO"),
                rule("staff", "MFA", Role::Secretariat),
                rule("admins", "MFA", Role::Admin),
            ];
        })
        .await;
        let in_group = |subject: &str, group: &str| {
            let mut claims = somebody(subject, &format!("{subject}@example.org"));
            claims["groups"] = group.into();
            claims
        };
        let mut new = organisation("NEW");
        new["kind"] = "civil_society".into();
        register.admin().post("/organisations", new).await.expect(201);
        for group in ["empty", "nowhere", "body", "staff", "admins", "other"] {
            assert_eq!(code_of(beside.comes(in_group("a", group)).await), Code::IdentityRefused, "{group}");
        }
        let came = beside.is_in(in_group("b", "known")).await;
        assert!(!came.account.confirmed);
        let first = beside.signed(Person::first("KK", Role::NgoMember)).await;
        let confirmed = accounts::confirm_member(&beside.node, &first.viewer, came.account.id).await.unwrap();
        assert!(confirmed.confirmed);
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_is_asked_for_as_after_a_password_unless_the_provider_asked_for_one() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| {
            provider.link_by_email = true;
            provider.second_factors = vec!["otp".to_owned()];
        })
        .await;
        let begun = register
            .person(OFFICER)
            .post("/me/second-factor", json!({"password": PASSWORD}))
            .await
            .expect(200);
        let secret = begun["secret"].as_str().unwrap();
        let code = qadam_tests::authenticator::code(secret, (register.app().now().0 / 1_000).unsigned_abs());
        let told = register
            .person(OFFICER)
            .post("/me/second-factor/confirmation", json!({"code": code}))
            .await
            .expect(200);
        let recovery = |number: usize| told["recovery_codes"][number].as_str().unwrap().to_owned();
        let bound = "SELECT COUNT(*) FROM account_identity";
        let came = beside.comes(somebody("a", &OFFICER.email())).await.unwrap();
        let PageSignIn::CodeMissing(pending) = came else { panic!("in without a code") };
        assert_eq!(register.peek(bound).await, 0, "nothing is bound before the code");
        let finish = |code: String| {
            let (node, pending) = (&beside.node, &pending);
            async move { finish_sign_in_to_pages(node, &Origin::default(), pending, &code).await }
        };
        assert_eq!(code_of(finish("000000".to_owned()).await), Code::InvalidSecondFactor);
        assert_eq!(register.peek(bound).await, 0);
        finish(recovery(0)).await.unwrap();
        assert_eq!(register.peek(bound).await, 1);
        let mut with_one = json!({"sub": "a"});
        with_one["amr"] = json!(["pwd", "otp"]);
        assert!(beside.is_in(with_one).await.session.second_factor);
        let without = beside.comes(json!({"sub": "a", "amr": ["pwd"], "acr": "1"})).await.unwrap();
        let PageSignIn::CodeMissing(pending) = without else { panic!("in without a code") };
        // An identity that was removed between the steps lets nobody in.
        register.run("DELETE FROM account_identity").await;
        let late = finish_sign_in_to_pages(&beside.node, &Origin::default(), &pending, &recovery(1)).await;
        assert_eq!(code_of(late), Code::SignInExpired);
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn where_everybody_must_have_a_second_factor_the_providers_counts_if_the_settings_say_so() {
    TestRegister::on_sqlite(async |register| {
        let beside = Beside::start(register, |settings| {
            settings.authentication.second_factor = SecondFactorRule::Everybody;
            let provider = settings.openid.as_mut().unwrap();
            provider.rules = vec![rule("prosecutors", "GPO", Role::Officer)];
            provider.second_factors = vec!["mfa".to_owned()];
        })
        .await;
        let mut claims = somebody("a", "a@gpo.example");
        claims["groups"] = "prosecutors".into();
        assert!(beside.is_in(claims.clone()).await.lacks_second_factor);
        claims["acr"] = "mfa".into();
        assert!(!beside.is_in(claims).await.lacks_second_factor);
        beside.close().await;
    })
    .await;
}
