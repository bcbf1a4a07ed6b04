//! Organisations: who keeps them, what is refused, and how they are found.

use qadam_app::cursors::Edge;
use qadam_app::organisations::{
    self, DatedName, Organisation, OrganisationChanges, OrganisationFilter, OrganisationKind,
};
use qadam_app::precondition::IfMatch;
use qadam_app::throttling::Origin;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::language::{Language, LanguageMap};
use serde_json::{Value, json};

use crate::support::{TestApp, organisation};

async fn secretariat(test: &TestApp) -> Viewer {
    test.signed("secretariat", "MFA", Role::Secretariat).await.viewer
}

async fn change(
    test: &TestApp,
    viewer: &Viewer,
    code: &str,
    changes: OrganisationChanges,
) -> Result<Organisation, AppError> {
    organisations::change(&test.app, viewer, code, changes, None).await
}

fn mistake(outcome: Result<Organisation, AppError>) -> (String, &'static str) {
    match outcome.unwrap_err() {
        AppError::Invalid(mut errors) if errors.len() == 1 => {
            let error = errors.remove(0);
            (error.pointer, error.code.as_str())
        }
        other => panic!("not one wrong field: {other}"),
    }
}

fn parent(code: &str) -> OrganisationChanges {
    OrganisationChanges { parent: Some(Some(code.to_owned())), ..OrganisationChanges::default() }
}

#[tokio::test]
async fn secretariat_and_administrators_keep_organisations() {
    let test = TestApp::start().await;
    for (organisation_code, role, allowed) in [
        ("MFA", Role::Secretariat, true),
        ("MFA", Role::Admin, true),
        ("MFA", Role::Officer, false),
        ("GPO", Role::Approver, false),
        ("NGO-A", Role::NgoMember, false),
        ("OSCE", Role::Observer, false),
    ] {
        let viewer = test.signed(role.code(), organisation_code, role).await.viewer;
        let code = format!("NEW-{}", role.code().replace('_', "-").to_uppercase());
        let new = organisation(&code, OrganisationKind::StateBody, "New");
        let created = organisations::create(&test.app, &viewer, new, None).await;
        let changed = change(&test, &viewer, "GPO", OrganisationChanges::default()).await;
        if allowed {
            assert_eq!(organisations::get(&test.app, &code).unwrap(), created.unwrap());
            assert!(changed.is_ok());
        } else {
            assert_eq!(created.unwrap_err().code(), Code::RoleRequired, "{role:?}");
            assert_eq!(changed.unwrap_err().code(), Code::RoleRequired, "{role:?}");
            assert_eq!(organisations::get(&test.app, &code).unwrap_err().code(), Code::NotFound);
        }
    }
    let new = organisation("NEW", OrganisationKind::StateBody, "New");
    let refused = organisations::create(&test.app, &Viewer::Anonymous, new, None).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn a_change_is_entered_whole_and_open() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let name = |text: &str, from: Option<&str>, until: Option<&str>| DatedName {
        name: LanguageMap::single(Language::Russian, text),
        from: from.map(|day| day.parse().unwrap()),
        until: until.map(|day| day.parse().unwrap()),
    };
    let mut new = organisation("CPC", OrganisationKind::StateBody, "Committee");
    new.parent = Some("GPO".to_owned());
    let created = organisations::create(&test.app, &viewer, new, None).await.unwrap();
    let changes = OrganisationChanges {
        names: Some(vec![
            name("Комитет", Some("2024-01-01"), None),
            name("Департамент", None, Some("2023-12-31")),
        ]),
        aliases: Some(vec!["КПС".to_owned()]),
        by_agreement: Some(true),
        parent: Some(None),
        ..OrganisationChanges::default()
    };
    change(&test, &viewer, "CPC", changes).await.unwrap();
    let entered = test.entered("organisation").await.split_off(4);
    let actions: Vec<_> = entered.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["organisation.created", "organisation.changed"]);
    assert!(entered.iter().all(|entry| entry.level == 4 && !entry.sealed));
    assert_eq!(entered[0].payload["before"], Value::Null);
    assert_eq!(entered[0].payload["after"]["parent"], "GPO");
    let payload = &entered[1].payload;
    assert_eq!(
        payload["subject"],
        json!({"type": "organisation", "id": created.id.to_string(), "ref": "CPC"})
    );
    assert_eq!(payload["actor"]["role"], "secretariat");
    assert_eq!(payload["actor"]["organisation"], "MFA");
    assert_eq!(
        payload["before"],
        json!({
            "names": [{"name": {"en": "Committee"}, "from": null, "until": null}],
            "aliases": [],
            "by_agreement": false,
            "parent": "GPO",
        })
    );
    assert_eq!(
        payload["after"],
        json!({
            "id": created.id.to_string(),
            "code": "CPC",
            "kind": "state_body",
            "names": [
                {"name": {"ru": "Комитет"}, "from": "2024-01-01", "until": null},
                {"name": {"ru": "Департамент"}, "from": null, "until": "2023-12-31"},
            ],
            "aliases": ["КПС"],
            "parent": null,
            "by_agreement": true,
            "active": true,
        })
    );
}

