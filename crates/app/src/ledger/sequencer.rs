//! Admission to the tree.
//!
//! Open entries are admitted as they were made, within a second. Sealed ones wait for the day's batch and are
//! admitted in random order, so that neither hour nor order of what was confidential can be read from the tree.
//! The batch also writes what the public may see of what hidden submitters did the day before.
//!
//! Any node may do it: admission is a write like every other, and writes take turns.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::items::Item;
use qadam_domain::levels::Level;
use qadam_ledger::{Checkpoint, Day, Description, Frontier, Instant, Leaf, LeafActor, Node, Subject};
use qadam_storage::ledger::{self as stored, Admitted, Waiting};
use qadam_storage::{Tx, items as stored_items};

use super::{ITEM, contributions, day_checkpoint, enter_public_rendition, signing_keys};
use crate::application::App;
use crate::error::AppError;
use crate::random::bytes;

/// How many entries one write admits at most.
const BATCH: u64 = 2_000;

/// How often other nodes' entries and the turn of the day are looked for.
const TICK: Duration = Duration::from_millis(500);

/// How long entries gather after the first: one commit and one signature then serve all that came meanwhile, and
/// a lone write does not wait behind its own admission.
const GATHERING: Duration = Duration::from_millis(200);

/// Actions of hidden submitters that the public learns of by the day's batch.
const TOLD_LATER: [&str; 3] = ["item.status_changed", "item.edited", "item.linked"];

/// Admits entries until the future is dropped.
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.sequencer.notified() => tokio::time::sleep(GATHERING).await,
            _ = tick.tick() => {}
        }
        if let Err(error) = admit_due(&app).await {
            tracing::warn!(%error, "entries were not admitted to the ledger; trying again");
        }
    }
}

/// Admits every entry that is due and signs the tree. How many there were.
pub async fn admit_due(app: &Arc<App>) -> Result<usize, AppError> {
    let mut admitted = 0;
    // What the public is told names organisations, which other nodes may have changed.
    app.newest_public().await?;
    // Looked for outside the write: with nothing to do, nobody waits.
    while has_work(app).await? {
        let shared = Arc::clone(app);
        admitted +=
            app.store.write(move |tx| Box::pin(async move { admit_batch(&shared, tx).await })).await?;
    }
    day_checkpoint::refresh(app).await?;
    Ok(admitted)
}

async fn has_work(app: &App) -> Result<bool, AppError> {
    let reader = app.store.read();
    let unsigned = stored::checkpoint(&reader).await?.is_none();
    Ok(unsigned || !stored::waiting(&reader, app.today(), 1).await?.is_empty())
}

/// Admits, inside a write, what waits to be admitted now: an entry that names leaves must find those of what was told a
/// moment ago.
pub(crate) async fn admit_waiting(app: &Arc<App>, tx: &Tx) -> Result<(), AppError> {
    while !stored::waiting(tx, app.today(), 1).await?.is_empty() {
        admit_batch(app, tx).await?;
    }
    Ok(())
}

async fn admit_batch(app: &Arc<App>, tx: &Tx) -> Result<usize, AppError> {
    let mut waiting = stored::waiting(tx, app.today(), BATCH).await?;
    shuffle_daily(app, &mut waiting);
    let size = stored::size(tx).await?;
    let known = stored::nodes(tx, &Frontier::addresses(size)).await?;
    let mut frontier = Frontier::load(size, |address| known.get(&address).copied()).map_err(broken)?;
    let mut leaves = Vec::with_capacity(waiting.len());
    let mut nodes: Vec<Node> = Vec::new();
    for entry in &waiting {
        let leaf = leaf(app, frontier.size(), entry)?;
        leaves.push(Admitted {
            seq: frontier.size(),
            position: entry.position,
            leaf: leaf.canonical_json().map_err(broken)?,
        });
        nodes.extend(frontier.append(leaf.hash().map_err(broken)?).map_err(broken)?);
    }
    stored::admit(tx, &leaves, &nodes).await?;
    sign(app, tx, &frontier).await?;
    tell_public(app, tx, &waiting).await?;
    Ok(leaves.len())
}

