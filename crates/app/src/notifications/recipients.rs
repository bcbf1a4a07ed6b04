//! Who is told of an entry, and why: those whose organisation filed the item, or one that it implements; the body that
//! owns it; who follows it. Nobody is told of what they may not read, nor of what they did themselves.

use std::collections::{BTreeMap, HashSet};

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, UserId};
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind};
use qadam_domain::items::questions::{Answer, Passing, Question};
use qadam_domain::items::updates::UpdateState;
use qadam_domain::items::{Item, Kind};
use qadam_domain::levels::{Level, Parties};
use qadam_domain::notifications::NotificationReason;
use qadam_ledger::{Payload, Salt, actor_digest};
use qadam_storage::items::{self as stored, Scope};
use qadam_storage::notifications::{About, News};
use qadam_storage::{Reader, accounts, follows};
use serde_json::Value;

use super::rounds::of_round;
use crate::application::App;
use crate::error::AppError;
use crate::ledger::ITEM;
use crate::reporting_rounds::REPORTING_ROUND;

/// Somebody who is told of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) account: UserId,
    pub(super) about: About,
    pub(super) reason: NotificationReason,
}

/// The kind of record of a meeting.
const MEETING: &str = "meeting";

/// How many items of one meeting's change people are told of at most.
const ITEMS_MAX: usize = 200;

/// Who is told of an entry.
pub(super) async fn told_of(app: &App, reader: &Reader, news: &News) -> Result<Vec<Told>, AppError> {
    let Some(opened) = Opened::read(news) else { return Ok(Vec::new()) };
    let mut told = Vec::new();
    if news.subject_type == MEETING {
        for item in opened.newly_discussed() {
            told.extend(of_item(app, reader, news, &opened, item, None).await?);
        }
        return Ok(told);
    }
    if news.subject_type == REPORTING_ROUND {
        return of_round(app, reader, news, &opened.payload).await;
    }
    let contribution = match ContributionKind::from_code(&news.subject_type) {
        Some(_) => {
            let Ok(id) = news.subject_id.parse::<ContributionId>() else { return Ok(told) };
            let Some(found) = stored::find_contribution(reader, id).await? else { return Ok(told) };
            Some(found)
        }
        None => None,
    };
    let item = contribution.as_ref().map(|one| one.item).or(news.item.filter(|_| news.subject_type == ITEM));
    match item {
        Some(item) => of_item(app, reader, news, &opened, item, contribution.as_ref()).await,
        None => Ok(told),
    }
}

/// Who is told of an entry about an item.
async fn of_item(
    app: &App,
    reader: &Reader,
    news: &News,
    opened: &Opened<'_>,
    item: ItemId,
    contribution: Option<&Contribution>,
) -> Result<Vec<Told>, AppError> {
    // Whoever may see it: each of those who are told is asked below.
    let all = stored::find(reader, Scope::everything(), stored::Key::Id(item)).await?;
    let Some(item) = all else { return Ok(Vec::new()) };
    let mut told = Vec::new();
    for (account, reason) in candidates(app, reader, &item, contribution).await? {
        let viewer = Viewer::Account(account);
        let reads = item.relation(&viewer).reads(item.text_level)
            && reads_entry(&viewer, news, &item, contribution)
            && !opened.is_by(account.user);
        if reads {
            told.push(Told { account: account.user, about: About::Item(item.id), reason });
        }
    }
    Ok(told)
}

/// Whether somebody who reads the item reads the entry.
fn reads_entry(viewer: &Viewer, news: &News, item: &Item, contribution: Option<&Contribution>) -> bool {
    let own = contribution.map_or_else(
        || item.filed_by.clone(),
        |contribution| contribution.organisation.into_iter().collect::<Vec<_>>(),
    );
    let is_own = viewer.actor().is_some_and(|actor| own.contains(&actor.organisation));
    // What somebody hidden did in public is told by the day's batch, in an entry of its own.
    if news.sealed && news.level == Level::Public && !is_own {
        return false;
    }
    match contribution {
        // By the level the entry was written at: what was told to a body alone stays so when it is published later.
        Some(contribution) if news.item.is_none() => contribution.relation(viewer, item).reads(news.level),
        None if news.subject_type == MEETING => {
            news.level >= qadam_domain::levels::relation(viewer, &Parties::default()).floor()
        }
        _ => news.level >= item.relation(viewer).floor(),
    }
}

