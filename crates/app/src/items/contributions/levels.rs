//! Widening and narrowing what civil society added to an item.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ContributionId, UserId};
use qadam_domain::items::Item;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Readership, Sight};
use qadam_domain::items::questions::{Answer, Passing, Question};
use qadam_domain::levels::{Axis, Level, may_see_own};
use qadam_domain::policy::{Action, ContributionLevels, identity_after_narrowing};
use qadam_storage::Tx;
use qadam_storage::items::{self as stored, Key, Seen};
use qadam_storage::ledger::{NowRead, withhold};
use serde_json::{Value, json};

use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::items::editing::Editing;
use crate::items::levels::{LevelChangeInput, NarrowingReason};
use crate::items::record::language_map;
use crate::items::view::ItemView;
use crate::ledger::{
    CONTRIBUTION_FILING, ContributionChange, enter_contribution, enter_contribution_narrowing,
    enter_publication_asked,
};

/// Changes a level of something that was added to an item. Gives the item, which notes the change where its readers see
/// it.
pub async fn change_contribution_level(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
    input: LevelChangeInput,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/items/{}", editing.before.id)).await?;
                }
                let before = editing.named(id).await?;
                let of = editing.levels_of(&before).await?;
                editing.may(Action::ChangeContributionLevel { axis: input.axis, to: input.to, of })?;
                Ok::<_, AppError>(change(&editing, &before, of.own, &input).await?.0)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

/// Asks for the name of the author of something to be made public: the first of two voices of its organisation.
pub async fn ask_for_publication(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/items/{}", editing.before.id)).await?;
                }
                let before = editing.named(id).await?;
                let of = ContributionLevels {
                    publication_asked_by: Some(UserId(uuid::Uuid::nil())),
                    ..editing.levels_of(&before).await?
                };
                editing.may(Action::ChangeContributionLevel {
                    axis: Axis::Identity,
                    to: Level::Public,
                    of,
                })?;
                let mut after = before.clone();
                after.version += 1;
                after.readership.publication_asked_by = Some(actor.user);
                enter_publication_asked(&shared, tx, &editing.act, &editing.before, &after).await?;
                stored::update_contribution(tx, &before, &after).await?;
                Ok::<_, AppError>(editing.before)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

impl Editing<'_> {
    /// The contribution to the item that a field of the request names, if the actor reads it.
    async fn named(&self, id: ContributionId) -> Result<Contribution, AppError> {
        let found = self.read_by_actor(Some(id)).await?;
        found.ok_or_else(|| AppError::field("/about", FieldCode::UnknownReference))
    }

    async fn levels_of(&self, contribution: &Contribution) -> Result<ContributionLevels, AppError> {
        let item = self.before.text_level;
        let about = match contribution.content.about() {
            Some(id) => stored::find_contribution(self.tx, id).await?,
            None => None,
        };
        let actor = &self.actor;
        let own = contribution.organisation == Some(actor.organisation)
            && contribution.role == actor.role
            && may_see_own(actor.role, actor.confirmed);
        Ok(ContributionLevels {
            has_levels: contribution.hides_author() && !waits(contribution),
            own,
            text: contribution.sight.text_on(item),
            identity: contribution.sight.identity_on(item),
            about: about.map_or(item, |about| about.sight.text_on(item)),
            names: if says_who_filed(contribution, &self.before) {
                self.before.identity_level
            } else {
                Level::Public
            },
            held: contribution.readership.held,
            publication_asked_by: contribution.readership.publication_asked_by,
        })
    }
}

/// Whether it waits for the secretariat, or was not passed on: then its levels are those of what waits.
fn waits(contribution: &Contribution) -> bool {
    match &contribution.content {
        Content::Question(Question { said, .. }) | Content::Answer(Answer { said, .. }) => {
            said.passing != Passing::PassedOn
        }
        _ => false,
    }
}

async fn change(
    editing: &Editing<'_>,
    before: &Contribution,
    own: bool,
    input: &LevelChangeInput,
) -> Result<(Item, Contribution), AppError> {
    let item = editing.before.text_level;
    let (text, identity) = (before.sight.text_on(item), before.sight.identity_on(item));
    let sight = match input.axis {
        Axis::Text => {
            Sight::Levels { text: input.to, identity: identity_after_narrowing(input.to, identity) }
        }
        Axis::Identity => Sight::Levels { text, identity: input.to },
    };
    // Words about a name would be told to those who are to forget it.
    if input.axis == Axis::Identity && !input.reason.is_empty() {
        return Err(AppError::field("/reason", FieldCode::NotAllowed));
    }
    let narrows = input.axis == Axis::Text && input.to < text;
    let class = match input.reason_class {
        None if narrows && !own => return Err(AppError::field("/reason_class", FieldCode::Required)),
        None if narrows => Some(NarrowingReason::SubmitterRequest),
        class => class.filter(|_| narrows),
    };
    let reason = match class {
        Some(class) => json!({"class": class.code(), "on": editing.act.today.to_string()}),
        None if input.reason.is_empty() => Value::Null,
        None => language_map(&input.reason),
    };
    let held = narrows && !own;
    let (item, after) = relevel(editing, before, sight, held, reason.clone()).await?;
    let told = Told { held, reason };
    Ok((if narrows { follow_narrowing(editing, item, &after, told).await? } else { item }, after))
}

