//! The query of a list of items.

use qadam_app::App;
use qadam_app::Code;
use qadam_app::cursors::{Edge, read_item_place};
use qadam_app::error::FieldCode;
use qadam_app::items::{
    self, Cursor, Filter, FindingFilter, Flags, ListRequest, Measures, Page, Part, Sort, SortField,
};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{MeetingId, OrganisationId};
use qadam_domain::items::assessments::Assessor;
use qadam_domain::language::Language;
use serde::Deserialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::limit::Limit;
use crate::moments::{Day, Moment};
use crate::refused::Refused;
use crate::words::{
    FindingWord, KindWord, LevelWord, PrecisionWord, ReportStandingWord, ResponseStageWord, StatusWord,
    TranslationGapWord,
};

/// What stands in `?fields=`. Nothing where everything is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<String>);

/// How many items a page has at most where something is embedded in each.
const EMBEDDING_PAGE_MAX: u16 = 50;

/// What stands in `?embed=`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Embed(Vec<String>);

impl Embed {
    /// The words that stand there.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// Whether nothing is asked for.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something is asked for that changes without another entry by which the item's validator would know: the
    /// entries of a history get the numbers of their leaves later, and what an organisation alone reads of the reports,
    /// findings and evidence is not noted in the item.
    pub fn outruns_validator(&self) -> bool {
        let ahead =
            [Part::History, Part::Updates, Part::Assessments, Part::Evidence, Part::Questions, Part::Answers];
        self.0.iter().any(|word| ahead.iter().any(|part| word == part.code()))
    }
}

/// A word that may stand in `?embed=`, for the description.
#[derive(Debug, Clone, Copy)]
pub struct EmbedWord;

impl PartialSchema for EmbedWord {
    fn schema() -> RefOr<Schema> {
        let words = Part::ALL.map(Part::code);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
    }
}

impl ToSchema for EmbedWord {}

