//! What administrators and fellow members do with accounts.

use qadam_app::accounts::{self, Account, AccountChanges, AccountState, NewAccount, Page};
use qadam_app::authentication::{Signed, set_password_by_link};
use qadam_app::precondition::IfMatch;
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::{UserId, Uuid};
use qadam_domain::language::Language;
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp, address, new_account};

fn state(state: AccountState) -> AccountChanges {
    AccountChanges { state: Some(state), ..AccountChanges::default() }
}

async fn change(test: &TestApp, admin: &Signed, account: &Account, changes: AccountChanges) -> Account {
    accounts::change(&test.app, &admin.viewer, account.id, changes, None).await.unwrap()
}

async fn find(test: &TestApp, admin: &Signed, account: &Account) -> Account {
    accounts::get(&test.app, &admin.viewer, account.id).await.unwrap()
}

fn mistakes(error: AppError) -> Vec<(String, &'static str)> {
    match error {
        AppError::Invalid(errors) => {
            errors.into_iter().map(|error| (error.pointer, error.code.as_str())).collect()
        }
        other => panic!("no field errors: {other}"),
    }
}

#[tokio::test]
async fn only_administrators_keep_accounts() {
    let test = TestApp::start().await;
    let account = test.account("somebody", "GPO", Role::Officer).await;
    let mut viewers = vec![(Viewer::Anonymous, Code::Unauthenticated)];
    for (organisation, role) in [
        ("MFA", Role::Secretariat),
        ("GPO", Role::Officer),
        ("GPO", Role::Approver),
        ("NGO-A", Role::NgoMember),
        ("OSCE", Role::Observer),
    ] {
        let signed = test.signed(role.code(), organisation, role).await;
        viewers.push((signed.viewer, Code::RoleRequired));
    }
    for (viewer, code) in viewers {
        let new = new_account("new", "GPO", Role::Officer);
        let refusals = [
            accounts::create(&test.app, &viewer, new, None).await.unwrap_err(),
            accounts::list(&test.app, &viewer, page_of(10, None)).await.unwrap_err(),
            accounts::get(&test.app, &viewer, account.id).await.unwrap_err(),
            accounts::change(&test.app, &viewer, account.id, AccountChanges::default(), None)
                .await
                .unwrap_err(),
            accounts::new_link(&test.app, &viewer, account.id, None).await.unwrap_err(),
        ];
        for refusal in refusals {
            assert_eq!(refusal.code(), code, "{viewer:?}");
        }
    }
    assert_eq!(test.peek::<i64>("SELECT COUNT(*) FROM account WHERE email LIKE 'new%'").await, 0);
}

#[tokio::test]
async fn a_role_fits_the_kind_of_its_organisation() {
    let test = TestApp::start().await;
    for (organisation, fitting) in [
        ("MFA", vec![Role::Officer, Role::Approver, Role::Secretariat, Role::Admin]),
        ("GPO", vec![Role::Officer, Role::Approver]),
        ("NGO-A", vec![Role::NgoMember]),
        ("OSCE", vec![Role::Observer]),
    ] {
        for role in Role::ALL {
            let name = format!("{}-{}", organisation.to_lowercase(), role.code());
            let outcome = accounts::provision(&test.app, new_account(&name, organisation, role)).await;
            match outcome {
                Ok(_) => assert!(fitting.contains(&role), "{role:?} at {organisation}"),
                Err(error) => {
                    assert!(!fitting.contains(&role), "{role:?} at {organisation}");
                    assert_eq!(mistakes(error), [("/role".to_owned(), "not_allowed")]);
                }
            }
        }
    }
}

