//! Who takes part: forty organisations, sixty meetings, and those who act.

use qadam_app::AppError;
use qadam_app::accounts::{self, NewAccount};
use qadam_app::items::{self, ListRequest, Sort, SortField};
use qadam_app::meetings::{self, AgendaItemInput, AttendanceInput, HeldInput, NewMeeting, RecordedMeeting};
use qadam_app::organisations::{self, DatedName, NewOrganisation, OrganisationKind};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::{MeetingId, OrganisationId, UserId};
use qadam_domain::items::RecordedFrom;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::levels::Level;
use qadam_domain::meetings::MeetingKind;

use super::Recorder;
use super::dice::Dice;
use super::texts::Texts;

/// How many organisations there are beside the host.
const ORGANISATIONS: u32 = 39;

/// How many meetings.
const MEETINGS: u32 = 60;

/// Everything that items refer to.
#[derive(Debug)]
pub(super) struct Cast {
    /// The secretariat.
    pub(super) secretariat: Viewer,
    /// Bodies that lead items, each with somebody who acts for it.
    pub(super) leads: Vec<(String, Viewer)>,
    /// Meetings.
    pub(super) meetings: Vec<MeetingId>,
    /// Theme codes.
    pub(super) themes: Vec<String>,
    /// Codes of legal references.
    pub(super) legal_refs: Vec<String>,
    /// Codes of groups.
    pub(super) groups: Vec<String>,
    /// How many items there are already.
    pub(super) items: u64,
}

impl Cast {
    /// Makes what is missing of it, and finds the rest.
    pub(super) async fn gather(app: &Recorder, texts: &Texts) -> Result<Self, AppError> {
        if app.directory().find(&code(1)).is_none() {
            organisations::provision(app, (1..=ORGANISATIONS).map(organisation).collect()).await?;
        }
        let secretariat = secretariat(app).await?;
        let user = secretariat.actor().map(|actor| actor.user);
        let codes = |kind: VocabularyKind| {
            app.vocabularies().terms(kind.code()).iter().map(|term| term.code.clone()).collect()
        };
        Ok(Self {
            meetings: gather_meetings(app, &secretariat, texts).await?,
            items: count(app, &secretariat).await?,
            leads: leads(app, user),
            themes: codes(VocabularyKind::Themes),
            legal_refs: codes(VocabularyKind::LegalRefs),
            groups: codes(VocabularyKind::Groups),
            secretariat,
        })
    }
}

fn code(number: u32) -> String {
    format!("BENCH-{number:02}")
}

/// Most are state bodies; some are independent, of civil society, international.
fn organisation(number: u32) -> NewOrganisation {
    let kind = match number {
        1..=27 => OrganisationKind::StateBody,
        28..=32 => OrganisationKind::Independent,
        33..=37 => OrganisationKind::CivilSociety,
        _ => OrganisationKind::International,
    };
    let name = DatedName { name: Texts::label(&format!("Organisation {number}")), from: None, until: None };
    NewOrganisation {
        code: code(number),
        kind,
        names: vec![name],
        aliases: Vec::new(),
        parent: None,
        by_agreement: false,
        active: true,
    }
}

/// Somebody of the host's secretariat. The account has no password: nobody signs in with it.
async fn secretariat(app: &Recorder) -> Result<Viewer, AppError> {
    let number = app.now().0;
    let new = NewAccount {
        email: format!("secretariat-{number}@bench.example"),
        name: "Generator".to_owned(),
        organisation: app.settings().host.clone(),
        role: Role::Secretariat,
        language: Language::English,
    };
    Ok(Viewer::Account(accounts::provision(app, new).await?.account.actor()))
}

/// Officers of the bodies that lead items. They are no accounts; acts of theirs are kept under the generator's.
fn leads(app: &Recorder, user: Option<UserId>) -> Vec<(String, Viewer)> {
    let directory = app.directory();
    let officer = |organisation: OrganisationId, user| {
        Viewer::Account(Actor { user, organisation, role: Role::Officer, confirmed: true })
    };
    let of = |number| {
        let organisation = directory.find(&code(number))?;
        Some((organisation.code.clone(), officer(organisation.id, user?)))
    };
    (1..=32).filter_map(of).collect()
}

async fn gather_meetings(
    app: &Recorder,
    secretariat: &Viewer,
    texts: &Texts,
) -> Result<Vec<MeetingId>, AppError> {
    let page = meetings::Page { limit: 200, after: None, before: None };
    let there = meetings::list(app, secretariat, &meetings::Filter::default(), &page).await?;
    let mut ids: Vec<_> = there.meetings.iter().map(|view| view.meeting.id).collect();
    for number in u32::try_from(ids.len()).unwrap_or(MEETINGS)..MEETINGS {
        let dice = Dice::new(u64::from(number), 1 << 41);
        let view =
            meetings::record_from_document(app, secretariat, meeting(number, texts, &dice), None).await?;
        ids.push(view.meeting.id);
    }
    Ok(ids)
}

fn meeting(number: u32, texts: &Texts, dice: &Dice) -> RecordedMeeting {
    let kind = if number.is_multiple_of(3) { MeetingKind::Plenary } else { MeetingKind::Subgroup };
    let on = chrono::NaiveDate::from_ymd_opt(2014, 1, 15)
        .and_then(|first| first.checked_add_months(chrono::Months::new(number * 2)));
    let line = |number: i32| AgendaItemInput {
        id: None,
        number: Some(number),
        title: texts.title(dice),
        speakers: Vec::new(),
        items: Vec::new(),
        protocol_text: texts.summary(dice),
        level: Level::Public,
    };
    RecordedMeeting {
        new: NewMeeting {
            code: format!("BENCH-{number:02}"),
            kind,
            title: texts.title(dice),
            topics: texts.summary(dice),
            held: on.map(|on| HeldInput { on, precision: Precision::Day, until: None }),
            published_on: on,
            place: LanguageMap::default(),
            chairs: Vec::new(),
        },
        recorded_from: document(),
        agenda: (1..=4).map(line).collect(),
        attendance: (1..=10)
            .map(|place| AttendanceInput { organisation: code(place + number % 20), level: Level::Public })
            .collect(),
    }
}

/// What stands where a document would.
pub(super) fn document() -> RecordedFrom {
    RecordedFrom {
        label: "Generated to measure with".to_owned(),
        url: None,
        on: chrono::NaiveDate::from_ymd_opt(2025, 3, 1),
        note: LanguageMap::default(),
    }
}

async fn count(app: &Recorder, secretariat: &Viewer) -> Result<u64, AppError> {
    let request = ListRequest {
        filter: items::Filter::default(),
        sort: Sort { field: SortField::Updated, descending: true },
        page: items::Page { limit: 1, after: None, before: None },
        counted: true,
    };
    Ok(items::list(app, secretariat, request).await?.total.unwrap_or_default())
}
