//! Comparing what a server serves now with what the ledger says last, both ways: nothing is served otherwise than
//! it was recorded, nothing that was recorded is missing, and nothing is served that never was.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Duration, NaiveDate};
use qadam_app::ledger::verification::Doubt;
use qadam_ledger::{Day, LastState, LastStates};
use serde::Deserialize;
use serde_json::Value;

use super::client::Server;
use super::comparison::difference;
use super::remote::json;

/// The lists of records that everybody reads: kind of subject, path.
const LISTS: [(&str, &str); 4] = [
    (
        "item",
        "/api/v1/items?limit=50&embed=updates,assessments,closing_notices,milestones,indicators,evidence,questions,answers",
    ),
    ("meeting", "/api/v1/meetings?limit=200"),
    ("reporting_round", "/api/v1/reporting-rounds?limit=200"),
    ("organisation", "/api/v1/organisations?limit=200"),
];

/// The kind under which the ledger keeps who filed an item.
const FILING: &str = "item_filing";

/// What organisations add to items: kind of subject, member of what is embedded in an item, path below the item.
const CONTRIBUTIONS: [(&str, &str, &str); 8] = [
    ("update", "updates", "updates"),
    ("assessment", "assessments", "assessments"),
    ("closing_notice", "closing_notices", "closing-notices"),
    ("milestone", "milestones", "milestones"),
    ("indicator", "indicators", "indicators"),
    ("evidence", "evidence", "evidence"),
    ("question", "questions", "questions"),
    ("answer", "answers", "answers"),
];

/// The kind under which the ledger keeps who made a contribution, where that has a level of its own.
const CONTRIBUTION_FILING: &str = "contribution_filing";

/// How many contributions of a kind are embedded in an item; where there are as many, there may be more.
const EMBEDDED: usize = 20;

/// The kind under which the ledger keeps the terms of vocabularies.
const TERM: &str = "vocabulary_term";

/// Until when changes are told a day later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Batch {
    /// The day of the last batch of sealed entries.
    pub(super) last: Option<Day>,
    /// Today, where the day begins last.
    pub(super) today: Day,
}

/// How much was compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Compared {
    /// Records that are as their last entries say.
    pub(super) records: u64,
    /// Proposals that differ in a way that the next batch is about to tell.
    pub(super) pending: u64,
}

/// Compares everything public.
pub(super) async fn compare(server: &Server, states: &LastStates, batch: Batch) -> Result<Compared, Doubt> {
    let mut comparison = Comparison {
        states,
        batch,
        seen: BTreeSet::new(),
        compared: Compared::default(),
        item_changed: None,
    };
    for (kind, path) in LISTS {
        comparison.list(server, kind, path).await?;
    }
    comparison.vocabularies(server).await?;
    comparison.missing()?;
    Ok(comparison.compared)
}

#[derive(Debug)]
struct Comparison<'a> {
    states: &'a LastStates,
    batch: Batch,
    /// Kind and identifier of everything that is served.
    seen: BTreeSet<(String, String)>,
    compared: Compared,
    /// The last day on which the item changed whose contributions are being compared.
    item_changed: Option<NaiveDate>,
}

/// A page of a list.
#[derive(Deserialize)]
struct Page {
    items: Vec<Value>,
    #[serde(default)]
    next: Option<String>,
}

