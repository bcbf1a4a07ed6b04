//! What the ledger keeps of meetings: an entry for each level whose readers see something new, and none that tells
//! them more.

use std::sync::Arc;

use qadam_app::items::{self, ConsentInput, Key as ItemKey, LevelChangeInput, NewItem};
use qadam_app::items::{StatusChangeInput, change_level, change_status, consent};
use qadam_app::meetings::{
    self, AgendaItemInput, AttendanceInput, DecisionInput, Key, MeetingChange, NewMeeting, ProtocolChange,
};
use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::ItemId;
use qadam_domain::items::{Kind, Status};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::meetings::{MeetingKind, ProtocolState};
use serde_json::{Value, json};

use crate::support::{Entered, TestApp};

fn text(words: &str) -> LanguageMap {
    LanguageMap::single(Language::English, words)
}

/// A register with a meeting that its secretariat changes.
struct Scene {
    test: TestApp,
    secretariat: Viewer,
}

impl Scene {
    async fn new() -> Self {
        let test = TestApp::start().await;
        let secretariat = test.signed("secretariat", "MFA", Role::Secretariat).await.viewer;
        let new = NewMeeting {
            code: "MT-1".to_owned(),
            kind: MeetingKind::Plenary,
            title: text("First meeting"),
            topics: LanguageMap::default(),
            held: None,
            published_on: None,
            place: LanguageMap::default(),
            chairs: Vec::new(),
        };
        meetings::create(&test.app, &secretariat, new, None).await.unwrap();
        Self { test, secretariat }
    }

    async fn change(&self, change: MeetingChange) {
        let key = Key::Code("MT-1".to_owned());
        meetings::change(&self.test.app, &self.secretariat, key, None, change, None).await.unwrap();
    }

    async fn add_line(&self, title: &str, level: Level, items: Vec<ItemKey>) {
        let line = AgendaItemInput {
            id: None,
            number: None,
            title: text(title),
            speakers: Vec::new(),
            items,
            protocol_text: LanguageMap::default(),
            level,
        };
        self.change(MeetingChange::AddAgendaItem(line)).await;
    }

    async fn move_protocol(&self, to: ProtocolState) {
        let objections_until = (to == ProtocolState::Circulated).then(|| "2025-10-15".parse().unwrap());
        if to == ProtocolState::Approved {
            self.test.clock.pass(24 * 60 * 60 * 1000);
        }
        let reason = LanguageMap::default();
        self.change(MeetingChange::Protocol(ProtocolChange { to, objections_until, reason })).await;
    }

    /// A proposal that an organisation filed, which the secretariat sees.
    async fn proposal(&self) -> (ItemId, Viewer) {
        let author = self.test.signed("author", "NGO-A", Role::NgoMember).await.viewer;
        let app = &self.test.app;
        let new = NewItem::new(Kind::Proposal, text("A proposal"));
        let id = items::create(app, &author, new, None).await.unwrap().view.item.id;
        let submit = StatusChangeInput::to(Status::Submitted);
        change_status(app, &author, ItemKey::Id(id), None, submit, None).await.unwrap();
        (id, author)
    }

    /// The entries about the meeting after the first `known`.
    async fn entered_after(&self, known: usize) -> Vec<Entered> {
        self.test.entered("meeting").await.split_off(known)
    }
}

fn level_change(to: Level) -> LevelChangeInput {
    LevelChangeInput { axis: Axis::Text, to, reason_class: None, reason: LanguageMap::default() }
}

/// Action, level and openness of each entry.
fn outline(entries: &[Entered]) -> Vec<(&str, i64, bool)> {
    entries.iter().map(|entry| (entry.action.as_str(), entry.level, entry.sealed)).collect()
}

