//! An item as JSON.

use qadam_app::App;
use qadam_app::directory::Directory;
use qadam_app::items::ItemView;
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::Item;
use serde::Serialize;
use utoipa::ToSchema;

use super::embedding::EmbeddedBody;
use super::parts::{AnswerBody, OwnerBody, RecordedFromBody, SourceBody, TranslationsBody};
use super::positions::PositionsBody;
use super::reporting::ReportingBody;
use super::response::WaitingBody;
use crate::links::Links;
use crate::values::{
    ClosingResultWord, Day, KindWord, LanguageMapView, LanguageWord, LevelWord, Moment,
    OrganisationReference, PrecisionWord, StatusWord,
};

/// A proposal, a commitment or a recommendation, as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Item)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, as the API names it")]
pub(crate) struct ItemBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its number, from first publication on: `C-2026-0001`.
    #[serde(rename = "ref")]
    #[schema(example = "C-2026-0001")]
    reference: Option<String>,
    /// The code that submitter and secretariat quote before it has a number; null for everybody else.
    filing_code: Option<String>,
    /// What it is.
    kind: KindWord,
    /// Where it stands.
    status: StatusWord,
    /// Since when it stands there: the first day of the period.
    status_as_of: Day,
    /// How exactly that day is known.
    status_as_of_precision: PrecisionWord,
    /// With what result it was closed.
    closing_result: Option<ClosingResultWord>,
    /// Closed as implemented although a non-owner found otherwise.
    contested: bool,
    /// Its title.
    title: LanguageMapView,
    /// What it says.
    summary: LanguageMapView,
    /// The language it was written in.
    original_language: LanguageWord,
    /// How each language came to be.
    translations: TranslationsBody,
    /// Theme codes.
    themes: Vec<String>,
    /// Legal reference codes.
    legal_refs: Vec<String>,
    /// Codes of affected groups.
    groups: Vec<String>,
    /// Targets of the Sustainable Development Goals.
    sdg_targets: Vec<String>,
    /// The bodies that answer for it, the lead first.
    owners: Vec<OwnerBody>,
    /// The organisations it is addressed to.
    addressees: Vec<OrganisationReference>,
    /// The organisations that filed it; null where the caller may not know.
    filed_by: Option<Vec<OrganisationReference>>,
    /// Where it comes from.
    source: SourceBody,
    /// The document it was recorded from.
    recorded_from: Option<RecordedFromBody>,
    /// The lead's answer.
    answer: Option<AnswerBody>,
    /// When it is due: the last day of the period.
    due_on: Option<Day>,
    /// How exact the due date is.
    due_precision: Option<PrecisionWord>,
    /// Why it has no due date.
    no_due_reason: LanguageMapView,
    /// The due date at first publication.
    original_due_on: Option<Day>,
    /// Whole days from the due date at first publication to the present one; negative where it was brought forward,
    /// null where one of them is missing.
    slippage_days: Option<i64>,
    /// When a mechanism wants information; makes nothing overdue.
    information_due_on: Option<Day>,
    /// Whose word it waits for; null while nobody owes one.
    response: Option<WaitingBody>,
    /// How it stands in the newest round that asks to report on it; null where none ever did.
    reporting: Option<ReportingBody>,
    /// Whether the due date has passed.
    overdue: bool,
    /// Whole days past the due date.
    days_late: u32,
    /// Who says what of it.
    positions: PositionsBody,
    /// Whether the lead says done and a current finding on it, or on an item that it implements, contradicts.
    disagreement: bool,
    /// Marked by the secretariat.
    priority: bool,
    /// Why it is needed (proposal).
    grounds: LanguageMapView,
    /// What it should bring about (proposal).
    expected_result: LanguageMapView,
    /// The form in which it is completed (commitment).
    completion_form: LanguageMapView,
    /// Chosen for the mechanism's follow-up procedure (recommendation).
    followup_selected: Option<bool>,
    /// The mechanism's grade of the information received (recommendation).
    information_quality: Option<String>,
    /// Who reads its text.
    text_level: LevelWord,
    /// Who reads who filed it; null where the caller may not know who did.
    identity_level: Option<LevelWord>,
    /// The day it was filed.
    filed_on: Option<Day>,
    /// How exactly that day is known.
    filed_on_precision: Option<PrecisionWord>,
    /// The day it entered the register.
    entered_on: Day,
    /// Until when a draft is kept at least, if nobody touches it; null for what was filed, which stays.
    kept_until: Option<Day>,
    /// When it last changed, as far as the caller may see.
    updated_at: Moment,
    /// Its validator, for `If-Match`.
    etag: String,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
    /// What was asked for with `embed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    embedded: Option<Box<EmbeddedBody>>,
}

