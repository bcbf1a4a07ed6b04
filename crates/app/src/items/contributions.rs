//! What organisations add to items: what is common to findings, reports, announcements, milestones, indicators.

mod adding;
mod levels;
mod record;
mod redaction;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{
    Content, Contribution, ContributionKind, Readership, Sight, relation_as_other,
};
use qadam_domain::items::positions::Positions;
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::{Level, may_see_own};
use qadam_storage::items::{self as stored, Key, Seen};
use serde_json::Value;

use super::editing::{Editing, find_visible};

use super::view::ItemView;
use crate::application::App;
use crate::error::AppError;
use crate::ledger::{ContributionChange, enter_contribution};
use crate::random::uuid;
use crate::readings::{hear_added, hear_items};

pub(super) use adding::contributor;
pub use adding::{Adding, Addition, Continuation, add, go_on, may_add};
pub(super) use levels::follow_identity;
pub use levels::{ask_for_publication, change_contribution_level};
pub use record::contribution_record;
pub(crate) use redaction::{CONTRIBUTION_REDACTED, remove_words};

/// A contribution as one viewer sees it.
#[derive(Debug, Clone)]
pub struct ContributionView {
    /// The contribution.
    pub contribution: Contribution,
    /// Whether the viewer may know who made it.
    pub named: bool,
    /// Whether it is a finding that a newer one of the same assessor supersedes, as far as the viewer sees.
    pub superseded: bool,
}

impl ContributionView {
    /// A contribution as a viewer sees it who reads it.
    pub fn new(contribution: Contribution, viewer: &Viewer, item: &Item) -> Self {
        let named = contribution.author_is_read_by(viewer, item);
        Self { contribution, named, superseded: false }
    }

    /// The same, where positions tell which findings are current.
    pub(super) fn judged_by(self, positions: &Positions) -> Self {
        let finding = self.contribution.content.kind() == ContributionKind::Assessment;
        Self { superseded: finding && !positions.has_latest(self.contribution.id), ..self }
    }
}

/// A contribution that was made or changed, with the item as it then stands.
#[derive(Debug)]
pub struct Contributed {
    /// The item.
    pub item: ItemView,
    /// The contribution.
    pub contribution: ContributionView,
}

impl Contributed {
    pub(super) async fn load(
        app: &App,
        viewer: &Viewer,
        item: Item,
        contribution: Contribution,
    ) -> Result<Self, AppError> {
        // On the heap, as in `ItemView::load`.
        let loading = async move {
            hear_added(app, viewer, &item, &contribution)?;
            let contribution = ContributionView::new(contribution, viewer, &item);
            let item = ItemView::load(app, viewer, item).await?;
            Ok(Self { contribution: contribution.judged_by(&item.positions), item })
        };
        Box::pin(loading).await
    }
}

/// One contribution to an item, if the viewer reads it and it is of this kind.
pub async fn contribution(
    app: &App,
    viewer: &Viewer,
    key: Key,
    kind: ContributionKind,
    id: ContributionId,
) -> Result<Contributed, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let found = stored::find_contribution(&reader, id).await?;
    let found = found
        .filter(|one| one.item == item.id && one.content.kind() == kind && one.is_read_by(viewer, &item))
        .ok_or(AppError::NotFound)?;
    Contributed::load(app, viewer, item, found).await
}

/// What a viewer who reads some items reads of the contributions to them.
pub(crate) fn seen<'a>(viewer: &Viewer, items: impl IntoIterator<Item = &'a Item>) -> Seen {
    let own = viewer.actor().filter(|actor| may_see_own(actor.role, actor.confirmed));
    Seen {
        floors: items.into_iter().map(|item| (item.id, relation_as_other(viewer, item).floor())).collect(),
        own: own.map(|actor| actor.organisation),
    }
}

/// The contributions of some kinds to an item that the viewer may read, oldest first; at most 1,000.
pub(super) async fn contributions(
    app: &App,
    viewer: &Viewer,
    key: Key,
    kinds: &[ContributionKind],
) -> Result<(Item, Vec<ContributionView>), AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let found = stored::contributions(&reader, &seen(viewer, [&item]), kinds).await?;
    found.iter().try_for_each(|one| hear_added(app, viewer, &item, one))?;
    hear_items(app, viewer, [&item], true)?;
    let views = found.into_iter().map(|one| ContributionView::new(one, viewer, &item)).collect();
    Ok((item, views))
}