/// Filters of a list of items. Values separated by commas are alternatives; different filters must all hold; days
/// are inclusive.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ItemFilters {
    /// Kinds.
    #[param(value_type = Option<Vec<KindWord>>, inline, style = Form, explode = false, example = json!(["proposal", "commitment"]))]
    kind: Vec<KindWord>,
    /// Statuses.
    #[param(value_type = Option<Vec<StatusWord>>, inline, style = Form, explode = false, example = json!(["planned", "in_progress"]))]
    status: Vec<StatusWord>,
    /// Theme codes.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["prison_health"]))]
    theme: Vec<String>,
    /// Codes or ids of organisations with a part in the item: owners, addressees, and filers where the caller
    /// may know them.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["GPO"]))]
    organisation: Vec<String>,
    /// Codes or ids of lead bodies.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["GPO"]))]
    lead: Vec<String>,
    /// Ids of meetings that discussed the item or created it.
    #[param(value_type = Option<Vec<uuid::Uuid>>, style = Form, explode = false)]
    meeting: Vec<String>,
    /// Codes of mechanisms.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["CAT"]))]
    mechanism: Vec<String>,
    /// Legal reference codes.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["CAT-14"]))]
    legal_ref: Vec<String>,
    /// Current findings.
    #[param(value_type = Option<Vec<FindingWord>>, inline, style = Form, explode = false, example = json!(["not_implemented", "regressed"]))]
    finding: Vec<FindingWord>,
    /// Codes or ids of organisations, or codes of mechanisms, with a current finding, where the caller may know who
    /// found it. Together with `finding`: with one of these findings.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["NCHR"]))]
    assessed_by: Vec<String>,
    /// Whether the lead says done and a current finding on the item, or on one that it implements, contradicts.
    disagreement: Option<bool>,
    /// Something was reported, found or shown for this day or a later one.
    #[param(value_type = Option<String>, format = Date, example = "2026-01-01")]
    evidence_after: Option<Day>,
    /// Marked by the secretariat, or not.
    priority: Option<bool>,
    /// Past the due date, or not.
    overdue: Option<bool>,
    /// How far silence has escalated on items that wait for somebody's word: `due_soon`, `overdue`, `letter_drafted`,
    /// `listed_for_meeting`.
    #[param(value_type = Option<Vec<ResponseStageWord>>, inline, style = Form, explode = false, example = json!(["overdue", "letter_drafted"]))]
    stage: Vec<ResponseStageWord>,
    /// How the item stands in the newest round that asks to report on it: `received`, `released`, `awaited`,
    /// `not_received`. Where
    /// several bodies are asked, as the one that lags most behind.
    #[param(value_type = Option<Vec<ReportStandingWord>>, inline, style = Form, explode = false, example = json!(["not_received"]))]
    reporting: Vec<ReportStandingWord>,
    /// Due on this day or before.
    #[param(value_type = Option<String>, format = Date)]
    due_before: Option<Day>,
    /// Due on this day or after.
    #[param(value_type = Option<String>, format = Date)]
    due_after: Option<Day>,
    /// Filed on this day or before.
    #[param(value_type = Option<String>, format = Date)]
    filed_before: Option<Day>,
    /// Filed on this day or after.
    #[param(value_type = Option<String>, format = Date)]
    filed_after: Option<Day>,
    /// Changed at this instant or after, as far as the caller may see.
    #[param(value_type = Option<String>, format = DateTime)]
    updated_after: Option<Moment>,
    /// Entered into the register on this day.
    #[param(value_type = Option<String>, format = Date)]
    entered: Option<Day>,
    /// Entered into the register on this day or before.
    #[param(value_type = Option<String>, format = Date)]
    entered_before: Option<Day>,
    /// Entered into the register on this day or after.
    #[param(value_type = Option<String>, format = Date)]
    entered_after: Option<Day>,
    /// Levels of the text.
    #[param(value_type = Option<Vec<LevelWord>>, inline, style = Form, explode = false, example = json!(["public"]))]
    text_level: Vec<LevelWord>,
    /// What there is to do on the texts in a language other than the one they were written in: the language, and
    /// `missing` (a text that there is in another language is not there), `machine` (made by a machine), `unreviewed`
    /// or `stale` (the original changed after it was made).
    #[param(value_type = Option<Vec<TranslationGapWord>>, inline, style = Form, explode = false, example = json!(["kk.missing", "kk.machine"]))]
    translation: Vec<TranslationGapWord>,
    /// Codes or ids of bodies that own the item, as lead or beside it.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["GPO"]))]
    owner: Vec<String>,
    /// Whether a proposal or recommendation that was put to a body has its answer, as far as the caller may read.
    /// With `true,false`, all that were put to one.
    #[param(value_type = Option<Vec<bool>>, style = Form, explode = false, example = json!([false]))]
    answered: Vec<bool>,
    /// Whole days from the filing to the first answer at least, where both are known to the day.
    #[param(value_type = Option<u16>, maximum = 65535, example = 0)]
    answer_days_min: Option<u16>,
    /// Whole days from the filing to the first answer at most, where both are known to the day.
    #[param(value_type = Option<u16>, maximum = 65535, example = 90)]
    answer_days_max: Option<u16>,
    /// Whether the deadline is later than it was at first publication. With `true,false`, all that have a deadline
    /// now and had one then.
    #[param(value_type = Option<Vec<bool>>, style = Form, explode = false, example = json!([true]))]
    slipped: Vec<bool>,
    /// Whether the deadline was changed, as far as the caller may read.
    deadline_revised: Option<bool>,
    /// Statuses that the item reached at some time, as far as the caller may read of it.
    #[param(value_type = Option<Vec<StatusWord>>, inline, style = Form, explode = false, example = json!(["closed"]))]
    reached: Vec<StatusWord>,
    /// It reached one of these statuses, or any, on this day or after, by the day that the change is dated with.
    #[param(value_type = Option<String>, format = Date)]
    reached_after: Option<Day>,
    /// It reached one of these statuses, or any, on this day or before. A change that is dated with a month or more
    /// lies within bounds where all of that does.
    #[param(value_type = Option<String>, format = Date)]
    reached_before: Option<Day>,
    /// How exactly the day of filing is known.
    #[param(value_type = Option<Vec<PrecisionWord>>, inline, style = Form, explode = false, example = json!(["day", "month"]))]
    filed_precision: Vec<PrecisionWord>,
    /// Words to find, in any language and form.
    #[param(max_length = 1000, example = "өтемақы")]
    q: Option<String>,
    /// The order: `due_on`, `updated_at`, `filed_on`, `entered_on`, `ref`, `title` (in the alphabet of the answer's
    /// language), `relevance`, with `-` before it for the greatest first. Without it, `-relevance` for a search and
    /// `-updated_at` for a list.
    #[param(
        pattern = "^(-?(due_on|updated_at|filed_on|entered_on|ref|title)|-relevance)$",
        example = "due_on"
    )]
    sort: Option<String>,
    /// The members of each item that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["id", "ref", "status"]))]
    pub fields: Fields,
    /// What is given with each item, in `embedded`: `status_changes`, `deadline_revisions`, `response_stages`,
    /// `consents`, `links`, `history`, `updates`, `assessments`, `closing_notices`, `milestones`, `indicators`,
    /// `evidence`, `questions`, `answers`, `meeting`, `organisations`; the newest 20 of each. A page then has 50 items at most.
    #[param(value_type = Option<Vec<EmbedWord>>, inline, style = Form, explode = false, example = json!(["links", "status_changes"]))]
    pub embed: Embed,
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 25)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl ItemFilters {
    /// Whether it is a search by words: what costs most of all that can be asked without an account.
    pub fn searches(&self) -> bool {
        self.q.is_some()
    }

    /// The use case's request. `list` names the list with its parameters, which its cursors are bound to.
    pub fn request(
        self,
        app: &App,
        list: &str,
        language: Language,
        counted: bool,
    ) -> Result<ListRequest, Refused> {
        let sort = self.sort(language)?;
        let limit = if self.embed.is_empty() { self.limit } else { self.limit.at_most(EMBEDDING_PAGE_MAX) };
        let edge = match &self.cursor {
            None => None,
            Some(cursor) => Some(app.open_edge(list, cursor, read_item_place)?),
        };
        let page = page(limit, edge);
        let filter = self.filter(app)?;
        Ok(ListRequest { filter, sort, page, counted })
    }

    /// The name of the list, which its cursors are bound to, from its address without the page: an order by title is
    /// another one in another language.
    pub fn list_name(&self, list: String, language: Language) -> String {
        match self.sort.as_deref() {
            Some("title" | "-title") => format!("{list} {language}"),
            _ => list,
        }
    }

    fn sort(&self, language: Language) -> Result<Sort, Refused> {
        let searching = self.q.is_some();
        let Some(named) = self.sort.as_deref() else {
            let field = if searching { SortField::Relevance } else { SortField::Updated };
            return Ok(Sort { field, descending: true });
        };
        let (name, descending) = match named.strip_prefix('-') {
            Some(name) => (name, true),
            None => (named, false),
        };
        let field = match name {
            "due_on" => SortField::Due,
            "updated_at" => SortField::Updated,
            "filed_on" => SortField::Filed,
            "entered_on" => SortField::Entered,
            "ref" => SortField::Reference,
            "title" => SortField::Title(language),
            "relevance" if searching && descending => SortField::Relevance,
            _ => return Err(Refused::parameter(Code::InvalidParameter, "sort", FieldCode::UnknownValue)),
        };
        Ok(Sort { field, descending })
    }

    /// What the list is narrowed to.
    pub fn filter(self, app: &App) -> Result<Filter, Refused> {
        let on = |day: Option<Day>| day.map(|day| day.0);
        let query = match &self.q {
            None => None,
            Some(text) => Some(
                qadam_app::search::Query::parse(text)
                    .ok_or_else(|| Refused::parameter(Code::InvalidParameter, "q", FieldCode::Required))?,
            ),
        };
        let measures = self.measures(app)?;
        Ok(Filter {
            items: Vec::new(),
            measures,
            kinds: self.kind.iter().map(|kind| kind.0).collect(),
            statuses: self.status.iter().map(|status| status.0).collect(),
            themes: terms(app, "theme", VocabularyKind::Themes, self.theme)?,
            legal_refs: terms(app, "legal_ref", VocabularyKind::LegalRefs, self.legal_ref)?,
            organisations: organisations(app, "organisation", &self.organisation)?,
            leads: organisations(app, "lead", &self.lead)?,
            meetings: meetings(&self.meeting)?,
            mechanisms: terms(app, "mechanism", VocabularyKind::Mechanisms, self.mechanism)?,
            text_levels: self.text_level.iter().map(|level| level.0).collect(),
            translation_gaps: self.translation.iter().map(|gap| gap.0).collect(),
            findings: FindingFilter {
                findings: self.finding.iter().map(|finding| finding.0).collect(),
                assessed_by: assessors(app, &self.assessed_by)?,
                disagreement: self.disagreement,
                evidence_after: on(self.evidence_after),
            },
            flags: Flags { priority: self.priority, overdue: self.overdue },
            stages: self.stage.iter().map(|stage| stage.0).collect(),
            reporting: self.reporting.iter().map(|standing| standing.0).collect(),
            today: None,
            due_after: on(self.due_after),
            due_before: on(self.due_before),
            filed_after: on(self.filed_after),
            filed_before: on(self.filed_before),
            entered_after: on(self.entered.or(self.entered_after)),
            entered_before: on(self.entered.or(self.entered_before)),
            updated_after: self.updated_after.map(|moment| Timestamp(moment.0.0)),
            query,
        })
    }
}