#[tokio::test]
async fn a_code_is_taken_once_and_what_is_refused_leaves_nothing() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let before = test.entered("organisation").await.len();
    let new = organisation("GPO", OrganisationKind::Independent, "Another");
    let taken = organisations::create(&test.app, &viewer, new, None).await.unwrap_err();
    assert_eq!(taken.code(), Code::Taken);
    let code = OrganisationChanges { code: Some("OSCE".to_owned()), ..OrganisationChanges::default() };
    assert_eq!(change(&test, &viewer, "GPO", code).await.unwrap_err().code(), Code::Taken);
    let mut new = organisation("moh", OrganisationKind::StateBody, "");
    new.aliases = vec!["a\u{202e}".to_owned()];
    let refused = organisations::create(&test.app, &viewer, new, None).await.unwrap_err();
    let AppError::Invalid(errors) = refused else { panic!("{refused}") };
    let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/code", "/names/0/name/en", "/aliases/0"]);
    let absent = change(&test, &viewer, "NONE", OrganisationChanges::default()).await.unwrap_err();
    assert_eq!(absent.code(), Code::NotFound);
    assert_eq!(test.entered("organisation").await.len(), before);
}

#[tokio::test]
async fn nobody_is_part_of_a_part_of_itself() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    for (code, above) in [("A1", None), ("A2", Some("A1")), ("A3", Some("A2"))] {
        let mut new = organisation(code, OrganisationKind::StateBody, code);
        new.parent = above.map(str::to_owned);
        organisations::create(&test.app, &viewer, new, None).await.unwrap();
    }
    for (code, above) in [("A1", "A1"), ("A1", "A2"), ("A1", "A3"), ("A2", "A3")] {
        let refused = change(&test, &viewer, code, parent(above)).await;
        assert_eq!(mistake(refused), ("/parent".to_owned(), "contradiction"), "{code} in {above}");
    }
    let unknown = change(&test, &viewer, "A1", parent("NONE")).await;
    assert_eq!(mistake(unknown), ("/parent".to_owned(), "unknown_reference"));
    let moved = change(&test, &viewer, "A3", parent("A1")).await.unwrap();
    assert_eq!(moved.parent, Some(organisations::get(&test.app, "A1").unwrap().id));
}

#[tokio::test]
async fn organisations_of_a_deployment_may_name_parents_that_stand_later() {
    let test = TestApp::start().await;
    let mut child = organisation("CHILD", OrganisationKind::StateBody, "Child");
    child.parent = Some("ABOVE".to_owned());
    let above = organisation("ABOVE", OrganisationKind::StateBody, "Above");
    let made = organisations::provision(&test.app, vec![child.clone(), above.clone()]).await.unwrap();
    assert_eq!(made[0].parent, Some(made[1].id));
    let (mut first, mut second) = (child, above);
    (first.code, second.code) = ("LOOP-A".to_owned(), "LOOP-B".to_owned());
    (first.parent, second.parent) = (Some("LOOP-B".to_owned()), Some("LOOP-A".to_owned()));
    let refused = organisations::provision(&test.app, vec![first, second]).await.unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    assert!(organisations::get(&test.app, "LOOP-A").is_err());
}

#[tokio::test]
async fn the_host_keeps_its_code_and_takes_part() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let code = OrganisationChanges { code: Some("MIN".to_owned()), ..OrganisationChanges::default() };
    assert_eq!(mistake(change(&test, &viewer, "MFA", code).await), ("/code".to_owned(), "not_allowed"));
    let rest = OrganisationChanges { active: Some(false), ..OrganisationChanges::default() };
    assert_eq!(
        mistake(change(&test, &viewer, "MFA", rest.clone()).await),
        ("/active".to_owned(), "not_allowed")
    );
    assert!(!change(&test, &viewer, "GPO", rest).await.unwrap().active);
}

#[tokio::test]
async fn a_kind_is_not_changed_once_somebody_has_signed_in() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let kind = |kind| OrganisationChanges { kind: Some(kind), ..OrganisationChanges::default() };
    test.invite("invited", "NGO-A", Role::NgoMember).await;
    let changed = change(&test, &viewer, "NGO-A", kind(OrganisationKind::StateBody)).await.unwrap();
    assert_eq!(changed.kind, OrganisationKind::StateBody);
    change(&test, &viewer, "NGO-A", kind(OrganisationKind::CivilSociety)).await.unwrap();
    test.account("member", "NGO-A", Role::NgoMember).await;
    let refused = change(&test, &viewer, "NGO-A", kind(OrganisationKind::StateBody)).await;
    assert_eq!(mistake(refused), ("/kind".to_owned(), "not_allowed"));
}