/// Why something is narrowed, and whether its author may not undo it.
struct Told {
    held: bool,
    reason: Value,
}

/// Lets what is about something that was narrowed be read by no more than that is: it names it, and may repeat it.
async fn follow_narrowing(
    editing: &Editing<'_>,
    mut item: Item,
    narrowed: &Contribution,
    told: Told,
) -> Result<Item, AppError> {
    let all = Seen { floors: vec![(item.id, Level::Own)], own: None };
    let kinds = [ContributionKind::Answer, ContributionKind::Evidence];
    let level = narrowed.sight.text_on(item.text_level);
    for one in stored::all_contributions(editing.tx, &all, &kinds).await? {
        if one.content.about() != Some(narrowed.id) || one.sight.text_on(item.text_level) <= level {
            continue;
        }
        let identity = one.sight.identity_on(item.text_level).min(level);
        let sight = Sight::Levels { text: level, identity };
        let continued = editing.continued(item);
        item = relevel(&continued, &one, sight, told.held, told.reason.clone()).await?.0;
    }
    Ok(item)
}

/// Whether it tells, of those who filed an item, that they did: an answer to what submitters are asked.
fn says_who_filed(contribution: &Contribution, item: &Item) -> bool {
    contribution.content.kind() == ContributionKind::Answer
        && contribution.hides_author()
        && contribution.organisation.is_some_and(|organisation| item.filed_by.contains(&organisation))
}

/// Gives a contribution other levels: what wider readers lose is told to them, and what is left is told anew to those
/// who keep it.
async fn relevel(
    editing: &Editing<'_>,
    before: &Contribution,
    sight: Sight,
    held: bool,
    reason: Value,
) -> Result<(Item, Contribution), AppError> {
    let readership =
        Readership { held: held || before.readership.held, publication_asked_by: None, ..before.readership };
    let mut after = Contribution { sight, readership, version: before.version + 1, ..before.clone() };
    let mut item = editing.before.clone();
    enter_contribution_narrowing(editing.app, editing.tx, &editing.act, &mut item, (before, &after), &reason)
        .await?;
    let change = ContributionChange::new("contribution.level_changed", Some(before), reason);
    enter_contribution(editing.app, editing.tx, &editing.act, &mut item, &mut after, change).await?;
    let item = editing.note(item).await?;
    stored::update_contribution(editing.tx, before, &after).await?;
    withhold_earlier(editing.tx, &item, &after).await?;
    let widest = before.sight.text_on(item.text_level).max(after.sight.text_on(item.text_level));
    editing.tell_implementing(&item, &after, widest).await?;
    Ok((item, after))
}

/// Lets earlier entries be read by no more than those who read it now.
async fn withhold_earlier(tx: &Tx, item: &Item, after: &Contribution) -> Result<(), AppError> {
    let id = after.id.to_string();
    let kind = after.content.kind().code();
    for (kind, level) in [
        (kind, after.sight.text_on(item.text_level)),
        (CONTRIBUTION_FILING, after.sight.identity_on(item.text_level)),
    ] {
        withhold(tx, NowRead { kind, id: &id, level }).await?;
    }
    Ok(())
}

/// Lets the name under which submitters answered be known to no more than who filed the item: an answer of the
/// submitter says who that is.
pub(in crate::items) async fn follow_identity(editing: &Editing<'_>, item: Item) -> Result<Item, AppError> {
    let all = Seen { floors: vec![(item.id, Level::Own)], own: None };
    let mut item = item;
    for answer in stored::all_contributions(editing.tx, &all, &[ContributionKind::Answer]).await? {
        let Sight::Levels { text, identity } = answer.sight else { continue };
        if says_who_filed(&answer, &item) && identity > item.identity_level {
            let sight = Sight::Levels { text, identity: item.identity_level };
            let continued = editing.continued(item);
            item = relevel(&continued, &answer, sight, false, Value::Null).await?.0;
        }
    }
    Ok(item)
}
