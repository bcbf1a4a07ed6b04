//! What somebody is to an item.

use super::{ItemFacts, files};
use crate::accounts::{Actor, Role, Viewer};
use crate::items::moves::Mover;
use crate::levels::{Relation, relation};

/// Everything the viewer is to the item that moves and edits ask for.
///
/// A body's draft is its filer's; the lead of it is the same body.
pub fn movers(viewer: &Viewer, item: &ItemFacts) -> Vec<Mover> {
    let Some(actor) = viewer.actor() else { return Vec::new() };
    let mut movers = Vec::with_capacity(2);
    if relation(viewer, &item.parties) == Relation::Submitter && files_here(actor, item) {
        movers.push(Mover::Submitter);
    }
    if actor.role.speaks_for_body() && item.lead == Some(actor.organisation) {
        movers.push(Mover::Lead);
    }
    if actor.role == Role::Secretariat {
        movers.push(Mover::Secretariat);
    }
    movers
}

/// Whether the actor's role is the one that files items of this kind.
const fn files_here(actor: &Actor, item: &ItemFacts) -> bool {
    files(actor.role, item.kind)
}