#[tokio::test]
async fn all_mistakes_of_a_new_account_are_told_at_once() {
    let test = TestApp::start().await;
    let new = NewAccount {
        email: "nobody".to_owned(),
        name: "a\u{202e}b".to_owned(),
        organisation: "NONE".to_owned(),
        role: Role::Officer,
        language: Language::Russian,
    };
    let expected = [
        ("/email", "invalid_email"),
        ("/name", "forbidden_character"),
        ("/organisation", "unknown_reference"),
    ];
    let found = mistakes(accounts::provision(&test.app, new).await.unwrap_err());
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[tokio::test]
async fn an_address_has_one_account() {
    let test = TestApp::start().await;
    test.invite("officer", "GPO", Role::Officer).await;
    let mut same = new_account("officer", "MFA", Role::Secretariat);
    same.email = "OFFICER@example.org".to_owned();
    let refused = accounts::provision(&test.app, same).await.unwrap_err();
    assert_eq!(refused.code(), Code::Taken);
    assert_eq!(test.entered("account").await.len(), 1, "what was refused is not entered");
}

fn page_of(limit: u64, after: Option<accounts::Place>) -> Page {
    Page { limit, after, before: None }
}

#[tokio::test]
async fn accounts_are_listed_by_address_in_pages() {
    let test = TestApp::start().await;
    let admin = test.signed("m", "MFA", Role::Admin).await;
    for name in ["d", "a", "c", "b"] {
        test.invite(name, "GPO", Role::Officer).await;
    }
    let (mut listed, mut after, mut pages) = (Vec::new(), None, 0);
    let last = loop {
        let page = accounts::list(&test.app, &admin.viewer, page_of(2, after)).await.unwrap();
        listed.extend(page.accounts.into_iter().map(|account| account.email));
        pages += 1;
        assert_eq!(page.previous.is_some(), pages > 1);
        after = page.next;
        if after.is_none() {
            break page.previous;
        }
    };
    assert_eq!(listed, ["a", "b", "c", "d", "m"].map(address));
    assert_eq!(pages, 3);
    let exactly = accounts::list(&test.app, &admin.viewer, page_of(5, None)).await.unwrap();
    assert_eq!((exactly.accounts.len(), exactly.next), (5, None));
    let page = Page { limit: 2, after: None, before: Some(last.unwrap()) };
    let page = accounts::list(&test.app, &admin.viewer, page).await.unwrap();
    let listed: Vec<_> = page.accounts.into_iter().map(|account| account.email).collect();
    assert_eq!(listed, ["c", "d"].map(address));
    assert!(page.next.is_some() && page.previous.is_some());
}

#[tokio::test]
async fn nobody_changes_their_own_role_or_state() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let role = AccountChanges { role: Some(Role::Secretariat), ..AccountChanges::default() };
    for changes in [role, state(AccountState::Disabled)] {
        let refused = accounts::change(&test.app, &admin.viewer, admin.account.id, changes, None).await;
        assert_eq!(refused.unwrap_err().code(), Code::RoleRequired);
    }
    let name = AccountChanges { name: Some("New Name".to_owned()), ..AccountChanges::default() };
    assert_eq!(change(&test, &admin, &admin.account, name).await.name, "New Name");
    assert_eq!(find(&test, &admin, &admin.account).await.role, Role::Admin);
}

#[tokio::test]
async fn a_change_is_refused_when_the_account_changed_meanwhile() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let officer = test.account("officer", "GPO", Role::Officer).await;
    let condition = Some(IfMatch::Tags(vec![accounts::etag(&test.app, &officer)]));
    let promote = AccountChanges { role: Some(Role::Approver), ..AccountChanges::default() };
    let changed =
        accounts::change(&test.app, &admin.viewer, officer.id, promote, condition.clone()).await.unwrap();
    assert_eq!(changed.role, Role::Approver);
    let refused =
        accounts::change(&test.app, &admin.viewer, officer.id, state(AccountState::Disabled), condition)
            .await;
    assert_eq!(refused.unwrap_err().code(), Code::PreconditionFailed);
    assert_eq!(find(&test, &admin, &officer).await, changed);
    let nobody = UserId(Uuid::nil());
    let absent =
        accounts::change(&test.app, &admin.viewer, nobody, AccountChanges::default(), Some(IfMatch::Any))
            .await;
    assert_eq!(absent.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn impossible_roles_and_states_are_refused() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let officer = test.account("officer", "GPO", Role::Officer).await;
    let (invited, _) = test.invite("invited", "GPO", Role::Officer).await;
    let role = |role| AccountChanges { role: Some(role), ..AccountChanges::default() };
    for (account, changes, pointer) in [
        (&officer, role(Role::Secretariat), "/role"),
        (&officer, role(Role::NgoMember), "/role"),
        (&officer, state(AccountState::Invited), "/state"),
        (&invited, state(AccountState::Active), "/state"),
        (&invited, state(AccountState::Invited), "/state"),
    ] {
        let refused = accounts::change(&test.app, &admin.viewer, account.id, changes, None).await;
        assert_eq!(mistakes(refused.unwrap_err()), [(pointer.to_owned(), "not_allowed")]);
    }
}

