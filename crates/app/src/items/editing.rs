//! A change of one item inside a write transaction: load and authorize, then save with the ledger entry.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::items::reference::Reference;
use qadam_domain::items::{ChangedAt, Item, Kind, Status};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, IdentityVoice, ItemFacts, Subject, may};
use qadam_storage::items::{self as stored, Consent, Key, Scope};
use qadam_storage::{Db, Tx, accounts};

use super::contributions::follow_widening;
use super::positions::positions_on;
use super::response::follow_status;
use super::view::etag;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::ledger::{Act, ItemChange, Written, enter_item};
use crate::meetings;
use crate::precondition::IfMatch;
use crate::reporting_rounds;

/// An item being changed.
pub(crate) struct Editing<'a> {
    pub(crate) app: &'a Arc<App>,
    pub(crate) tx: &'a Tx,
    pub(crate) act: Act,
    pub(crate) actor: Actor,
    /// As it was read.
    pub(crate) before: Item,
    /// What decisions need to know of it.
    pub(crate) facts: ItemFacts,
}

impl<'a> Editing<'a> {
    /// Loads an item that the actor sees, and checks the condition of the change: 404 before 412.
    pub(crate) async fn open(
        app: &'a Arc<App>,
        tx: &'a Tx,
        actor: Actor,
        key: Key,
        condition: Option<&IfMatch>,
    ) -> Result<Self, AppError> {
        let viewer = Viewer::Account(actor);
        let before = find_visible(tx, &viewer, key).await?;
        check_condition(app, tx, &viewer, &before, condition).await?;
        // Only what was filed by somebody else than its owner has consents.
        let consents = match before.kind {
            Kind::Proposal => stored::consents(tx, before.id).await?,
            Kind::Commitment | Kind::Recommendation => Vec::new(),
        };
        Ok(Self::of(app, tx, actor, before, &consents))
    }

    /// A change of an item that was found in another way than by seeing it.
    pub(super) fn of(
        app: &'a Arc<App>,
        tx: &'a Tx,
        actor: Actor,
        before: Item,
        consents: &[Consent],
    ) -> Self {
        let facts = facts(&before, consents);
        Self { app, tx, act: Act::of(app, Some(&actor)), actor, before, facts }
    }

    /// The same item after a first change of it in the same write.
    pub(super) fn continued(&self, item: Item) -> Self {
        let facts = ItemFacts {
            text_consent: self.facts.text_consent,
            identity_voices: self.facts.identity_voices.clone(),
            ..facts(&item, &[])
        };
        Self { app: self.app, tx: self.tx, act: self.act, actor: self.actor, before: item, facts }
    }

    /// Whether somebody of the actor's body approves what its officers report.
    pub(super) async fn body_has_approver(&self) -> Result<bool, AppError> {
        Ok(accounts::has_active(self.tx, self.actor.organisation, Role::Approver).await?)
    }

    /// The viewer.
    pub(crate) const fn viewer(&self) -> Viewer {
        Viewer::Account(self.actor)
    }

    /// Whether the actor may do this to the item.
    pub(crate) fn may(&self, action: Action) -> Result<(), AppError> {
        Ok(may(&self.viewer(), action, Subject::Item(&self.facts))?)
    }

    /// Saves the item as it is after the change: lets its clock follow its status, numbers it at first publication,
    /// enters it into the ledger (unless it is a draft still), and writes the row.
    pub(crate) async fn save(
        &self,
        mut after: Item,
        change: ItemChange,
    ) -> Result<(Item, Option<Written>), AppError> {
        after.version = self.before.version + 1;
        if after.status != self.before.status {
            follow_status(self.app, &mut after, self.act.today);
        }
        publish(self.app, self.tx, &mut after).await?;
        let mut written = None;
        if after.status != Status::Draft {
            let entry =
                enter_item(self.app, self.tx, &self.act, Some(&self.before), &mut after, change).await?;
            written = Some(entry);
        }
        if after.status == Status::Draft {
            // In no ledger: it has one time for whoever sees it.
            after.changed = after.changed.map(|changed| ChangedAt { at: self.act.at, ..changed });
        }
        follow_widening(self, &mut after).await?;
        stored::update(self.tx, &self.before, &after).await?;
        meetings::follow_item(self.app, self.tx, &self.act, &self.before, &after).await?;
        reporting_rounds::follow_item(self.app, self.tx, &self.act, &self.before, &after).await?;
        Ok((after, written))
    }
}

/// Whether the viewer read the item as it is now, where the change is conditional on that.
pub(super) async fn check_condition(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    item: &Item,
    condition: Option<&IfMatch>,
) -> Result<(), AppError> {
    let Some(condition) = condition else { return Ok(()) };
    let positions = positions_on(db, viewer, std::slice::from_ref(item)).await?;
    let narrow = positions.first().map_or(0, |positions| positions.narrow);
    let current = etag(app, item, item.relation(viewer), narrow);
    if condition.allows(&current) { Ok(()) } else { Err(Code::PreconditionFailed.into()) }
}

/// Numbers an item that has become public, and fixes its original due date.
pub(crate) async fn publish(app: &App, tx: &Tx, item: &mut Item) -> Result<(), AppError> {
    if item.text_level != Level::Public || item.reference.is_some() {
        return Ok(());
    }
    let year = chrono::Datelike::year(&app.today());
    let number = stored::next_number(tx, item.kind, year).await?;
    item.reference = Some(Reference { kind: item.kind, year, number });
    item.original_due_on = item.original_due_on.or(item.due.map(|due| due.on));
    Ok(())
}

/// What decisions need to know of an item.
pub(crate) fn facts(item: &Item, consents: &[Consent]) -> ItemFacts {
    ItemFacts {
        kind: item.kind,
        status: item.status,
        text_level: item.text_level,
        identity_level: item.identity_level,
        parties: item.parties(),
        lead: item.lead(),
        owners: item.owners.iter().map(|owner| owner.organisation).collect(),
        text_consent: consented(item, consents),
        identity_voices: consents
            .iter()
            .filter(|consent| consent.axis == Axis::Identity)
            .map(|consent| IdentityVoice {
                organisation: consent.organisation,
                user: consent.user,
                level: consent.level,
            })
            .collect(),
    }
}

/// The widest text level that every filing organisation consented to.
pub(crate) fn consented(item: &Item, consents: &[Consent]) -> Option<Level> {
    let widest = |organisation| {
        consents
            .iter()
            .filter(|consent| consent.axis == Axis::Text && consent.organisation == organisation)
            .map(|consent| consent.level)
            .max()
    };
    item.filed_by.iter().map(|organisation| widest(*organisation)).min().flatten()
}

/// The item, if the viewer sees it; else that it is gone, for those who could read it; else nothing.
pub(crate) async fn find_visible(db: &impl Db, viewer: &Viewer, key: Key) -> Result<Item, AppError> {
    if let Some(item) = stored::find(db, Scope::visible_to(*viewer), key).await? {
        return Ok(item);
    }
    match stored::narrowing(db, key).await? {
        Some((item, narrowing)) if item.relation(viewer).reads(narrowing.from) => Err(AppError::Gone {
            reference: item.reference.map(|reference| reference.to_string()),
            on: narrowing.on,
            reason: narrowing.reason,
        }),
        _ => Err(AppError::NotFound),
    }
}