/// Open entries keep their order and come first; those of the day's batch follow in random order.
fn shuffle_daily(app: &App, waiting: &mut [Waiting]) {
    waiting.sort_by_cached_key(|entry| {
        let order = if entry.daily {
            u64::from_be_bytes(bytes(app.random.as_ref()))
        } else {
            u64::try_from(entry.position).unwrap_or_default()
        };
        (entry.daily, order)
    });
}

fn leaf(app: &App, seq: u64, entry: &Waiting) -> Result<Leaf, AppError> {
    if entry.sealed {
        let day = Day::new(app.today()).map_err(broken)?;
        return Leaf::sealed(seq, day, entry.digest).map_err(broken);
    }
    let at = Instant::from_epoch_milliseconds(app.now().0).map_err(broken)?;
    let description = Description {
        action: entry.action.clone(),
        subject: Subject {
            kind: entry.subject_type.clone(),
            id: entry.subject_id.clone(),
            reference: entry.subject_ref.clone(),
        },
        actor: LeafActor { role: entry.actor_role.clone(), organisation: entry.actor_organisation.clone() },
    };
    Leaf::open(seq, at.into(), description, entry.digest).map_err(broken)
}

async fn sign(app: &App, tx: &Tx, frontier: &Frontier) -> Result<(), AppError> {
    let size = frontier.size();
    if stored::checkpoint(tx).await?.is_some_and(|(newest, _)| newest == size) {
        return Ok(());
    }
    signing_keys::check_present(tx, app.signer.verifier()).await?;
    let checkpoint = Checkpoint { origin: app.signer.verifier().name().clone(), size, root: frontier.root() };
    let note = checkpoint.sign(&[&app.signer]).map_err(broken)?;
    stored::insert_checkpoint(tx, size, &note.to_string(), app.now()).await?;
    Ok(())
}

/// Writes what the public may see of sealed changes to public items.
async fn tell_public(app: &Arc<App>, tx: &Tx, admitted: &[Waiting]) -> Result<(), AppError> {
    for entry in admitted.iter().filter(|entry| entry.sealed && entry.level == Level::Public) {
        let Some(item) = entry.text_of else { continue };
        let scope = stored_items::Scope::visible_to(Viewer::Anonymous);
        let Some(mut item) = stored_items::find(tx, scope, stored_items::Key::Id(item)).await? else {
            continue;
        };
        if entry.subject_type == ITEM {
            let told = |action: &&str| *action == entry.action;
            let action = TOLD_LATER.into_iter().find(told).unwrap_or("item.changed");
            tell(app, tx, entry.entered_on, action, &mut item).await?;
        } else {
            tell_contribution(app, tx, entry, &mut item).await?;
        }
    }
    Ok(())
}

async fn tell(
    app: &Arc<App>,
    tx: &Tx,
    day: NaiveDate,
    action: &'static str,
    item: &mut Item,
) -> Result<(), AppError> {
    let position = enter_public_rendition(app, tx, day, action, item).await?;
    save_position(tx, item, position).await
}

/// Tells the public of a contribution by somebody who is hidden, if it reads it still.
async fn tell_contribution(
    app: &Arc<App>,
    tx: &Tx,
    entry: &Waiting,
    item: &mut Item,
) -> Result<(), AppError> {
    let Ok(id) = entry.subject_id.parse() else { return Ok(()) };
    let Some(before) = stored_items::find_contribution(tx, id).await? else { return Ok(()) };
    if !before.is_read_by(&Viewer::Anonymous, item) {
        return Ok(());
    }
    let day = entry.entered_on;
    let action = "contribution.made";
    let position = contributions::enter_public_rendition(app, tx, day, action, item, &before).await?;
    let mut after = before.clone();
    after.changed = position;
    after.version += 1;
    stored_items::update_contribution(tx, &before, &after).await?;
    save_position(tx, item, position).await
}

/// Notes in an item, for all its readers, that an entry about it was written.
async fn save_position(tx: &Tx, item: &mut Item, position: i64) -> Result<(), AppError> {
    let before = item.clone();
    for changed in &mut item.changed {
        changed.position = position;
    }
    item.version += 1;
    Ok(stored_items::update(tx, &before, item).await?)
}

fn broken(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(format!("the ledger's tree: {error}"))
}