#[tokio::test]
async fn memberships_are_entered_for_the_secretariat_without_name_and_address() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let before = test.entered("account").await.len();
    let new = new_account("officer", "GPO", Role::Officer);
    let invitation = accounts::create(&test.app, &admin.viewer, new, None).await.unwrap();
    let account =
        set_password_by_link(&test.app, &Origin::default(), &invitation.token, PASSWORD).await.unwrap();
    let rename = AccountChanges { name: Some("Other".to_owned()), ..AccountChanges::default() };
    change(&test, &admin, &account, rename).await;
    let promote = AccountChanges { role: Some(Role::Approver), ..AccountChanges::default() };
    change(&test, &admin, &account, promote).await;
    change(&test, &admin, &account, state(AccountState::Disabled)).await;
    change(&test, &admin, &account, state(AccountState::Active)).await;
    let entered = test.entered("account").await.split_off(before);
    let after = |role: &str, state: &str| json!({"organisation": "GPO", "role": role, "state": state, "confirmed": true});
    let expected = [
        ("account.created", "admin", Value::Null, after("officer", "invited")),
        ("account.activated", "officer", json!({"state": "invited"}), after("officer", "active")),
        ("account.role_changed", "admin", json!({"role": "officer"}), after("approver", "active")),
        ("account.disabled", "admin", json!({"state": "active"}), after("approver", "disabled")),
        ("account.reactivated", "admin", json!({"state": "disabled"}), after("approver", "active")),
    ];
    assert_eq!(entered.len(), expected.len());
    for (entry, (action, actor, before, after)) in entered.iter().zip(expected) {
        assert_eq!(entry.action, action);
        assert_eq!(entry.subject, ("account".to_owned(), account.id.to_string()));
        assert_eq!((entry.level, entry.sealed), (1, true), "{action}");
        assert_eq!(entry.payload["actor"]["role"], actor);
        assert_eq!((&entry.payload["before"], &entry.payload["after"]), (&before, &after), "{action}");
        let payload = entry.payload.to_string();
        assert!(!payload.contains("example.org") && !payload.contains("Other"), "{payload}");
    }
}

#[tokio::test]
async fn the_first_member_of_an_organisation_is_confirmed_and_later_ones_are_not() {
    let test = TestApp::start().await;
    let first = test.account("first", "NGO-A", Role::NgoMember).await;
    let second = test.account("second", "NGO-A", Role::NgoMember).await;
    assert_eq!((first.confirmed, second.confirmed), (true, false));
    for (name, organisation, role) in
        [("one", "GPO", Role::Officer), ("two", "GPO", Role::Officer), ("three", "OSCE", Role::Observer)]
    {
        assert!(test.account(name, organisation, role).await.confirmed, "{name}");
    }
}

#[tokio::test]
async fn of_two_invited_the_one_who_comes_in_first_is_the_first() {
    let test = TestApp::start().await;
    let (_, late) = test.invite("late", "NGO-A", Role::NgoMember).await;
    let early = test.account("early", "NGO-A", Role::NgoMember).await;
    let late = set_password_by_link(&test.app, &Origin::default(), &late, PASSWORD).await.unwrap();
    assert_eq!((early.confirmed, late.confirmed), (true, false));
}

#[tokio::test]
async fn disabling_all_members_makes_no_newcomer_the_first() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let first = test.account("first", "NGO-A", Role::NgoMember).await;
    change(&test, &admin, &first, state(AccountState::Disabled)).await;
    assert!(!test.account("planted", "NGO-A", Role::NgoMember).await.confirmed);
}

