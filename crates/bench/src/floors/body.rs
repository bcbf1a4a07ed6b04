//! The JSON that the program answers with, written straight from a row.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde::Serialize;
use uuid::Uuid;

use super::content::{Answer, Clock, Content, RecordedFrom, StoredOwner, StoredSource, Text};
use super::rows::ItemRow;

/// An organisation as items name it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Organisation {
    pub(super) id: Uuid,
    pub(super) code: String,
    pub(super) name: serde_json::Value,
    pub(super) url: String,
}

/// Organisations by their identifiers: a real handler would keep them too.
pub(super) type Organisations = HashMap<Uuid, Organisation>;

#[derive(Debug, Serialize)]
struct Owner<'a> {
    organisation: Option<&'a Organisation>,
    role: &'a str,
    by_agreement: bool,
}

#[derive(Debug, Serialize)]
struct Translation {
    state: &'static str,
    stale: bool,
}

#[derive(Debug, Serialize)]
struct Translations {
    kk: Translation,
    ru: Translation,
    en: Translation,
}

#[derive(Debug, Serialize)]
struct Response<'a> {
    clock: &'a str,
    started_on: &'a str,
    stage: Option<&'static str>,
    due_on: &'a str,
    days: i64,
}

/// The JSON of an item.
#[derive(Debug, Serialize)]
struct Item<'a> {
    id: Uuid,
    #[serde(rename = "ref")]
    reference: Option<&'a str>,
    filing_code: Option<&'a str>,
    kind: &'a str,
    status: &'a str,
    status_as_of: &'a str,
    status_as_of_precision: &'a str,
    closing_result: Option<&'a str>,
    contested: bool,
    title: Text<'a>,
    summary: Text<'a>,
    original_language: &'a str,
    translations: Translations,
    themes: Vec<&'a str>,
    legal_refs: Vec<&'a str>,
    groups: Vec<&'a str>,
    sdg_targets: Vec<&'a str>,
    owners: Vec<Owner<'a>>,
    addressees: Vec<&'a Organisation>,
    filed_by: Option<Vec<&'a Organisation>>,
    source: StoredSource<'a>,
    recorded_from: Option<RecordedFrom<'a>>,
    answer: Option<Answer<'a>>,
    due_on: Option<&'a str>,
    due_precision: Option<&'a str>,
    no_due_reason: Text<'a>,
    original_due_on: Option<&'a str>,
    slippage_days: Option<i64>,
    information_due_on: Option<&'a str>,
    response: Option<Response<'a>>,
    overdue: bool,
    days_late: i64,
    priority: bool,
    grounds: Text<'a>,
    expected_result: Text<'a>,
    completion_form: Text<'a>,
    followup_selected: Option<bool>,
    information_quality: Option<&'a str>,
    text_level: &'static str,
    identity_level: Option<&'static str>,
    filed_on: Option<&'a str>,
    filed_on_precision: Option<&'a str>,
    entered_on: &'a str,
    updated_at: String,
    etag: String,
    url: String,
}

/// What an item's JSON needs beside its row.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub(super) organisations: Organisations,
    /// The address in front of every path.
    pub(super) base: String,
    /// The local day.
    pub(super) today: chrono::NaiveDate,
}