#[tokio::test]
async fn an_invitation_does_not_outlive_the_kind_it_was_made_for() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let (_, token) = test.invite("invited", "NGO-A", Role::NgoMember).await;
    let kind =
        OrganisationChanges { kind: Some(OrganisationKind::StateBody), ..OrganisationChanges::default() };
    change(&test, &viewer, "NGO-A", kind).await.unwrap();
    let refused = qadam_app::authentication::set_password_by_link(
        &test.app,
        &Origin::default(),
        &token,
        crate::support::PASSWORD,
    )
    .await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidLink);
}

#[tokio::test]
async fn a_stale_change_is_refused_and_an_empty_one_changes_nothing() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let before = organisations::get(&test.app, "GPO").unwrap();
    let condition = Some(IfMatch::Tags(vec![organisations::etag(&test.app, &before)]));
    let agreement = OrganisationChanges { by_agreement: Some(true), ..OrganisationChanges::default() };
    let changed =
        organisations::change(&test.app, &viewer, "GPO", agreement.clone(), condition.clone()).await.unwrap();
    assert_eq!(changed.version, before.version + 1);
    let stale = organisations::change(&test.app, &viewer, "GPO", agreement.clone(), condition).await;
    assert_eq!(stale.unwrap_err().code(), Code::PreconditionFailed);
    let entered = test.entered("organisation").await.len();
    assert_eq!(change(&test, &viewer, "GPO", agreement).await.unwrap(), changed);
    assert_eq!(test.entered("organisation").await.len(), entered);
}

#[tokio::test]
async fn organisations_are_found_by_words_in_any_keyboard_and_listed_in_pages() {
    let test = TestApp::start().await;
    let viewer = secretariat(&test).await;
    let changes = OrganisationChanges {
        names: Some(vec![DatedName {
            name: LanguageMap {
                kk: Some("Қазақстан Республикасының Бас прокуратурасы".to_owned()),
                ru: Some("Генеральная прокуратура".to_owned()),
                en: None,
            },
            from: None,
            until: None,
        }]),
        aliases: Some(vec!["Генпрокуратура".to_owned()]),
        active: Some(false),
        ..OrganisationChanges::default()
    };
    change(&test, &viewer, "GPO", changes).await.unwrap();
    let codes = |filter: OrganisationFilter| -> Vec<String> {
        let page = organisations::list(&test.app, &filter, None, 100);
        assert_eq!((page.total, page.next), (page.organisations.len(), None));
        page.organisations.into_iter().map(|organisation| organisation.code).collect()
    };
    let with_words =
        |text: &str| OrganisationFilter { text: Some(text.to_owned()), ..OrganisationFilter::default() };
    for (query, found) in [
        ("казакстан", vec!["GPO"]),
        ("ҚАЗАҚ бас", vec!["GPO"]),
        ("генпрок", vec!["GPO"]),
        ("gpo", vec!["GPO"]),
        ("ministry", vec!["MFA"]),
        ("organisation", vec!["NGO-A", "OSCE"]),
        ("ngo-a", vec!["NGO-A"]),
        ("куратура", vec![]),
        ("organisation ministry", vec![]),
        (" ", vec!["GPO", "MFA", "NGO-A", "OSCE"]),
    ] {
        assert_eq!(codes(with_words(query)), found, "{query}");
    }
    let kinds = vec![OrganisationKind::CivilSociety, OrganisationKind::International];
    assert_eq!(codes(OrganisationFilter { kinds, ..OrganisationFilter::default() }), ["NGO-A", "OSCE"]);
    let active = OrganisationFilter { active: Some(true), ..OrganisationFilter::default() };
    assert_eq!(codes(active), ["MFA", "NGO-A", "OSCE"]);
    let (all, mut after, mut seen) = (OrganisationFilter::default(), None, Vec::new());
    loop {
        let page = organisations::list(&test.app, &all, after.as_ref(), 3);
        assert_eq!(page.total, 4);
        seen.push(page.organisations.len());
        assert_eq!(page.previous.is_some(), seen.len() > 1);
        after = page.next.map(Edge::After);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, [3, 1]);
    let page = organisations::list(&test.app, &all, Some(&Edge::Before("OSCE".to_owned())), 2);
    let codes: Vec<_> = page.organisations.iter().map(|organisation| organisation.code.as_str()).collect();
    assert_eq!(codes, ["MFA", "NGO-A"]);
    assert_eq!((page.previous.as_deref(), page.next.as_deref()), (Some("MFA"), Some("NGO-A")));
    let first = organisations::list(&test.app, &all, Some(&Edge::Before("MFA".to_owned())), 2);
    assert_eq!((first.organisations.len(), first.previous), (1, None));
}
