//! What a row of a round's table says, as the report that it becomes.

use qadam_app::App;
use qadam_app::error::{FieldCode, FieldError};
use qadam_app::items::UpdateInput;
use qadam_app::reporting_rounds::{self, RowFilter, RowPage, RowView};
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::{ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::items::moves::{Move, Mover, Need, TABLE};
use qadam_domain::items::updates::RequestedMove;
use qadam_domain::items::{Evidence, EvidenceKind, EvidenceRelation, Item, Status};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::reporting_rounds::ReportStanding;
use qadam_domain::text::is_web_address;
use qadam_http::texts::{Checks, TextLimit};
use qadam_localisation::{TAGS, text};

use crate::visit::Visit;

/// How many rows are read at once.
const AT_ONCE: u64 = 100;
/// How many rows of one body are filled at once.
pub(super) const FILLED_MAX: usize = 200;

/// A row as it was filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filled {
    /// The status that it brings; none where it stays.
    pub(super) to: Option<Status>,
    /// What was done.
    pub(super) text: String,
    /// The document that shows it: its address, or its name.
    pub(super) document: String,
}

impl Filled {
    /// Whether nothing was filled in.
    pub(super) fn is_empty(&self) -> bool {
        self.to.is_none() && self.text.is_empty() && self.document.is_empty()
    }
}

/// The statuses that a row can bring: moves of the lead that need no more than the row has.
pub(super) fn moves(item: &Item, body: OrganisationId) -> Vec<&'static Move> {
    if item.lead() != Some(body) {
        return Vec::new();
    }
    let has_due = item.due.is_some() || !item.no_due_reason.is_empty();
    let here = TABLE.iter().filter(|row| {
        row.kind == item.kind && row.from.contains(&item.status) && row.by.contains(&Mover::Lead)
    });
    here.filter(|row| has_due || !row.needs.contains(&Need::DueOrReason)).collect()
}

/// The status that somebody wrote into a row: by its code, its name or the name of the move in any language.
pub(super) fn status_named(
    item: &Item,
    body: OrganisationId,
    written: &str,
) -> Result<Option<Status>, FieldCode> {
    let written = written.trim().to_lowercase();
    let is = |key: &str| TAGS.iter().any(|tag| text(tag, key).to_lowercase() == written);
    let named = |status: Status| status.code() == written || is(&format!("status-{}", status.code()));
    if written.is_empty() || named(item.status) {
        return Ok(None);
    }
    let row = moves(item, body).into_iter().find(|row| {
        let key = format!("move-{}", row.to.code());
        let of_kind = format!("move-{}-{}", row.kind.code(), row.to.code());
        named(row.to) || is(&key) || is(&of_kind)
    });
    match row {
        Some(row) => Ok(Some(row.to)),
        None if Status::ALL.iter().any(|status| named(*status)) => Err(FieldCode::NotAllowed),
        None => Err(FieldCode::UnknownValue),
    }
}

/// The report that a row becomes, or what is wrong with it.
pub(super) fn input(
    item: &Item,
    body: OrganisationId,
    round: ReportingRoundId,
    language: Language,
    filled: &Filled,
) -> Result<UpdateInput, AppError> {
    let mut checks = Checks::new();
    let narrative = checks.text("/narrative", &filled.text, TextLimit::BODY);
    let narrative = LanguageMap::single(language, &narrative);
    let evidence = document(&filled.document, language, &mut checks);
    let status = match filled.to {
        None => None,
        Some(to) => {
            let row = moves(item, body).into_iter().find(|row| row.to == to).ok_or(Code::MoveNotAllowed)?;
            if row.needs.contains(&Need::Evidence) && evidence.is_none() {
                checks.refuse("/document", FieldCode::Required);
            }
            Some(requested(row, &narrative))
        }
    };
    let input = UpdateInput {
        draft: false,
        as_of: None,
        narrative,
        status,
        evidence: evidence.into_iter().collect(),
        responsible_unit: None,
        outgoing_number: None,
        corrects: None,
        round: Some(round),
        transcribed: None,
    };
    checks.finish(input).map_err(AppError::Invalid)
}

/// The move with what it needs: the row's own words.
fn requested(row: &Move, narrative: &LanguageMap) -> RequestedMove {
    let asks = |need| row.needs.contains(&need);
    RequestedMove {
        to: row.to,
        reason: if asks(Need::Reason) { narrative.clone() } else { LanguageMap::default() },
        answer: asks(Need::Answer).then(|| (narrative.clone(), None)),
        due: None,
        no_due_reason: LanguageMap::default(),
    }
}

/// The document that a row names.
fn document(written: &str, language: Language, checks: &mut Checks) -> Option<Evidence> {
    if written.trim().is_empty() {
        return None;
    }
    let title = checks.text("/document", written, TextLimit::TITLE);
    let url = is_web_address(&title).then(|| title.clone());
    Some(Evidence {
        kind: if url.is_some() { EvidenceKind::Link } else { EvidenceKind::Named },
        relation: EvidenceRelation::Supports,
        title: LanguageMap::single(language, &title),
        url,
        number: None,
        issued_on: None,
        issuer: None,
    })
}

/// What a body still owes in a round, what is due first first; no more than are filled at once.
pub(super) async fn owed(
    app: &App,
    viewer: &Viewer,
    actor: &Actor,
    round: ReportingRoundId,
) -> Result<Vec<RowView>, AppError> {
    let standings = vec![ReportStanding::Awaited, ReportStanding::NotReceived];
    rows_of(app, viewer, actor, round, standings, |_any| true).await
}

/// The rows of a body, whatever became of them, that are filled in a form: a report may have come since it was shown, a
/// colleague's or that of the same form.
pub(super) async fn rows_filled(
    app: &App,
    viewer: &Viewer,
    actor: &Actor,
    round: ReportingRoundId,
    is_filled: impl Fn(ItemId) -> bool,
) -> Result<Vec<RowView>, AppError> {
    rows_of(app, viewer, actor, round, Vec::new(), |row| is_filled(row.item.id)).await
}

async fn rows_of(
    app: &App,
    viewer: &Viewer,
    actor: &Actor,
    round: ReportingRoundId,
    standings: Vec<ReportStanding>,
    is_wanted: impl Fn(&RowView) -> bool,
) -> Result<Vec<RowView>, AppError> {
    let filter = RowFilter { organisations: vec![actor.organisation], standings, late: None };
    let mut rows = Vec::new();
    let mut after = None;
    while rows.len() < FILLED_MAX {
        let page = RowPage { limit: AT_ONCE, after, before: None };
        let table = reporting_rounds::rows(app, viewer, round, &filter, &page, false).await?;
        rows.extend(table.rows.into_iter().filter(|row| is_wanted(row)));
        after = table.next;
        if after.is_none() {
            break;
        }
    }
    rows.truncate(FILLED_MAX);
    Ok(rows)
}

/// The account that fills a table: one that speaks for a body.
pub(super) fn filler(visit: &Visit) -> Result<Actor, crate::failure::Failure> {
    let actor = visit.actor()?;
    if actor.role.speaks_for_body() { Ok(actor) } else { Err(Code::RoleRequired.into()) }
}

/// What is wrong, without a word for the field where it stands beside it.
pub(super) fn wrong_field(pointer: &str, code: FieldCode) -> AppError {
    AppError::Invalid(vec![FieldError::new(pointer, code)])
}