impl ItemFilters {
    /// What the list is narrowed to by what is measured on items.
    fn measures(&self, app: &App) -> Result<Measures, Refused> {
        Ok(Measures {
            owners: organisations(app, "owner", &self.owner)?,
            owners_asked: false,
            answered: self.answered.clone(),
            answer_days_min: self.answer_days_min.map(i32::from),
            answer_days_max: self.answer_days_max.map(i32::from),
            slipped: self.slipped.clone(),
            revised: self.deadline_revised,
            reached: self.reached.iter().map(|status| status.0).collect(),
            reached_after: self.reached_after.map(|day| day.0),
            reached_before: self.reached_before.map(|day| day.0),
            filed_precisions: self.filed_precision.iter().map(|precision| precision.0).collect(),
        })
    }
}

fn page(limit: Limit, edge: Option<Edge<Cursor>>) -> Page {
    let limit = u64::from(limit.get());
    match edge {
        None => Page { limit, after: None, before: None },
        Some(Edge::After(cursor)) => Page { limit, after: Some(cursor), before: None },
        Some(Edge::Before(cursor)) => Page { limit, after: None, before: Some(cursor) },
    }
}

/// Organisations named by code or id. One that is not known is an error and not an empty list: it is mistyped.
pub fn organisations(app: &App, parameter: &str, named: &[String]) -> Result<Vec<OrganisationId>, Refused> {
    let directory = app.directory();
    named
        .iter()
        .map(|name| {
            directory.find(name).map(|organisation| organisation.id).ok_or_else(|| {
                Refused::parameter(Code::InvalidParameter, parameter, FieldCode::UnknownReference)
            })
        })
        .collect()
}

/// Codes of a vocabulary, where a mistyped one is an error likewise.
fn terms(
    app: &App,
    parameter: &str,
    vocabulary: VocabularyKind,
    named: Vec<String>,
) -> Result<Vec<String>, Refused> {
    let vocabularies = app.vocabularies();
    if named.iter().all(|code| vocabularies.contains(vocabulary.code(), code)) {
        Ok(named)
    } else {
        Err(Refused::parameter(Code::InvalidParameter, parameter, FieldCode::UnknownReference))
    }
}

/// Assessors named by code or id of an organisation, or by code of a mechanism.
fn assessors(app: &App, named: &[String]) -> Result<Vec<Assessor>, Refused> {
    let unknown = || Refused::parameter(Code::InvalidParameter, "assessed_by", FieldCode::UnknownReference);
    named.iter().map(|name| items::assessor(app, name).ok_or_else(unknown)).collect()
}

fn meetings(named: &[String]) -> Result<Vec<MeetingId>, Refused> {
    let wrong = |_| Refused::parameter(Code::InvalidParameter, "meeting", FieldCode::UnknownReference);
    named.iter().map(|id| id.parse().map_err(wrong)).collect()
}