/// An item as others name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemReference {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its number, once it has one.
    #[serde(rename = "ref")]
    reference: Option<String>,
    /// What it is.
    kind: KindWord,
    /// Where it stands.
    status: StatusWord,
    /// Its title.
    title: LanguageMapView,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

impl ItemReference {
    /// An item as others name it.
    pub(crate) fn new(item: &Item, links: &Links) -> Self {
        Self {
            id: item.id.to_string(),
            reference: item.reference.map(|reference| reference.to_string()),
            kind: item.kind.into(),
            status: item.status.into(),
            title: (&item.title).into(),
            url: address(item, links),
        }
    }
}

/// The address of an item: by its number where it has one.
pub(super) fn address(item: &Item, links: &Links) -> String {
    let name = item.reference.map_or_else(|| item.id.to_string(), |reference| reference.to_string());
    links.to(&["items", &name])
}

impl ItemBody {
    /// An item as JSON.
    pub(crate) fn new(app: &App, links: &Links, view: ItemView) -> Self {
        Names { directory: &app.directory(), links }.item(view)
    }

    /// Items as JSON.
    pub(crate) fn all(app: &App, links: &Links, views: Vec<ItemView>) -> Vec<Self> {
        let directory = app.directory();
        let names = Names { directory: &directory, links };
        views.into_iter().map(|view| names.item(view)).collect()
    }
}

impl ItemBody {
    /// The same with its parts.
    pub(super) fn embed(&mut self, parts: EmbeddedBody) {
        self.embedded = Some(Box::new(parts));
    }
}

/// What turns identifiers into names.
struct Names<'a> {
    directory: &'a Directory,
    links: &'a Links,
}

impl Names<'_> {
    fn organisations(&self, ids: &[OrganisationId]) -> Vec<OrganisationReference> {
        ids.iter().filter_map(|id| OrganisationReference::find(*id, self.directory, self.links)).collect()
    }

    fn item(&self, view: ItemView) -> ItemBody {
        let filed_by = view.shows_filer().then(|| self.organisations(&view.item.filed_by));
        let identity_level = view.shows_filer().then(|| view.item.identity_level.into());
        let shows_filing_code = view.shows_filing_code();
        let positions = PositionsBody::new(&view, self.directory, self.links);
        let disagreement = view.positions.disagreement;
        let ItemView { item, etag, updated_at, days_late, waiting, reporting, kept_until, .. } = view;
        let slippage_days = item.slippage_days();
        let owners =
            item.owners.iter().map(|owner| OwnerBody::new(owner, self.directory, self.links)).collect();
        ItemBody {
            url: address(&item, self.links),
            id: item.id.to_string(),
            reference: item.reference.map(|reference| reference.to_string()),
            addressees: self.organisations(&item.addressees),
            owners,
            filed_by,
            identity_level,
            filing_code: item.filing_code.filter(|_| shows_filing_code),
            kind: item.kind.into(),
            status: item.status.into(),
            status_as_of: Day(item.status_as_of.on),
            status_as_of_precision: item.status_as_of.precision.into(),
            closing_result: item.closing_result.map(Into::into),
            contested: item.contested,
            title: item.title.into(),
            summary: item.summary.into(),
            original_language: item.original_language.into(),
            translations: (&item.translations).into(),
            themes: item.themes,
            legal_refs: item.legal_refs,
            groups: item.groups,
            sdg_targets: item.sdg_targets,
            source: item.source.into(),
            recorded_from: item.recorded_from.map(Into::into),
            answer: item.answer.map(Into::into),
            due_on: item.due.map(|due| Day(due.on)),
            due_precision: item.due.map(|due| due.precision.into()),
            no_due_reason: item.no_due_reason.into(),
            slippage_days,
            original_due_on: item.original_due_on.map(Day),
            response: waiting.map(Into::into),
            reporting: reporting.map(|one| ReportingBody::new(&one, self.directory, self.links)),
            information_due_on: item.information_due_on.map(Day),
            overdue: days_late > 0,
            days_late,
            positions,
            disagreement,
            priority: item.priority,
            grounds: item.grounds.into(),
            expected_result: item.expected_result.into(),
            completion_form: item.completion_form.into(),
            followup_selected: item.followup_selected,
            information_quality: item.information_quality,
            text_level: item.text_level.into(),
            filed_on: item.filed_on.map(|filed| Day(filed.on)),
            filed_on_precision: item.filed_on.map(|filed| filed.precision.into()),
            entered_on: Day(item.entered_on),
            kept_until: kept_until.map(Day),
            updated_at: Moment(updated_at),
            etag,
            embedded: None,
        }
    }
}