#[tokio::test]
async fn a_member_let_in_again_is_confirmed_only_where_nobody_else_can_confirm() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let first = test.account("first", "NGO-A", Role::NgoMember).await;
    change(&test, &admin, &first, state(AccountState::Disabled)).await;
    assert!(change(&test, &admin, &first, state(AccountState::Active)).await.confirmed);
    let second = test.account("second", "NGO-A", Role::NgoMember).await;
    let signed = test.authenticated(&test.sign_in("first").await.access_token).await;
    accounts::confirm_member(&test.app, &signed.viewer, second.id).await.unwrap();
    for disabled_too in [false, true] {
        let second = find(&test, &admin, &second).await;
        assert!(second.confirmed);
        change(&test, &admin, &second, state(AccountState::Disabled)).await;
        if disabled_too {
            change(&test, &admin, &first, state(AccountState::Disabled)).await;
        }
        assert!(!change(&test, &admin, &second, state(AccountState::Active)).await.confirmed);
        if !disabled_too {
            accounts::confirm_member(&test.app, &signed.viewer, second.id).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_confirmed_fellow_member_confirms_and_nobody_else() {
    let test = TestApp::start().await;
    let admin = test.signed("admin", "MFA", Role::Admin).await;
    let secretariat = test.signed("secretariat", "MFA", Role::Secretariat).await;
    let first = test.signed("first", "NGO-A", Role::NgoMember).await;
    let second = test.signed("second", "NGO-A", Role::NgoMember).await;
    let third = test.account("third", "NGO-A", Role::NgoMember).await;
    let officer = test.signed("officer", "GPO", Role::Officer).await;
    for (viewer, code) in [
        (Viewer::Anonymous, Code::Unauthenticated),
        (admin.viewer, Code::RoleRequired),
        (secretariat.viewer, Code::NotFound),
        (officer.viewer, Code::NotFound),
        (second.viewer, Code::RoleRequired),
    ] {
        let refused = accounts::confirm_member(&test.app, &viewer, third.id).await.unwrap_err();
        assert_eq!(refused.code(), code, "{viewer:?}");
    }
    let own = accounts::confirm_member(&test.app, &second.viewer, second.account.id).await.unwrap_err();
    assert_eq!(own.code(), Code::RoleRequired);
    let foreign = accounts::confirm_member(&test.app, &first.viewer, officer.account.id).await.unwrap_err();
    assert_eq!(foreign.code(), Code::NotFound);
    let (invited, _) = test.invite("invited", "NGO-A", Role::NgoMember).await;
    let early = accounts::confirm_member(&test.app, &first.viewer, invited.id).await.unwrap_err();
    assert_eq!(early.code(), Code::StatusConflict);
    let confirmed = accounts::confirm_member(&test.app, &first.viewer, third.id).await.unwrap();
    assert!(confirmed.confirmed);
    let again = accounts::confirm_member(&test.app, &first.viewer, third.id).await.unwrap();
    assert_eq!(again.version, confirmed.version);
    let entered = test.entered("account").await;
    let confirmations: Vec<_> = entered.iter().filter(|entry| entry.action == "account.confirmed").collect();
    assert_eq!(confirmations.len(), 1);
    assert_eq!(confirmations[0].payload["before"], json!({"confirmed": false}));
    assert_eq!(confirmations[0].payload["actor"]["organisation"], Value::Null);
}

#[tokio::test]
async fn the_command_line_makes_an_administrator_of_the_host() {
    let test = TestApp::start().await;
    assert!(!accounts::any_exists(&test.app).await.unwrap());
    let invitation =
        accounts::create_first_admin(&test.app, "root@example.org", "Operator", Language::Kazakh)
            .await
            .unwrap();
    assert!(accounts::any_exists(&test.app).await.unwrap());
    let account =
        set_password_by_link(&test.app, &Origin::default(), &invitation.token, PASSWORD).await.unwrap();
    assert_eq!(account.role, Role::Admin);
    assert_eq!(test.app.directory().code(account.organisation), "MFA");
}