impl Editing<'_> {
    /// A contribution of the actor, in no ledger yet.
    pub(super) fn contribution(&self, content: Content, sight: Sight) -> Contribution {
        Contribution {
            id: ContributionId(uuid(self.app.random.as_ref())),
            item: self.before.id,
            organisation: Some(self.actor.organisation),
            role: self.actor.role,
            user: self.actor.user,
            sight,
            readership: Readership::default(),
            recorded_on: self.act.today,
            position: 0,
            changed: 0,
            version: 1,
            content,
        }
    }

    /// The contribution to the item with this identifier, if the actor reads it and it is of this kind.
    pub(super) async fn contributed(
        &self,
        id: ContributionId,
        kind: ContributionKind,
    ) -> Result<Contribution, AppError> {
        let found = stored::find_contribution(self.tx, id).await?;
        found
            .filter(|one| one.item == self.before.id && one.content.kind() == kind)
            .filter(|one| one.is_read_by(&self.viewer(), &self.before))
            .ok_or(AppError::NotFound)
    }

    /// Saves a new contribution with its ledger entry. Gives the item, which notes the change.
    pub(super) async fn contribute(
        &self,
        mut made: Contribution,
        action: &'static str,
        reason: Value,
    ) -> Result<(Item, Contribution), AppError> {
        let item = self.enter(&mut made, None, action, reason).await?;
        stored::insert_contribution(self.tx, &made).await?;
        self.tell_implementing(&item, &made, made.sight.text_on(item.text_level)).await?;
        Ok((item, made))
    }

    /// Saves a changed contribution with its ledger entry. Gives the item, which notes the change.
    pub(super) async fn change_contribution(
        &self,
        before: &Contribution,
        mut after: Contribution,
        action: &'static str,
        reason: Value,
    ) -> Result<(Item, Contribution), AppError> {
        after.version = before.version + 1;
        let entered = (before.position > 0).then_some(before);
        let item = self.enter(&mut after, entered, action, reason).await?;
        stored::update_contribution(self.tx, before, &after).await?;
        self.tell_implementing(&item, &after, after.sight.text_on(item.text_level)).await?;
        Ok((item, after))
    }

    /// Notes a change of a finding, read at a level, in the items that implement the one it is about: their positions
    /// count it too.
    async fn tell_implementing(
        &self,
        item: &Item,
        changed: &Contribution,
        level: Level,
    ) -> Result<(), AppError> {
        if level < Level::Members || changed.content.kind() != ContributionKind::Assessment {
            return Ok(());
        }
        for before in stored::implementing(self.tx, item.id).await? {
            let mut after = before.clone();
            for (reader, noted) in Level::ALL.into_iter().zip(after.changed.iter_mut()) {
                if reader <= level {
                    noted.position = changed.changed;
                }
            }
            after.version += 1;
            stored::update(self.tx, &before, &after).await?;
        }
        Ok(())
    }

    async fn enter(
        &self,
        after: &mut Contribution,
        before: Option<&Contribution>,
        action: &'static str,
        reason: Value,
    ) -> Result<Item, AppError> {
        let mut item = self.before.clone();
        let change = ContributionChange::new(action, before, reason);
        enter_contribution(self.app, self.tx, &self.act, &mut item, after, change).await?;
        self.note(item).await
    }

    /// Saves the item where its readers are told of something that was added to it.
    pub(super) async fn note(&self, mut item: Item) -> Result<Item, AppError> {
        if item.changed != self.before.changed {
            item.version = self.before.version + 1;
            stored::update(self.tx, &self.before, &item).await?;
        }
        Ok(item)
    }
}

/// Tells those who read the item since it was widened of the contributions that they read with it: what was told before
/// stays at the level at which it was told.
pub(super) async fn follow_widening(editing: &Editing<'_>, after: &mut Item) -> Result<(), AppError> {
    let before = &editing.before;
    if after.text_level <= before.text_level || before.status == Status::Draft {
        return Ok(());
    }
    let all = Seen { floors: vec![(after.id, Level::Own)], own: None };
    for contribution in stored::all_contributions(editing.tx, &all, &[]).await? {
        let (was, is) =
            (contribution.sight.text_on(before.text_level), contribution.sight.text_on(after.text_level));
        if contribution.position == 0 || is <= was {
            continue;
        }
        let mut told = Contribution { version: contribution.version + 1, ..contribution.clone() };
        let change = ContributionChange::new("contribution.widened", None, Value::Null);
        enter_contribution(editing.app, editing.tx, &editing.act, after, &mut told, change).await?;
        stored::update_contribution(editing.tx, &contribution, &told).await?;
    }
    Ok(())
}
