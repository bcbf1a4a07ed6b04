//! An item as one viewer sees it.

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::items::positions::Positions;
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::{Level, Relation};
use qadam_storage::Db;

use super::draft_retention::kept_until;
use super::positions::{ItemPositions, positions_on};
use super::response::Waiting;
use crate::application::App;
use crate::error::AppError;
use crate::readings::hear_items;
use crate::reporting_rounds::{ItemReporting, reporting_on};

/// An item with what follows from who looks at it, and when.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// The item.
    pub item: Item,
    /// What the viewer is to it.
    pub relation: Relation,
    /// Its validator for this viewer.
    pub etag: String,
    /// When it last changed, as far as the viewer may see.
    pub updated_at: Timestamp,
    /// Until when a draft stays at least, if nobody touches it.
    pub kept_until: Option<NaiveDate>,
    /// Whole days past its deadline.
    pub days_late: u32,
    /// Whose word it waits for.
    pub waiting: Option<Waiting>,
    /// How it stands in the newest round that asks to report on it.
    pub reporting: Option<Box<ItemReporting>>,
    /// Who says what of it.
    pub positions: Positions,
    /// The items that it implements, as far as the viewer sees them: findings on them count in its positions.
    pub implemented: Vec<Item>,
}

impl ItemView {
    /// An item as the viewer sees it now.
    pub(crate) async fn load(app: &App, viewer: &Viewer, item: Item) -> Result<Self, AppError> {
        let reader = app.store.read();
        hear_items(app, viewer, [&item], true)?;
        // On the heap: every change of an item ends here, and what waits for it would be as large.
        let mut views = Box::pin(Self::load_heard(app, &reader, viewer, vec![item])).await?;
        views.pop().ok_or(AppError::NotFound)
    }

    /// Items as the viewer sees them now, in their order.
    pub(crate) async fn load_all(
        app: &App,
        db: &impl Db,
        viewer: &Viewer,
        items: Vec<Item>,
    ) -> Result<Vec<Self>, AppError> {
        hear_items(app, viewer, &items, false)?;
        Self::load_heard(app, db, viewer, items).await
    }

    /// The same, once it was heard that the viewer is given them.
    async fn load_heard(
        app: &App,
        db: &impl Db,
        viewer: &Viewer,
        items: Vec<Item>,
    ) -> Result<Vec<Self>, AppError> {
        let today = app.today();
        let positions = positions_on(db, viewer, &items).await?;
        let ids: Vec<_> = items.iter().map(|item| item.id).collect();
        let mut reporting = reporting_on(db, &ids, today).await?;
        let both = items.into_iter().zip(positions);
        let view = |(item, positions): (Item, ItemPositions)| Self {
            reporting: reporting.remove(&item.id).map(Box::new),
            ..Self::new(app, viewer, item, positions, today)
        };
        Ok(both.map(view).collect())
    }

    fn new(app: &App, viewer: &Viewer, item: Item, positions: ItemPositions, today: NaiveDate) -> Self {
        let relation = item.relation(viewer);
        let changed = item.changed_for(relation);
        Self {
            etag: etag(app, &item, relation, positions.narrow),
            updated_at: changed.at,
            kept_until: kept_until(app, &item),
            days_late: item.days_late(today),
            waiting: Waiting::of(&item, today),
            reporting: None,
            positions: positions.positions,
            implemented: positions.implemented,
            relation,
            item,
        }
    }

    /// Whether the viewer may know who filed it.
    pub fn shows_filer(&self) -> bool {
        self.relation.reads(self.item.identity_level)
    }

    /// Whether the viewer sees the filing code: submitter and secretariat, before there is a ref.
    pub fn shows_filing_code(&self) -> bool {
        self.relation >= Relation::Secretariat
    }
}

/// The validator of an item for a viewer: it changes with the newest ledger entry about the item that the viewer
/// may see, and with nothing else. Drafts are in no ledger; theirs follows the row. `narrow` is the newest finding
/// that is not noted in the item (see [`ItemPositions::narrow`]).
pub(crate) fn etag(app: &App, item: &Item, relation: Relation, narrow: i64) -> String {
    let changed = item.changed_for(relation);
    let draft = if item.status == Status::Draft { item.version } else { 0 };
    let floor: Level = relation.floor();
    app.sealer.tag(
        "item etag",
        &[
            item.id.0.as_bytes(),
            &floor.rank().to_be_bytes(),
            &changed.position.to_be_bytes(),
            &draft.to_be_bytes(),
            &narrow.to_be_bytes(),
        ],
    )
}
