//! What the demonstration holds, against counts and facts written by hand.

use std::sync::Arc;

use qadam_app::authentication::SignIn;
use qadam_app::authentication::sign_in;
use qadam_app::clock::SystemClock;
use qadam_app::database::{self, Durability, Options};
use qadam_app::items::{
    self, Filter, Flags, ItemView, Key, ListRequest, Page, Sort, SortField, links, status_changes,
};
use qadam_app::meetings::{self, MeetingView};
use qadam_app::random::SystemRandomness;
use qadam_app::response_clocks;
use qadam_app::settings::{AuthenticationSettings, Settings};
use qadam_app::throttling::Origin;
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Precision;
use qadam_domain::items::assessments::{Assessor, Finding};
use qadam_domain::items::contributions::Content;
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::response::Stage;
use qadam_domain::items::{EvidenceKind, Kind, OwnerRole, Status};
use qadam_domain::language::{Language, TranslationState};
use qadam_domain::meetings::ProtocolState;
use qadam_domain::text::{BODY_MAX, Lines, TITLE_MAX, clean};

use super::*;

/// A register that was filled, and the directory that goes with it.
struct Filled {
    app: Arc<App>,
    accounts: Vec<DemoAccount>,
    directory: tempfile::TempDir,
}

async fn open(directory: &tempfile::TempDir) -> Arc<App> {
    let path = directory.path().join("qadam.sqlite");
    let options = Options {
        url: format!("sqlite://{}", path.display()),
        durability: Durability::ThrowAway,
        readers: 2,
        migrate: true,
        patience: None,
    };
    let store = database::open(&options).await.unwrap();
    // The cheapest hashes: what is tested here is not the passwords' strength.
    let authentication = AuthenticationSettings {
        argon2_memory_kib: 8,
        argon2_passes: 1,
        ..AuthenticationSettings::default()
    };
    let settings = Settings {
        demonstration: true,
        host: "MFA".to_owned(),
        time_zone: chrono_tz::Asia::Almaty,
        data_dir: directory.path().to_owned(),
        authentication,
        ..Settings::default()
    };
    let random = Arc::new(SystemRandomness);
    Arc::new(App::start(store, settings, Arc::new(SystemClock), random).await.unwrap())
}

async fn filled() -> Filled {
    let directory = tempfile::tempdir().unwrap();
    let app = open(&directory).await;
    let accounts = load(&app).await.unwrap();
    Filled { app, accounts, directory }
}

impl Filled {
    /// Every item as the public sees it.
    async fn items(&self) -> Vec<ItemView> {
        let sort = Sort { field: SortField::Entered, descending: false };
        let page = Page { limit: 200, after: None, before: None };
        let request = ListRequest { filter: Filter::default(), sort, page, counted: true };
        let listed = items::list(&self.app, &Viewer::Anonymous, request).await.unwrap();
        assert_eq!(listed.total, Some(60));
        listed.items
    }

    /// The item with an English title.
    async fn titled(&self, title: &str) -> ItemView {
        let mut found = self.items().await;
        found.retain(|view| view.item.title.en.as_deref() == Some(title));
        assert_eq!(found.len(), 1, "{title}");
        found.remove(0)
    }

    async fn meetings(&self) -> Vec<MeetingView> {
        let page = meetings::Page { limit: 100, after: None, before: None };
        let filter = meetings::Filter::default();
        meetings::list(&self.app, &Viewer::Anonymous, &filter, &page).await.unwrap().meetings
    }

    fn code(&self, id: qadam_domain::ids::OrganisationId) -> String {
        self.app.directory().code(id).to_owned()
    }
}

#[tokio::test]
async fn everything_of_the_files_is_there_and_public() {
    let filled = filled().await;
    assert_eq!(filled.app.directory().all().len(), 43);
    assert_eq!(filled.meetings().await.len(), 15);
    let items = filled.items().await;
    assert_eq!(items.len(), 60);
    let of = |kind| items.iter().filter(|view| view.item.kind == kind).count();
    assert_eq!((of(Kind::Recommendation), of(Kind::Commitment), of(Kind::Proposal)), (27, 23, 10));
    let in_status = |kind, status| {
        items.iter().filter(|view| view.item.kind == kind && view.item.status == status).count()
    };
    assert_eq!(in_status(Kind::Commitment, Status::Announced), 3);
    assert_eq!(in_status(Kind::Commitment, Status::ReportedDone), 10);
    assert_eq!(in_status(Kind::Proposal, Status::Submitted), 5);
    assert_eq!(in_status(Kind::Recommendation, Status::Superseded), 1);
}

