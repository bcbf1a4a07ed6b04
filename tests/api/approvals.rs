//! What waits for a body's approver, over all its items: asked by pages, and by no REST operation.

use qadam_app::Code;
use qadam_app::items::{self, OwnReport};
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::items::updates::UpdateState;
use qadam_tests::{Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{commitment, part};

/// Somebody as pages know who looks.
fn viewer(register: &TestRegister, organisation: &'static str, role: Role) -> Viewer {
    let person = Person::first(organisation, role);
    Viewer::Account(Actor {
        user: register.user_id(person).parse().unwrap(),
        organisation: register.organisation_id(organisation).parse().unwrap(),
        role,
        confirmed: true,
    })
}

/// What an officer of the Ministry of Health hands in on an item: where the report stands.
async fn reported(register: &TestRegister, item: &str, said: &str, draft: bool) -> String {
    let report = json!({"narrative": {"en": said}, "draft": draft});
    let made = register.officer("MOH").post(&part(item, "updates"), report).await.expect(201);
    part(item, &format!("updates/{}", made["update"]["id"].as_str().unwrap()))
}

async fn step(register: &TestRegister, report: &str, step: Value) {
    register.approver().post(&format!("{report}/steps"), step).await.expect(201);
}

/// What reports say, in their order.
fn said(reports: &[OwnReport]) -> Vec<String> {
    use qadam_domain::items::contributions::Content;
    let words = |own: &OwnReport| match &own.report.contribution.content {
        Content::Update(update) => {
            update.narrative.get(qadam_domain::language::Language::English).map(str::to_owned)
        }
        _ => None,
    };
    reports.iter().filter_map(words).collect()
}

#[tokio::test]
async fn what_waits_for_an_approver_is_given_over_all_items_oldest_first() {
    TestRegister::on_both(async |register| {
        let (larch, pine) =
            (commitment(register, "MOH", "larch").await, commitment(register, "MOH", "pine").await);
        let approver = viewer(register, "MOH", Role::Approver);
        assert!(items::awaiting_approval(register.app(), &approver).await.unwrap().is_empty());
        reported(register, &pine, "First.", false).await;
        let second = reported(register, &larch, "Second.", false).await;
        reported(register, &pine, "Third.", false).await;
        reported(register, &pine, "Unfinished.", true).await;
        let waiting = items::awaiting_approval(register.app(), &approver).await.unwrap();
        assert_eq!(said(&waiting), ["First.", "Second.", "Third."]);
        assert_eq!(waiting[1].item.item.id.to_string(), larch);
        let officer = viewer(register, "MOH", Role::Officer);
        let waiting = items::awaiting_approval(register.app(), &officer).await.unwrap();
        assert_eq!(said(&waiting), ["First.", "Second.", "Third."], "the whole body reads them");
        step(register, &second, json!({"step": "return", "reason": {"en": "Where?"}})).await;
        let waiting = items::awaiting_approval(register.app(), &approver).await.unwrap();
        assert_eq!(said(&waiting), ["First.", "Third."]);
        let unfinished = [UpdateState::Draft, UpdateState::Returned, UpdateState::Published];
        let unfinished = items::own_reports(register.app(), &officer, &unfinished).await.unwrap();
        assert_eq!(said(&unfinished), ["Unfinished.", "Second."], "published ones are on their items");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_given_what_waits_in_another_body() {
    TestRegister::on_both(async |register| {
        let larch = commitment(register, "MOH", "larch").await;
        reported(register, &larch, "Begun.", false).await;
        let other = viewer(register, "GPO", Role::Officer);
        assert!(items::awaiting_approval(register.app(), &other).await.unwrap().is_empty());
        for (organisation, role) in [
            ("MFA", Role::Secretariat),
            ("MFA", Role::Admin),
            ("KK", Role::NgoMember),
            ("OHCHR", Role::Observer),
        ] {
            let refused =
                items::awaiting_approval(register.app(), &viewer(register, organisation, role)).await;
            assert_eq!(refused.unwrap_err().code(), Code::RoleRequired, "{role:?}");
        }
        let refused = items::awaiting_approval(register.app(), &Viewer::Anonymous).await;
        assert_eq!(refused.unwrap_err().code(), Code::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn a_returned_report_keeps_the_reason_until_it_is_handed_in_again() {
    TestRegister::on_both(async |register| {
        let larch = commitment(register, "MOH", "larch").await;
        let report = reported(register, &larch, "Begun.", false).await;
        step(register, &report, json!({"step": "return", "reason": {"en": "Where?"}})).await;
        let written = |draft: bool| json!({"narrative": {"en": "Begun in Semey."}, "draft": draft});
        let officer = register.officer("MOH");
        let saved = officer.put(&report, written(true)).await.expect(200);
        assert_eq!(saved["update"]["return_reason"]["en"], "Where?");
        let again = officer.put(&report, written(false)).await.expect(200);
        assert_eq!(again["update"]["state"], "awaiting_approval");
        assert_eq!(again["update"]["return_reason"]["en"], Value::Null);
    })
    .await;
}
