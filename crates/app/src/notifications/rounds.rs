//! Who is told of what happens to a reporting round: the officers and approvers of the bodies that it asks. When it is
//! opened, or asks for more, those whom it asks; of another due day, and when that is near, those who owe reports still.

use std::collections::{BTreeMap, BTreeSet};

use qadam_domain::ids::{OrganisationId, ReportingRoundId};
use qadam_domain::notifications::NotificationReason;
use qadam_ledger::Payload;
use qadam_storage::notifications::{About, News};
use qadam_storage::{Reader, accounts, reporting_rounds as stored};
use serde_json::Value;

use super::recipients::Told;
use crate::application::App;
use crate::directory::Directory;
use crate::error::AppError;

/// Who is told of an entry about a round.
pub(super) async fn of_round(
    app: &App,
    reader: &Reader,
    news: &News,
    payload: &Payload,
) -> Result<Vec<Told>, AppError> {
    let Ok(round) = news.subject_id.parse::<ReportingRoundId>() else { return Ok(Vec::new()) };
    let bodies = match news.action.as_str() {
        "reporting_round.opened" | "reporting_round.extended" => newly_asked(&app.directory(), payload),
        "reporting_round.due_soon" => stored::organisations_asked(reader, round, true).await?,
        "reporting_round.changed" | "reporting_round.reopened" if payload.before.get("due_on").is_some() => {
            stored::organisations_asked(reader, round, true).await?
        }
        _ => Vec::new(),
    };
    let people = accounts::active_of(reader, &bodies).await?;
    let told = people.into_iter().filter(|actor| actor.role.speaks_for_body()).map(|actor| Told {
        account: actor.user,
        about: About::Round(round),
        reason: NotificationReason::Asked,
    });
    Ok(told.collect())
}

/// The bodies that are asked for something since this entry.
fn newly_asked(directory: &Directory, payload: &Payload) -> Vec<OrganisationId> {
    let (before, after) = (asked(&payload.before), asked(&payload.after));
    let asked_for_more = |(body, items): &(&&str, &BTreeSet<&str>)| {
        before.get(**body).is_none_or(|known| !items.is_subset(known))
    };
    let bodies = after.iter().filter(asked_for_more);
    bodies.filter_map(|(body, _)| directory.find(body)).map(|organisation| organisation.id).collect()
}

/// The items about which each body is asked, in a round's record.
fn asked(record: &Value) -> BTreeMap<&str, BTreeSet<&str>> {
    let bodies = record.get("asked").and_then(Value::as_array).into_iter().flatten();
    bodies.filter_map(items_of).collect()
}

fn items_of(body: &Value) -> Option<(&str, BTreeSet<&str>)> {
    let items = body.get("items")?.as_array()?.iter().filter_map(Value::as_str).collect();
    Some((body.get("organisation")?.as_str()?, items))
}