#[derive(Debug, Serialize)]
struct Page<'a> {
    items: Vec<Item<'a>>,
    #[serde(rename = "self")]
    own: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Surroundings {
    /// One item.
    pub(super) fn item(&self, row: &ItemRow) -> Result<Vec<u8>> {
        let content = serde_json::from_str(&row.content)?;
        Ok(serde_json::to_vec(&self.body(row, content)?)?)
    }

    /// A page of at most `limit` items, of which one more may have been read.
    pub(super) fn page(&self, rows: &[ItemRow], limit: usize, own: &str) -> Result<Vec<u8>> {
        let items: Vec<_> = rows
            .iter()
            .take(limit)
            .map(|row| self.body(row, serde_json::from_str(&row.content)?))
            .collect::<Result<_>>()?;
        let next = rows.get(limit).map(|row| format!("{own}&cursor={}", row.id));
        Ok(serde_json::to_vec(&Page { items, own, next })?)
    }

    fn organisations(&self, ids: &[Uuid]) -> Vec<&Organisation> {
        ids.iter().filter_map(|id| self.organisations.get(id)).collect()
    }

    fn body<'a>(&'a self, row: &'a ItemRow, content: Content<'a>) -> Result<Item<'a>> {
        let named = row.identity_level == PUBLIC;
        let late = self.days_late(row)?;
        let owner = |owner: &StoredOwner<'a>| Owner {
            organisation: self.organisations.get(&owner.organisation),
            role: owner.role,
            by_agreement: owner.by_agreement,
        };
        Ok(Item {
            id: row.id,
            reference: row.reference.as_deref(),
            filing_code: None,
            kind: &row.kind,
            status: &row.status,
            status_as_of: &row.status_as_of,
            status_as_of_precision: &row.status_as_of_precision,
            closing_result: row.closing_result.as_deref(),
            contested: row.contested,
            owners: content.owners.iter().map(owner).collect(),
            addressees: self.organisations(&content.addressees),
            filed_by: named.then(|| self.organisations(&content.filed_by)),
            title: content.title,
            summary: content.summary,
            original_language: &row.original_language,
            translations: translations(content.translations)?,
            themes: content.themes,
            legal_refs: content.legal_refs,
            groups: content.groups,
            sdg_targets: content.sdg_targets,
            source: content.source,
            recorded_from: content.recorded_from,
            answer: content.answer,
            due_on: row.due_on.as_deref(),
            due_precision: row.due_precision.as_deref(),
            no_due_reason: content.no_due_reason,
            original_due_on: row.original_due_on.as_deref(),
            slippage_days: slippage(row)?,
            information_due_on: row.information_due_on.as_deref(),
            response: self.response(row, content.response)?,
            overdue: late > 0,
            days_late: late,
            priority: row.priority,
            grounds: content.grounds,
            expected_result: content.expected_result,
            completion_form: content.completion_form,
            followup_selected: content.followup_selected,
            information_quality: content.information_quality,
            text_level: "public",
            identity_level: named.then_some("public"),
            filed_on: row.filed_on.as_deref(),
            filed_on_precision: row.filed_on_precision.as_deref(),
            entered_on: &row.entered_on,
            updated_at: moment(row.changed_public)?,
            etag: format!("{:043}", row.position_public),
            url: format!("{}/api/v1/items/{}", self.base, row.reference.as_deref().unwrap_or_default()),
        })
    }

    fn response<'a>(&self, row: &ItemRow, clock: Option<Clock<'a>>) -> Result<Option<Response<'a>>> {
        const WAITING: [&str; 3] = ["submitted", "under_review", "announced"];
        let Some(clock) = clock.filter(|_| WAITING.contains(&row.status.as_str())) else { return Ok(None) };
        let today = self.today.to_string();
        let stages = [
            ("listed_for_meeting", clock.meeting_on <= &*today),
            ("letter_drafted", clock.letter_on <= &*today),
            ("overdue", clock.due_on < &*today),
            ("due_soon", clock.due_soon_on <= &*today),
        ];
        Ok(Some(Response {
            clock: clock.kind,
            started_on: clock.started_on,
            stage: stages.into_iter().find(|(_, reached)| *reached).map(|(stage, _)| stage),
            due_on: clock.due_on,
            days: (self.today - clock.started_on.parse::<chrono::NaiveDate>()?).num_days().max(0),
        }))
    }

    fn days_late(&self, row: &ItemRow) -> Result<i64> {
        const STOPPED: [&str; 7] =
            ["draft", "reported_done", "closed", "declined", "withdrawn", "merged", "superseded"];
        let Some(due) = row.due_on.as_deref().filter(|_| !STOPPED.contains(&row.status.as_str())) else {
            return Ok(0);
        };
        Ok((self.today - due.parse::<chrono::NaiveDate>()?).num_days().max(0))
    }
}

fn slippage(row: &ItemRow) -> Result<Option<i64>> {
    let (Some(due), Some(original)) = (&row.due_on, &row.original_due_on) else { return Ok(None) };
    let due: chrono::NaiveDate = due.parse()?;
    Ok(Some((due - original.parse::<chrono::NaiveDate>()?).num_days()))
}

/// The widest level, as a number.
const PUBLIC: i16 = 4;

fn translations(stored: &str) -> Result<Translations> {
    let mut languages = stored.split(' ').map(|code| Translation {
        state: match code.trim_end_matches('!') {
            "h" => "human",
            "m" => "machine",
            "u" => "unreviewed",
            _ => "missing",
        },
        stale: code.ends_with('!'),
    });
    let mut next = || languages.next().context("three languages");
    Ok(Translations { kk: next()?, ru: next()?, en: next()? })
}

fn moment(milliseconds: i64) -> Result<String> {
    let moment = chrono::DateTime::from_timestamp_millis(milliseconds).context("a moment")?;
    Ok(moment.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}
