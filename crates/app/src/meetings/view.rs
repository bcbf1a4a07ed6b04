//! A meeting as one viewer sees it.

use std::collections::{HashMap, HashSet};

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::meetings::Meeting;
use qadam_storage::Db;
use qadam_storage::items::{self as stored_items, Scope};
use serde_json::Value;

use super::record::meeting_record;
use super::rendition::{Sight, floor, items_of, rendition_with, shows_protocol};
use crate::application::App;
use crate::error::AppError;

/// What a viewer sees of a meeting.
#[derive(Debug, Clone)]
pub struct MeetingView {
    /// The meeting with nothing in it but what the viewer sees.
    pub meeting: Meeting,
    /// The items it points to.
    pub items: HashMap<ItemId, Item>,
    /// Whether the state of the protocol is shown.
    pub shows_protocol: bool,
    /// Its validator for this viewer.
    pub etag: String,
    /// When it last changed; told to the secretariat alone, because others would learn of changes they do not see.
    pub updated_at: Option<Timestamp>,
}

impl MeetingView {
    fn new(app: &App, viewer: &Viewer, meeting: &Meeting, found: &HashMap<ItemId, Item>) -> Self {
        let shows_protocol = shows_protocol(meeting.protocol, floor(viewer));
        Self::with_protocol(app, viewer, meeting, found, shows_protocol)
    }

    /// As [`Self::new`], where it is decided elsewhere whether what the protocol says is shown.
    fn with_protocol(
        app: &App,
        viewer: &Viewer,
        meeting: &Meeting,
        found: &HashMap<ItemId, Item>,
        shows_protocol: bool,
    ) -> Self {
        let own = items_of(meeting);
        let items: HashMap<_, _> =
            own.iter().filter_map(|id| found.get(id).map(|item| (*id, item.clone()))).collect();
        let sight = Sight { floor: floor(viewer), items: items.keys().copied().collect() };
        let seen = rendition_with(meeting, &sight, shows_protocol);
        // What the viewer does not see of the meeting points to nothing either.
        let shown = items_of(&seen);
        Self {
            etag: etag(app, &seen, &sight),
            shows_protocol,
            updated_at: sight.reads_drafts().then_some(meeting.updated_at),
            items: items.into_iter().filter(|(id, _)| shown.contains(id)).collect(),
            meeting: seen,
        }
    }
}

/// The meetings as a viewer sees them, in their order.
pub(super) async fn views(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    meetings: &[Meeting],
) -> Result<Vec<MeetingView>, AppError> {
    let items = visible_items(db, viewer, meetings).await?;
    Ok(meetings.iter().map(|meeting| MeetingView::new(app, viewer, meeting, &items)).collect())
}

/// The items that meetings point to and the viewer sees.
async fn visible_items(
    db: &impl Db,
    viewer: &Viewer,
    meetings: &[Meeting],
) -> Result<HashMap<ItemId, Item>, AppError> {
    let ids: HashSet<_> = meetings.iter().flat_map(items_of).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let mut items = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(200) {
        let found = stored_items::find_many(db, Scope::visible_to(*viewer), chunk).await?;
        items.extend(found.into_iter().map(|item| (item.id, item)));
    }
    Ok(items)
}

/// One meeting as a viewer sees it.
pub(super) async fn view(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    meeting: &Meeting,
) -> Result<MeetingView, AppError> {
    let seen = views(app, db, viewer, std::slice::from_ref(meeting)).await?;
    seen.into_iter().next().ok_or(AppError::NotFound)
}

/// One meeting as a viewer sees it who reads what its protocol says, whatever its state.
pub(super) async fn view_with_protocol(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    meeting: &Meeting,
) -> Result<MeetingView, AppError> {
    let items = visible_items(db, viewer, std::slice::from_ref(meeting)).await?;
    Ok(MeetingView::with_protocol(app, viewer, meeting, &items, true))
}

/// The validator of what a viewer sees: it changes with that and with nothing else, so that it tells of no change
/// that is hidden. The secretariat sees everything; its validator follows the row as well.
fn etag(app: &App, seen: &Meeting, sight: &Sight) -> String {
    let record = Value::Object(meeting_record(&app.directory(), seen, sight.floor)).to_string();
    let version = if sight.reads_drafts() { seen.version } else { 0 };
    app.sealer.tag(
        "meeting etag",
        &[seen.id.0.as_bytes(), &sight.floor.rank().to_be_bytes(), &version.to_be_bytes(), record.as_bytes()],
    )
}
