//! What a meeting says of itself: code, kind, title, days, place, chairs.

use chrono::NaiveDate;
use qadam_domain::calendar::Precision;
use qadam_domain::ids::MeetingId;
use qadam_domain::items::RecordedFrom;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::meetings::{Meeting, MeetingKind, OfficeHolder, ProtocolState};
use qadam_domain::organisations::is_code;

use super::changing::Changing;
use super::inputs::{OfficeHolderInput, changed_text, edited_text, office_holders};
use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};
use crate::random::uuid;

/// When a meeting takes or took place.
#[derive(Debug, Clone, Copy)]
pub struct HeldInput {
    /// The first day, or a day of the period.
    pub on: NaiveDate,
    /// How exactly it is known.
    pub precision: Precision,
    /// The last day, where it took several.
    pub until: Option<NaiveDate>,
}

/// A new meeting as named by a caller.
#[derive(Debug, Clone)]
pub struct NewMeeting {
    /// Its short code in the register, `MT-2025-01`.
    pub code: String,
    /// What it is.
    pub kind: MeetingKind,
    /// Its title.
    pub title: LanguageMap,
    /// What it is about.
    pub topics: LanguageMap,
    /// When; `None` when not known.
    pub held: Option<HeldInput>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// Where.
    pub place: LanguageMap,
    /// Who chairs.
    pub chairs: Vec<OfficeHolderInput>,
}

/// What an edit changes. `None` leaves a field alone.
#[derive(Debug, Clone, Default)]
pub struct MeetingEdit {
    /// Its code.
    pub code: Option<String>,
    /// What it is.
    pub kind: Option<MeetingKind>,
    /// Changes of the title by language.
    pub title: Vec<(Language, Option<String>)>,
    /// Changes of the topics by language.
    pub topics: Vec<(Language, Option<String>)>,
    /// When, or that it is not known.
    pub held: Option<Option<HeldInput>>,
    /// The day it was published.
    pub published_on: Option<Option<NaiveDate>>,
    /// Changes of the place by language.
    pub place: Vec<(Language, Option<String>)>,
    /// Who chairs.
    pub chairs: Option<Vec<OfficeHolderInput>>,
    /// The document it was recorded from. Only of a meeting that was.
    pub recorded_from: Option<RecordedFrom>,
}

/// A meeting from named values, with nothing on its agenda: every value checked, all mistakes told at once.
pub(super) fn meeting_from(app: &App, new: NewMeeting) -> Result<Meeting, AppError> {
    let mut errors = Vec::new();
    keep(&mut errors, check_code(&new.code));
    if new.title.is_empty() {
        errors.push(FieldError::new("/title", FieldCode::Required));
    }
    keep(&mut errors, check_held(new.held));
    keep(&mut errors, check_published(app, new.published_on));
    let chairs: Vec<OfficeHolder> = office_holders(app, "/chairs", &new.chairs).unwrap_or_else(|mistakes| {
        errors.extend(mistakes);
        Vec::new()
    });
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let mut meeting = Meeting {
        id: MeetingId(uuid(app.random.as_ref())),
        code: new.code,
        kind: new.kind,
        title: new.title,
        topics: new.topics,
        held_on: None,
        held_on_precision: Precision::Day,
        held_until: None,
        published_on: new.published_on,
        place: new.place,
        chairs,
        protocol: ProtocolState::Draft,
        objections_until: None,
        recorded_from: None,
        agenda: Vec::new(),
        decisions: Vec::new(),
        attendance: Vec::new(),
        version: 1,
        updated_at: app.now(),
    };
    hold(&mut meeting, new.held);
    Ok(meeting)
}

/// The meeting after an edit.
pub(super) fn edited(changing: &Changing<'_>, edit: MeetingEdit) -> Result<Meeting, AppError> {
    let app = changing.app;
    let mut after = changing.before.clone();
    let mut errors = Vec::new();
    if let Some(code) = edit.code {
        keep(&mut errors, check_code(&code));
        after.code = code;
    }
    after.kind = edit.kind.unwrap_or(after.kind);
    match changed_text("/title", &after.title, edit.title) {
        Ok(title) => after.title = title,
        Err(mistake) => errors.push(mistake),
    }
    after.topics = edited_text(&after.topics, edit.topics);
    after.place = edited_text(&after.place, edit.place);
    if let Some(held) = edit.held {
        keep(&mut errors, check_held(held));
        hold(&mut after, held);
    }
    if let Some(published_on) = edit.published_on {
        keep(&mut errors, check_published(app, published_on));
        after.published_on = published_on;
    }
    if let Some(chairs) = edit.chairs {
        match office_holders(app, "/chairs", &chairs) {
            Ok(chairs) => after.chairs = chairs,
            Err(mistakes) => errors.extend(mistakes),
        }
    }
    if let Some(recorded_from) = edit.recorded_from {
        // A meeting of the platform cannot become a transcription afterwards: that would unlock its protocol.
        if after.recorded_from.is_none() {
            errors.push(FieldError::new("/recorded_from", FieldCode::NotAllowed));
        }
        keep(&mut errors, check_recorded(app, &recorded_from));
        after.recorded_from = Some(recorded_from);
    }
    if errors.is_empty() { Ok(after) } else { Err(AppError::Invalid(errors)) }
}

/// The document is not of the future.
pub(super) fn check_recorded(app: &App, recorded_from: &RecordedFrom) -> Result<(), FieldError> {
    match recorded_from.on {
        Some(on) if on > app.today() => Err(FieldError::new("/recorded_from/on", FieldCode::InFuture)),
        _ => Ok(()),
    }
}

fn check_code(code: &str) -> Result<(), FieldError> {
    if is_code(code) { Ok(()) } else { Err(FieldError::new("/code", FieldCode::InvalidCode)) }
}

/// A range is one of days, and ends after it began.
fn check_held(held: Option<HeldInput>) -> Result<(), FieldError> {
    let Some(held) = held else { return Ok(()) };
    match held.until {
        Some(until) if until < held.on || held.precision != Precision::Day => {
            Err(FieldError::new("/held_until", FieldCode::Contradiction))
        }
        _ => Ok(()),
    }
}

fn check_published(app: &App, published_on: Option<NaiveDate>) -> Result<(), FieldError> {
    match published_on {
        Some(on) if on > app.today() => Err(FieldError::new("/published_on", FieldCode::InFuture)),
        _ => Ok(()),
    }
}

/// A meeting known by its period stands on the first day of it.
fn hold(meeting: &mut Meeting, held: Option<HeldInput>) {
    meeting.held_on = held.map(|held| held.precision.first_day(held.on));
    meeting.held_on_precision = held.map_or(Precision::Day, |held| held.precision);
    meeting.held_until = held.and_then(|held| held.until);
}

fn keep(errors: &mut Vec<FieldError>, outcome: Result<(), FieldError>) {
    errors.extend(outcome.err());
}