#[tokio::test]
async fn every_record_says_which_document_it_is_from_and_where_its_kazakh_stands() {
    let filled = filled().await;
    for view in filled.items().await {
        let item = &view.item;
        assert!(item.recorded_from.as_ref().is_some_and(|from| !from.label.is_empty()), "{item:?}");
        assert!(item.reference.is_some() && item.lead().is_some(), "{item:?}");
        assert_eq!(item.translations.kk.state, TranslationState::Unreviewed);
        assert_eq!(item.translations.ru.state, TranslationState::Human);
        assert_eq!(item.original_language, Language::English);
        let events = status_changes(&filled.app, &Viewer::Anonymous, Key::Id(item.id)).await.unwrap();
        assert_eq!(events.len(), 1, "a recorded status is one event");
        assert_eq!(events[0].role, qadam_domain::accounts::Role::Secretariat);
        assert!(events[0].recorded_from.is_some());
    }
    for view in filled.meetings().await {
        assert!(view.meeting.recorded_from.is_some(), "{}", view.meeting.code);
        assert_eq!(view.meeting.protocol, ProtocolState::Approved);
        assert!(view.meeting.decisions.is_empty());
    }
}

#[tokio::test]
async fn the_announced_compensation_is_found_where_the_newcomer_looks_for_it() {
    let filled = filled().await;
    let view = filled.titled("Raise compensation for victims of torture and improve how it is paid").await;
    let item = &view.item;
    assert_eq!((item.kind, item.status), (Kind::Commitment, Status::Announced));
    assert_eq!(item.status_as_of.on.to_string(), "2025-02-27");
    assert_eq!(filled.code(item.lead().unwrap()), "GPO");
    let co: Vec<_> = item.owners.iter().filter(|owner| owner.role == OwnerRole::Co).collect();
    assert_eq!((co.len(), filled.code(co[0].organisation)), (1, "MOF".to_owned()));
    assert!(item.source.quote.as_deref().unwrap().starts_with("Today, the issue of introducing amendments"));
    assert_eq!(item.original_due_on, None);
    let key = meetings::Key::Id(item.source.meeting.unwrap());
    let meeting = meetings::get(&filled.app, &Viewer::Anonymous, key).await.unwrap().meeting;
    assert_eq!(
        (meeting.code.as_str(), meeting.held_on.unwrap().to_string()),
        ("MT13", "2025-02-27".to_owned())
    );
    assert_eq!(meeting.agenda.len(), 5);
    assert!(meeting.agenda[0].items.contains(&item.id));
}

#[tokio::test]
async fn a_replaced_recommendation_names_what_replaced_it() {
    let filled = filled().await;
    let view = filled.titled("Investigate torture allegations effectively and independently").await;
    assert_eq!(view.item.status, Status::Superseded);
    let events = status_changes(&filled.app, &Viewer::Anonymous, Key::Id(view.item.id)).await.unwrap();
    let successor = events[0].evidence.last().unwrap();
    assert_eq!(successor.kind, EvidenceKind::Link);
    assert_eq!(successor.title.en.as_deref(), Some("CAT/C/KAZ/CO/4, 2023-06-08"));
}

#[tokio::test]
async fn nobody_is_named_as_the_author_of_what_the_compiler_worded() {
    let filled = filled().await;
    let proposals: Vec<_> =
        filled.items().await.into_iter().filter(|view| view.item.kind == Kind::Proposal).collect();
    let note = |view: &ItemView| {
        let note = view.item.recorded_from.clone().unwrap().note;
        [note.kk, note.ru, note.en].map(Option::unwrap_or_default)
    };
    let (named, concerns): (Vec<_>, Vec<_>) =
        proposals.iter().partition(|view| !view.item.filed_by.is_empty());
    assert_eq!((named.len(), concerns.len()), (2, 8));
    for view in named {
        assert_eq!(filled.code(view.item.filed_by[0]), "KK");
        assert!(!note(view)[2].contains("Reported concern"));
    }
    for view in concerns {
        let [kk, ru, en] = note(view);
        assert!(kk.starts_with("Хабарланған мәселе"), "{kk}");
        assert!(ru.starts_with("Сообщённая проблема"), "{ru}");
        assert!(en.starts_with("Reported concern: the wording is the compiler’s"), "{en}");
    }
}

