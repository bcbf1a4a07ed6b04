//! What the form of a report says, and a report as the form shows it.

use qadam_app::error::FieldCode;
use qadam_app::items::UpdateInput;
use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::moves::{Move, Need};
use qadam_domain::items::updates::{RequestedMove, Update};
use qadam_domain::items::{Evidence, Item};
use qadam_domain::language::{Language, LanguageMap};
use qadam_http::texts::TextLimit;

use crate::form::Form;
use crate::items::inputs::{evidence, fields_of};

/// That the status stays as it is, among the statuses that a form offers.
pub(crate) const STAYS: &str = "stays";
/// The report that is corrected, as the form names it.
pub(crate) const CORRECTS: &str = "corrects";
/// What the form says that becomes of the report.
const ACT: &str = "act";

/// What was written, and whether it is shown before anything else.
pub(crate) struct Written {
    pub(crate) input: UpdateInput,
    pub(crate) previews: bool,
}

/// What the form says. What a move needs is asked for where the report is handed in: where an approver waits for it, the
/// approver would otherwise be told what its writer left out.
pub(crate) fn read(
    form: &mut Form,
    rows: &[&'static Move],
    item: Option<&Item>,
    before: Option<&Update>,
    language: Language,
) -> Written {
    let draft = form.text(ACT) == "draft";
    if draft || form.text(ACT) == "preview" {
        form.is_kept_only();
    }
    let narrative = if draft {
        form.map("narrative", TextLimit::BODY)
    } else {
        form.required_map("narrative", TextLimit::BODY)
    };
    let evidence = documents(form, before, language);
    let wanted = form.text("status_change.to").to_owned();
    let row = rows.iter().copied().find(|row| row.to.code() == wanted);
    if row.is_none() && !matches!(wanted.as_str(), "" | STAYS) {
        form.refuse("status_change.to", FieldCode::UnknownValue);
    }
    let status = row.map(|row| requested(form, row, &narrative));
    if let (Some(row), Some(status), false) = (row, &status, draft) {
        check(form, row, status, item, evidence.is_empty());
    }
    let input = UpdateInput {
        draft,
        as_of: form.day("as_of").map(|on| (on, precision(before, on))),
        narrative,
        status,
        evidence,
        responsible_unit: form.written("responsible_unit", TextLimit::LABEL),
        outgoing_number: form.written("outgoing_number", TextLimit::LABEL),
        corrects: form.text(CORRECTS).parse().ok().or(before.and_then(|before| before.corrects)),
        round: form.text("round").parse().ok().or(before.and_then(|before| before.round)),
        transcribed: None,
    };
    Written { input, previews: form.text(ACT) == "preview" }
}

/// A day that the form shows as it was keeps how exactly it was known.
fn precision(before: Option<&Update>, on: chrono::NaiveDate) -> Precision {
    before.filter(|before| before.as_of.on == on).map_or(Precision::Day, |before| before.as_of.precision)
}

/// The document that the form names, and those that the report had beside the first.
fn documents(form: &mut Form, before: Option<&Update>, language: Language) -> Vec<Evidence> {
    // An address alone says where: it is called by itself until somebody names it better.
    let url = form.text("evidence.0.url").to_owned();
    let title = format!("evidence.0.title.{language}");
    let is_named = Language::ALL.iter().any(|tag| !form.text(&format!("evidence.0.title.{tag}")).is_empty());
    if !url.is_empty() && !is_named {
        form.set(&title, &url);
    }
    let first = evidence(form).into_iter();
    let others = before.iter().flat_map(|before| before.evidence.iter().skip(1).cloned());
    first.chain(others).collect()
}

/// The move with what it needs: the report's own words are its reason and its answer.
fn requested(form: &mut Form, row: &Move, narrative: &LanguageMap) -> RequestedMove {
    let asks = |need| row.needs.contains(&need);
    let (mut due, mut no_due_reason) = (None, LanguageMap::default());
    if asks(Need::DueOrReason) {
        let exactly = Precision::from_code(form.text("status_change.due_precision"));
        due = form.day("status_change.due_on").map(|on| Deadline::new(on, exactly.unwrap_or(Precision::Day)));
        no_due_reason = form.map("status_change.no_due_reason", TextLimit::BODY);
    }
    RequestedMove {
        to: row.to,
        reason: if asks(Need::Reason) { narrative.clone() } else { LanguageMap::default() },
        answer: asks(Need::Answer).then(|| (narrative.clone(), None)),
        due,
        no_due_reason,
    }
}

/// Notes what is missing.
fn check(form: &mut Form, row: &Move, status: &RequestedMove, item: Option<&Item>, no_evidence: bool) {
    if row.needs.contains(&Need::Evidence) && no_evidence {
        form.refuse("evidence.0.title", FieldCode::Required);
    }
    let has_due = item.is_some_and(|item| item.due.is_some() || !item.no_due_reason.is_empty());
    if row.needs.contains(&Need::DueOrReason)
        && !has_due
        && status.due.is_none()
        && status.no_due_reason.is_empty()
    {
        form.refuse("status_change.due_on", FieldCode::Required);
    }
}

/// What the form of a correction begins with: what the report said. Its move was made, and is not made again.
pub(crate) fn values_of_correction(id: ContributionId, update: &Update) -> Vec<(String, String)> {
    let said = values(update).into_iter();
    let mut values: Vec<_> =
        said.filter(|(name, _)| !name.starts_with("status_change.") && name != "round").collect();
    values.push((CORRECTS.to_owned(), id.to_string()));
    values.push(("status_change.to".to_owned(), STAYS.to_owned()));
    values
}

/// A report as its form shows it.
pub(crate) fn values(update: &Update) -> Vec<(String, String)> {
    let mut values = fields_of("narrative", &update.narrative);
    let mut add = |name: &str, value: String| values.push((name.to_owned(), value));
    add("as_of", update.as_of.on.to_string());
    add("responsible_unit", update.responsible_unit.clone().unwrap_or_default());
    add("outgoing_number", update.outgoing_number.clone().unwrap_or_default());
    add("round", update.round.map(|round| round.to_string()).unwrap_or_default());
    let to = update.status.as_ref().map_or(STAYS, |status| status.to.code());
    add("status_change.to", to.to_owned());
    if let Some(due) = update.status.as_ref().and_then(|status| status.due) {
        add("status_change.due_on", due.on.to_string());
        add("status_change.due_precision", due.precision.code().to_owned());
    }
    if let Some(evidence) = update.evidence.first() {
        add("evidence.0.url", evidence.url.clone().unwrap_or_default());
        add("evidence.0.number", evidence.number.clone().unwrap_or_default());
        add("evidence.0.issuer", evidence.issuer.clone().unwrap_or_default());
        add("evidence.0.issued_on", evidence.issued_on.map(|on| on.to_string()).unwrap_or_default());
        values.extend(fields_of("evidence.0.title", &evidence.title));
    }
    if let Some(status) = &update.status {
        values.extend(fields_of("status_change.no_due_reason", &status.no_due_reason));
    }
    values
}