/// Who might be told, each for the strongest reason there is.
async fn candidates(
    app: &App,
    reader: &Reader,
    item: &Item,
    contribution: Option<&Contribution>,
) -> Result<Vec<(Actor, NotificationReason)>, AppError> {
    let waits = contribution.filter(|one| !is_published(one));
    if let Some(waiting) = waits {
        return colleagues(reader, waiting).await;
    }
    let mut reasons: BTreeMap<OrganisationId, NotificationReason> = BTreeMap::new();
    let mut add = |organisation: OrganisationId, reason: NotificationReason| {
        let held = reasons.entry(organisation).or_insert(reason);
        *held = reason.min(*held);
    };
    filers(item).for_each(|filer| add(filer, NotificationReason::Submitted));
    item.owners.iter().for_each(|owner| add(owner.organisation, NotificationReason::Owns));
    // Who asked is told of the answer, and who said something of what became of it.
    let said = contribution
        .filter(|one| matches!(one.content.kind(), ContributionKind::Question | ContributionKind::Answer));
    let spoke = said.into_iter().flat_map(|one| one.organisation.into_iter().chain(one.readership.heard_by));
    spoke.for_each(|organisation| add(organisation, NotificationReason::Wrote));
    let implemented = stored::implemented_by_each(reader, Scope::everything(), &[item.id]).await?;
    for (_, of) in &implemented {
        filers(of).for_each(|filer| add(filer, NotificationReason::ImplementsSubmitted));
    }
    let organisations: Vec<_> = reasons.keys().copied().collect();
    let mut people = accounts::active_of(reader, &organisations).await?;
    let known: HashSet<UserId> = people.iter().map(|actor| actor.user).collect();
    let followers: Vec<UserId> =
        follows::followers(reader, item.id).await?.into_iter().filter(|id| !known.contains(id)).collect();
    people.extend(accounts::active_among(reader, &followers).await?);
    let host = app.directory().host();
    let reason = |actor: &Actor| {
        // The secretariat is everywhere: its people are told of what they follow, as administrators are.
        let of_body =
            !matches!(actor.role, Role::Secretariat | Role::Admin) || Some(actor.organisation) != host;
        let of_organisation = reasons.get(&actor.organisation).copied().filter(|_| of_body);
        let follows = followers.contains(&actor.user).then_some(NotificationReason::Follows);
        of_organisation.or(follows)
    };
    Ok(people.into_iter().filter_map(|actor| reason(&actor).map(|reason| (actor, reason))).collect())
}

/// Who submitted an item: bodies own what they draft themselves.
fn filers(item: &Item) -> impl Iterator<Item = OrganisationId> + '_ {
    item.filed_by.iter().copied().filter(|_| item.kind == Kind::Proposal)
}

/// Those whom something concerns that is not published: the approvers for whom a report waits, who wrote it where it came
/// back, and who said what the secretariat did not pass on.
async fn colleagues(
    reader: &Reader,
    waiting: &Contribution,
) -> Result<Vec<(Actor, NotificationReason)>, AppError> {
    let body: Vec<_> = waiting.organisation.into_iter().collect();
    let people = accounts::active_of(reader, &body).await?;
    let update = match &waiting.content {
        Content::Update(update) => update,
        Content::Question(Question { said, .. }) | Content::Answer(Answer { said, .. })
            if said.passing == Passing::NotPassedOn =>
        {
            return Ok(people.into_iter().map(|actor| (actor, NotificationReason::Wrote)).collect());
        }
        _ => return Ok(Vec::new()),
    };
    let told = |actor: &Actor| match update.state {
        UpdateState::AwaitingApproval if actor.role == Role::Approver => Some(NotificationReason::Approves),
        UpdateState::Returned if actor.user == waiting.user => Some(NotificationReason::Wrote),
        _ => None,
    };
    Ok(people.into_iter().filter_map(|actor| told(&actor).map(|reason| (actor, reason))).collect())
}

const fn is_published(contribution: &Contribution) -> bool {
    match &contribution.content {
        Content::Update(update) => matches!(update.state, UpdateState::Published),
        Content::Assessment(_)
        | Content::ClosingNotice(_)
        | Content::Milestone(_)
        | Content::Indicator(_)
        | Content::Evidence(_) => true,
        Content::Question(Question { said, .. }) | Content::Answer(Answer { said, .. }) => {
            matches!(said.passing, Passing::PassedOn)
        }
    }
}

/// A payload, as far as it matters who acted and what a meeting discusses.
struct Opened<'a> {
    payload: Payload,
    salt: &'a [u8],
}

impl<'a> Opened<'a> {
    fn read(news: &'a News) -> Option<Self> {
        let (text, salt) = news.opened.as_ref()?;
        let value: Value = serde_json::from_str(text).ok()?;
        Some(Self { payload: Payload::from_json(&value).ok()?, salt })
    }

    /// Whether this account acted.
    fn is_by(&self, user: UserId) -> bool {
        let Ok(salt) = <[u8; 32]>::try_from(self.salt) else { return false };
        actor_digest(&Salt::from_bytes(salt), user.0) == self.payload.actor.digest
    }

    /// The items that stand on the agenda of a meeting since this entry.
    fn newly_discussed(&self) -> Vec<ItemId> {
        let before: HashSet<ItemId> = discussed(&self.payload.before).into_iter().collect();
        // Without it among what changed, the agenda is as it was.
        let changed = self.payload.before.get("agenda").is_some() || self.payload.before.is_null();
        let mut items: Vec<ItemId> = Vec::new();
        for item in discussed(&self.payload.after).into_iter().filter(|_| changed) {
            if !before.contains(&item) && !items.contains(&item) {
                items.push(item);
            }
        }
        items.truncate(ITEMS_MAX);
        items
    }
}

/// The items on the agenda in a meeting's record.
fn discussed(record: &Value) -> Vec<ItemId> {
    let lines = record.get("agenda").and_then(Value::as_array).into_iter().flatten();
    let items = lines.filter_map(|line| line.get("items").and_then(Value::as_array)).flatten();
    items.filter_map(|item| item.as_str().and_then(|id| id.parse().ok())).collect()
}