#[tokio::test]
async fn a_mechanism_that_waits_for_information_makes_nothing_overdue() {
    let filled = filled().await;
    let views = filled.items().await;
    let awaited: Vec<_> = views.iter().filter(|view| view.item.information_due_on.is_some()).collect();
    assert_eq!(awaited.len(), 7);
    for view in awaited {
        assert_eq!((view.item.due, view.days_late), (None, 0), "{:?}", view.item.title);
        let on = view.item.information_due_on.unwrap().to_string();
        assert!(["2015-11-28", "2024-05-31"].contains(&on.as_str()), "{on}");
    }
    let filter = Filter { flags: Flags { overdue: Some(true), priority: None }, ..Filter::default() };
    let request = ListRequest {
        filter,
        sort: Sort { field: SortField::Due, descending: false },
        page: Page { limit: 50, after: None, before: None },
        counted: false,
    };
    let overdue = items::list(&filled.app, &Viewer::Anonymous, request).await.unwrap().items;
    assert!(overdue.iter().all(|view| view.item.due.is_some()));
    assert!(!overdue.is_empty(), "commitments due at the end of 2025 are late");
}

#[tokio::test]
async fn what_documents_say_was_announced_or_asked_waits_for_a_word() {
    let filled = filled().await;
    // Three announced commitments and a proposal under review, all known to the day and long past.
    assert_eq!(response_clocks::advance(&filled.app).await.unwrap(), 16);
    assert_eq!(response_clocks::advance(&filled.app).await.unwrap(), 0);
    let waiting: Vec<_> =
        filled.items().await.into_iter().filter_map(|view| Some((view.item, view.waiting?))).collect();
    let mut since: Vec<_> =
        waiting.iter().map(|(item, wait)| (item.status.code(), wait.started_on.to_string())).collect();
    since.sort_unstable();
    let expected = [
        ("announced", "2023-12-14"),
        ("announced", "2025-02-27"),
        ("announced", "2025-08-20"),
        ("under_review", "2025-02-27"),
    ];
    assert_eq!(since, expected.map(|(status, day)| (status, day.to_owned())));
    assert!(waiting.iter().all(|(_, wait)| wait.stage == Some(Stage::ListedForMeeting)));
}

#[tokio::test]
async fn related_items_are_linked_once_and_seen_from_both_ends() {
    let filled = filled().await;
    let mut ends = 0;
    for view in filled.items().await {
        let mut found = links(&filled.app, &Viewer::Anonymous, Key::Id(view.item.id)).await.unwrap();
        found.retain(|link| link.kind == LinkKind::RelatesTo);
        let others: std::collections::HashSet<_> = found.iter().map(|link| link.other.id).collect();
        assert_eq!(others.len(), found.len(), "{:?}", view.item.title);
        ends += found.len();
    }
    assert_eq!(ends, 78);
}

#[tokio::test]
async fn the_state_handed_prison_health_over_and_the_committee_found_its_aim_not_met() {
    let filled = filled().await;
    let items = filled.items().await;
    let titled =
        |title: &str| items.iter().find(|view| view.item.title.en.as_deref() == Some(title)).unwrap();
    let measure = titled("Hand prison health care to the Ministry of Health");
    assert_eq!(measure.item.status, Status::ReportedDone);
    assert!(measure.positions.disagreement);
    let voice = measure.positions.mechanisms.as_ref().unwrap();
    assert!(voice.counts.is_empty(), "the measure itself was not assessed");
    assert_eq!(voice.latest[0].finding, Finding::NotImplemented);
    let aim = titled("Guarantee adequate health care in places of detention");
    assert_eq!(voice.latest[0].item, aim.item.id);
    let reports = items::updates(&filled.app, &Viewer::Anonymous, Key::Id(measure.item.id)).await.unwrap();
    assert_eq!(reports.len(), 1);
    assert!(!aim.positions.disagreement, "nobody says that the aim was met");
}

#[tokio::test]
async fn findings_are_those_of_named_organisations_and_never_of_the_state() {
    let filled = filled().await;
    let mut codes = Vec::new();
    for view in filled.items().await {
        let key = Key::Id(view.item.id);
        for found in items::assessments(&filled.app, &Viewer::Anonymous, key).await.unwrap() {
            let Content::Assessment(assessment) = &found.contribution.content else { panic!() };
            assert!(assessment.transcribed.is_some());
            codes.push(match &assessment.assessor {
                Assessor::Organisation(id) => filled.app.directory().code(*id).to_owned(),
                Assessor::Mechanism(code) => code.clone(),
            });
        }
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, ["CAT", "CAT-NGO", "IPHR", "KIBHR", "NCHR", "NPM", "OMCT"]);
}