impl Comparison<'_> {
    async fn list(&mut self, server: &Server, kind: &str, first: &str) -> Result<(), Doubt> {
        let mut path = Some(first.to_owned());
        while let Some(here) = path {
            let page: Page = json(server, &here).await?;
            for resource in page.items {
                self.listed(server, kind, resource).await?;
            }
            path = page.next.map(|next| path_of(&next)).transpose()?;
        }
        Ok(())
    }

    /// A row of a list; the resource itself where the row is only a part of it.
    async fn listed(&mut self, server: &Server, kind: &str, row: Value) -> Result<(), Doubt> {
        let id = member(&row, "id").to_owned();
        let resource = match self.states.get(kind, &id) {
            Some((_, LastState::Known(record))) if !is_whole(record, &row) => {
                json(server, &path_of(member(&row, "url"))?).await?
            }
            _ => row,
        };
        self.resource(kind, &id, &resource)?;
        // Null where the public may not know who filed it, empty where nobody did.
        let filers = resource.get("filed_by").and_then(Value::as_array);
        if kind == "item" && filers.is_some_and(|filers| !filers.is_empty()) {
            self.resource(FILING, &id, &resource)?;
        }
        if kind == "item" { self.contributions(server, &resource).await } else { Ok(()) }
    }

    /// What organisations added to an item.
    async fn contributions(&mut self, server: &Server, item: &Value) -> Result<(), Doubt> {
        self.item_changed = day_of_change(item);
        for (kind, embedded, path) in CONTRIBUTIONS {
            let given = item.pointer(&format!("/embedded/{embedded}")).and_then(Value::as_array);
            let mut given = given.cloned().unwrap_or_default();
            if given.len() >= EMBEDDED {
                let path = format!("{}/{path}", path_of(member(item, "url"))?);
                given = json::<Page>(server, &path).await?.items;
            }
            for contribution in &given {
                self.contribution(kind, contribution)?;
            }
        }
        Ok(())
    }

    fn contribution(&mut self, kind: &str, contribution: &Value) -> Result<(), Doubt> {
        let id = member(contribution, "id");
        self.resource(kind, id, contribution)?;
        // It has levels of its own, and the public may know who made it.
        if contribution.get("identity_level").is_some_and(Value::is_string) {
            self.resource(CONTRIBUTION_FILING, id, contribution)?;
        }
        Ok(())
    }

    async fn vocabularies(&mut self, server: &Server) -> Result<(), Doubt> {
        let page: Page = json(server, "/api/v1/vocabularies").await?;
        for vocabulary in page.items {
            let code = member(&vocabulary, "code").to_owned();
            let whole: Value = json(server, &format!("/api/v1/vocabularies/{code}")).await?;
            let terms = whole.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
            for term in terms {
                let id = format!("{code}/{}", member(&term, "code"));
                self.resource(TERM, &id, &term)?;
            }
        }
        Ok(())
    }

    /// One resource with what the ledger says of it last.
    fn resource(&mut self, kind: &str, id: &str, resource: &Value) -> Result<(), Doubt> {
        self.seen.insert((kind.to_owned(), id.to_owned()));
        let what = match self.states.get(kind, id) {
            Some((seq, LastState::Known(record))) if record.is_object() => match difference(record, resource)
            {
                None => {
                    self.compared.records += 1;
                    return Ok(());
                }
                Some(pointer) => format!("{} is not as its last entry {seq} says", place(&pointer)),
            },
            Some((seq, LastState::Known(_))) => {
                format!("served although its last entry {seq} says that it is gone")
            }
            Some((seq, LastState::Withheld)) => format!("served although its last entry {seq} is withheld"),
            None => "served without an entry in the ledger".to_owned(),
        };
        if self.batch.is_about_to_tell(kind, resource, self.item_changed) {
            self.compared.pending += 1;
            return Ok(());
        }
        Err(Doubt::record(kind, name(resource, id), what))
    }

    /// What was recorded must be there.
    fn missing(&self) -> Result<(), Doubt> {
        for (kind, id, seq, state) in self.states.iter() {
            let public = LISTS.iter().any(|(listed, _)| *listed == kind)
                || CONTRIBUTIONS.iter().any(|(contributed, ..)| *contributed == kind)
                || [FILING, CONTRIBUTION_FILING, TERM].contains(&kind);
            let LastState::Known(record) = state else { continue };
            if public && record.is_object() && !self.seen.contains(&(kind.to_owned(), id.to_owned())) {
                let what = format!("not served, although its last entry {seq} says that it is there");
                return Err(Doubt::record(kind, name(record, id), what));
            }
        }
        Ok(())
    }
}

impl Batch {
    /// Whether a proposal or something that was added to an item differs because its author's name is hidden: what such
    /// an author does in public is told by the next day's batch, and only the day of it.
    ///
    /// A day is up to fourteen hours ahead of UTC where it begins first. A change that no batch tells within two
    /// days is none that one is going to tell.
    fn is_about_to_tell(self, kind: &str, resource: &Value, item_changed: Option<NaiveDate>) -> bool {
        let day = match kind {
            "item" if member(resource, "kind") == "proposal" => day_of_change(resource),
            "assessment" | "evidence" | "question" | "answer"
                if resource.get("organisation").is_none_or(Value::is_null) =>
            {
                // Its level may have changed after it was recorded, and then its item did.
                member(resource, "recorded_on").parse().ok().max(item_changed)
            }
            _ => None,
        };
        let Some(day) = day else { return false };
        let recent = self.today.date().checked_sub_days(Days::new(2)).is_some_and(|earliest| day >= earliest);
        recent && self.last.is_none_or(|last| day >= last.date())
    }
}

/// The last day anywhere on which a resource changed.
fn day_of_change(resource: &Value) -> Option<NaiveDate> {
    let changed = DateTime::parse_from_rfc3339(member(resource, "updated_at")).ok()?;
    Some((changed.to_utc() + Duration::hours(14)).date_naive())
}

/// Whether a row of a list has all members that a record has.
fn is_whole(record: &Value, row: &Value) -> bool {
    record.as_object().is_none_or(|record| record.keys().all(|name| row.get(name).is_some()))
}

fn member<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What people know a record by.
fn name(value: &Value, id: &str) -> String {
    let known = ["ref", "code"].into_iter().map(|name| member(value, name)).find(|text| !text.is_empty());
    known.unwrap_or(id).to_owned()
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() { "it" } else { pointer }
}

/// The path and query of an address: the server is reached as it was named on the command line, whatever it calls
/// itself.
fn path_of(address: &str) -> Result<String, Doubt> {
    let uri: http::Uri = address.parse().map_err(|error| Doubt::unreadable(address, error))?;
    Ok(uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string))
}
