//! What a meeting opens with: decisions of earlier meetings that are open still, what is late, and what was put to
//! them and never answered. Everybody gets the list of what they may see.

use std::collections::HashMap;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{DecisionId, MeetingId};
use qadam_domain::items::Item;
use qadam_domain::meetings::Meeting;
use qadam_domain::meetings::carry_over::CarryOverGroup;
use qadam_storage::items::Scope;
use qadam_storage::meetings::{self as stored, CarryOverCursor, CarryOverPage, Earlier, Key};

use super::read::find;
use super::rendition::floor;
use crate::application::App;
use crate::error::AppError;
use crate::paging::{Cut, Read};

/// Where something comes from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The meeting that decided or discussed it.
    pub meeting: Meeting,
    /// The decision that made it, with its number.
    pub decision: Option<(DecisionId, i32)>,
}

/// A row of the list.
#[derive(Debug, Clone)]
pub struct CarriedOver {
    /// Why it is there.
    pub group: CarryOverGroup,
    /// The item.
    pub item: Item,
    /// Whole days past its deadline.
    pub days_late: u32,
    /// The earlier meeting it stems from, if one.
    pub origin: Option<Origin>,
}

/// Which part of the list.
#[derive(Debug, Clone)]
pub struct CarryOverRequest {
    /// How many rows at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<CarryOverCursor>,
    /// Before this row.
    pub before: Option<CarryOverCursor>,
}

/// A part of the list.
#[derive(Debug, Clone)]
pub struct CarryOver {
    /// The rows: open decisions, then what is late, then what was not answered.
    pub rows: Vec<CarriedOver>,
    /// Where the next page begins, if there is one.
    pub next: Option<CarryOverCursor>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<CarryOverCursor>,
}

/// What a meeting opens with today, as far as the viewer sees it.
pub async fn carry_over(
    app: &App,
    viewer: &Viewer,
    key: Key,
    request: CarryOverRequest,
) -> Result<CarryOver, AppError> {
    let reader = app.store.read();
    let meeting = find(&reader, &key).await?;
    let (earlier, today, floor) = (Earlier::than(&meeting), app.today(), floor(viewer));
    let CarryOverRequest { limit, after, before } = request;
    let page = CarryOverPage { limit, after, before, today, floor };
    let rows = stored::carry_over(&reader, Scope::visible_to(*viewer), &earlier, &page).await?;
    let cut = Cut::new(rows, limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    let ids: Vec<_> = cut.rows.iter().map(|row| row.item.id).collect();
    let decided = stored::decided_at(&reader, &ids).await?;
    let discussed = stored::discussed_at(&reader, &earlier, floor, &ids).await?;
    let mut named: Vec<_> = decided.values().map(|(meeting, _)| *meeting).collect();
    named.extend(discussed.values());
    named.sort_unstable();
    named.dedup();
    let meetings: HashMap<MeetingId, Meeting> =
        stored::find_many(&reader, &named).await?.into_iter().map(|meeting| (meeting.id, meeting)).collect();
    let rows = cut.rows.into_iter().map(|row| {
        let made = decided.get(&row.item.id);
        let decision = made.map(|(_, decision)| *decision);
        let meeting = made.map(|(meeting, _)| meeting).or_else(|| discussed.get(&row.item.id));
        let origin = meeting.and_then(|id| meetings.get(id)).map(|meeting| origin(meeting, decision));
        CarriedOver { group: row.group, days_late: row.item.days_late(today), item: row.item, origin }
    });
    Ok(CarryOver { rows: rows.collect(), next: cut.next, previous: cut.previous })
}

fn origin(meeting: &Meeting, decision: Option<DecisionId>) -> Origin {
    let made = meeting.decisions.iter().find(|one| Some(one.id) == decision);
    Origin { decision: made.map(|one| (one.id, one.number)), meeting: meeting.clone() }
}