#[tokio::test]
async fn there_is_an_account_for_each_role_and_all_can_sign_in() {
    let filled = filled().await;
    let told: Vec<_> = filled
        .accounts
        .iter()
        .map(|account| (account.role.as_str(), account.organisation.as_str()))
        .collect();
    for expected in [
        ("officer", "GPO"),
        ("officer", "MOH"),
        ("approver", "MOH"),
        ("officer", "NCHR"),
        ("officer", "NPM"),
        ("ngo_member", "KK"),
        ("ngo_member", "KIBHR"),
        ("secretariat", "MFA"),
        ("observer", "OHCHR"),
        ("admin", "MFA"),
        ("officer", "DEMO-MIN"),
        ("approver", "DEMO-MIN"),
        ("ngo_member", "DEMO-NGO"),
    ] {
        assert!(told.contains(&expected), "{expected:?}");
    }
    assert_eq!(told.len(), 14);
    for account in &filled.accounts {
        assert!(account.email.ends_with("@demo.example"), "{}", account.email);
        let tokens = sign_in(&filled.app, &Origin::default(), SignIn::new(&account.email, &account.password))
            .await
            .unwrap();
        let signed = qadam_app::authentication::authenticate(&filled.app, Some(&tokens.access_token)).await;
        assert!(signed.unwrap().unwrap().account.confirmed, "{}", account.email);
    }
}

#[tokio::test]
async fn a_kept_demonstration_is_not_loaded_twice_and_tells_new_passwords() {
    let filled = filled().await;
    let again = open(&filled.directory).await;
    let renewed = load(&again).await.unwrap();
    assert_eq!(filled.items().await.len(), 60);
    assert_eq!(filled.meetings().await.len(), 15);
    let old = &filled.accounts[0];
    let new = renewed.iter().find(|account| account.email == old.email).unwrap();
    assert_ne!(old.password, new.password);
    assert!(sign_in(&again, &Origin::default(), SignIn::new(&old.email, &old.password)).await.is_err());
    assert!(sign_in(&again, &Origin::default(), SignIn::new(&new.email, &new.password)).await.is_ok());
}

#[tokio::test]
async fn what_was_interrupted_while_it_loaded_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let app = open(&directory).await;
    let files = Files::read().unwrap();
    organisations::load(&app, &files.organisations).await.unwrap();
    assert!(matches!(load(&app).await, Err(LoadError::Incomplete)));
}

#[test]
fn every_text_of_the_files_may_stand_in_the_register() {
    let files = Files::read().unwrap();
    let titles = files.items.iter().map(|item| item.title.map());
    for title in titles.chain(files.meetings.iter().map(|meeting| meeting.title.map())) {
        for (_, text) in title.entries() {
            assert_eq!(clean(text, TITLE_MAX, Lines::Single).as_deref(), Ok(text));
        }
    }
    let notes = files.items.iter().filter_map(|item| item.note.as_ref());
    for note in notes.map(super::files::Text::map) {
        for (_, text) in note.entries() {
            assert_eq!(clean(text, BODY_MAX, Lines::Several).as_deref(), Ok(text));
        }
    }
}

#[tokio::test]
async fn numbers_stand_with_what_they_count_and_where_they_are_from() {
    let filled = filled().await;
    let (mut counted, mut values) = (0, 0);
    for view in filled.items().await {
        let key = Key::Id(view.item.id);
        for indicator in items::indicators(&filled.app, &Viewer::Anonymous, key).await.unwrap() {
            let Content::Indicator(indicator) = indicator.contribution.content else { panic!("not counted") };
            assert!(indicator.recorded_from.is_some());
            for value in &indicator.values {
                let named =
                    value.source.as_ref().is_some_and(|source| source.url.is_some() && source.on.is_some());
                assert!(named && value.scope.kk.is_some(), "{value:?}");
            }
            counted += 1;
            values += indicator.values.len();
        }
    }
    assert_eq!((counted, values), (8, 9));
    let terminals = filled.titled("Install electronic complaint terminals in every penal institution").await;
    let read = items::indicators(&filled.app, &Viewer::Anonymous, Key::Id(terminals.item.id)).await.unwrap();
    let Content::Indicator(read) = &read[0].contribution.content else { panic!("not counted") };
    let series: Vec<_> = read.values.iter().map(|value| (value.value.as_str(), value.on.precision)).collect();
    assert_eq!(series, [("243", Precision::Month), ("608", Precision::Day)]);
}