/// The titles on the agenda that an entry tells of.
fn told(entry: &Entered) -> Vec<&str> {
    let agenda = entry.payload["after"]["agenda"].as_array().unwrap();
    agenda.iter().map(|line| line["title"]["en"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_new_meeting_is_open_and_its_draft_protocol_is_sealed() {
    let scene = Scene::new().await;
    let entries = scene.entered_after(0).await;
    assert_eq!(outline(&entries), [("meeting.created", 4, false), ("meeting.created", 1, true)]);
    assert_eq!(entries[0].payload["after"]["protocol"], Value::Null);
    assert_eq!(entries[1].payload["after"]["protocol"], "draft");
    assert_eq!(entries[0].payload["subject"]["ref"], "MT-1");
    assert_eq!(entries[0].payload["before"], Value::Null);
}

#[tokio::test]
async fn a_line_is_entered_for_those_who_see_it_and_nobody_else() {
    let scene = Scene::new().await;
    scene.add_line("Hidden", Level::Secretariat, Vec::new()).await;
    let hidden = scene.entered_after(2).await;
    assert_eq!(outline(&hidden), [("meeting.agenda_changed", 1, true)]);
    assert_eq!(told(&hidden[0]), ["Hidden"]);
    assert_eq!(hidden[0].payload["before"], json!({"agenda": []}));

    scene.add_line("For members", Level::Members, Vec::new()).await;
    let members = scene.entered_after(3).await;
    assert_eq!(outline(&members), [("meeting.agenda_changed", 3, true), ("meeting.agenda_changed", 1, true)]);
    assert_eq!((told(&members[0]), told(&members[1])), (vec!["For members"], vec!["Hidden", "For members"]));
    assert_eq!(members[0].payload["after"]["agenda"][0]["number"], 1, "no gap tells of the hidden line");

    scene.add_line("Open", Level::Public, Vec::new()).await;
    let open = scene.entered_after(5).await;
    assert_eq!(outline(&open).iter().map(|(_, level, _)| *level).collect::<Vec<_>>(), [4, 3, 1]);
    assert_eq!(told(&open[0]), ["Open"]);
    assert!(!open[0].payload.to_string().contains("Hidden"));
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_entry() {
    let scene = Scene::new().await;
    scene.change(MeetingChange::Attendance(Vec::new())).await;
    assert_eq!(scene.entered_after(2).await.len(), 0);
    let gpo = AttendanceInput { organisation: "GPO".to_owned(), level: Level::Public };
    scene.change(MeetingChange::Attendance(vec![gpo])).await;
    let entries = scene.entered_after(2).await;
    assert_eq!(entries[0].action, "meeting.attendance_changed");
    assert_eq!(
        entries[0].payload["after"]["attendance"],
        json!([{"organisation": "GPO", "level": "public"}])
    );
}

#[tokio::test]
async fn approval_enters_the_commitment_and_then_the_whole_meeting_once() {
    let scene = Scene::new().await;
    let decision = DecisionInput {
        number: None,
        agenda_item: None,
        text: text("Raise compensation"),
        lead: "GPO".to_owned(),
        due: None,
        implements: Vec::new(),
    };
    scene.change(MeetingChange::AddDecision(decision)).await;
    scene.move_protocol(ProtocolState::Circulated).await;
    let before = scene.entered_after(2).await;
    assert_eq!(
        outline(&before),
        [("meeting.decisions_changed", 1, true), ("meeting.protocol_circulated", 1, true)],
        "what is not approved is told to nobody outside the secretariat"
    );
    assert!(scene.test.entered("item").await.is_empty());

    scene.move_protocol(ProtocolState::Approved).await;
    let items = scene.test.entered("item").await;
    assert_eq!(outline(&items), [("item.announced", 4, false)]);
    let announced = &items[0].payload;
    assert_eq!(announced["actor"]["role"], "secretariat");
    assert_eq!(
        (&announced["after"]["status"], &announced["after"]["ref"]),
        (&json!("announced"), &json!("C-2025-0001"))
    );
    let approved = scene.entered_after(4).await;
    assert_eq!(outline(&approved), [("meeting.protocol_approved", 4, false)]);
    let after = &approved[0].payload["after"];
    assert_eq!((&after["protocol"], &after["decisions"][0]["lead"]), (&json!("approved"), &json!("GPO")));
    assert_eq!(after["decisions"][0]["commitment"], announced["after"]["id"]);
}

#[tokio::test]
async fn a_meeting_follows_the_item_it_discussed_when_that_is_widened_and_narrowed() {
    let scene = Scene::new().await;
    let (item, author) = scene.proposal().await;
    scene.add_line("Proposals", Level::Public, vec![ItemKey::Id(item)]).await;
    let hidden = scene.entered_after(2).await;
    assert_eq!(outline(&hidden), [("meeting.agenda_changed", 4, false), ("meeting.agenda_changed", 1, true)]);
    assert_eq!(hidden[0].payload["after"]["agenda"][0]["items"], json!([]));
    assert!(!hidden[0].payload.to_string().contains(&item.to_string()));
    assert_eq!(hidden[1].payload["after"]["agenda"][0]["items"], json!([item.to_string()]));

    let app = Arc::clone(&scene.test.app);
    let key = ItemKey::Id(item);
    let agreed = ConsentInput::Level { axis: Axis::Text, level: Level::Public };
    consent(&app, &author, key, agreed, None).await.unwrap();
    let widen = level_change(Level::Public);
    change_level(&app, &scene.secretariat, key, widen, None).await.unwrap();
    let widened = scene.entered_after(4).await;
    assert_eq!(outline(&widened)[0], ("meeting.items_changed", 4, false));
    assert_eq!(widened[0].payload["after"]["agenda"][0]["items"], json!([item.to_string()]));
    assert_eq!(widened[0].payload["actor"]["role"], "system");
    let public = meetings::get(&app, &Viewer::Anonymous, Key::Code("MT-1".to_owned())).await.unwrap();
    assert_eq!(public.meeting.agenda[0].items, [item]);

    let known = 4 + widened.len();
    let narrow = level_change(Level::Secretariat);
    change_level(&app, &author, key, narrow, None).await.unwrap();
    let narrowed = scene.entered_after(known).await;
    assert_eq!(outline(&narrowed)[0], ("meeting.items_changed", 4, false));
    assert_eq!(narrowed[0].payload["after"]["agenda"][0]["items"], json!([]));
    let public = meetings::get(&app, &Viewer::Anonymous, Key::Code("MT-1".to_owned())).await.unwrap();
    assert!(public.meeting.agenda[0].items.is_empty());
}
