//! Who changes the level of a text and of a name, from which to which.

use std::cmp::Ordering;

use super::{ItemFacts, Refusal, when};
use crate::accounts::Viewer;
use crate::items::moves::Mover;
use crate::items::{Kind, Status};
use crate::levels::{Axis, Level, is_legal_pair};

/// Whether these movers of an item may change a level of it.
pub(super) fn may_change_level(
    viewer: &Viewer,
    movers: &[Mover],
    item: &ItemFacts,
    axis: Axis,
    to: Level,
) -> Result<(), Refusal> {
    when(!movers.is_empty(), Refusal::RoleRequired)?;
    when(item.kind == Kind::Proposal && item.status != Status::Draft, Refusal::LevelFixed)?;
    match axis {
        Axis::Text => may_change_text_level(movers, item, to),
        Axis::Identity => may_change_identity_level(viewer, movers, item, to),
    }
}

fn may_change_text_level(movers: &[Mover], item: &ItemFacts, to: Level) -> Result<(), Refusal> {
    let (submitter, secretariat) = (movers.contains(&Mover::Submitter), movers.contains(&Mover::Secretariat));
    when(submitter || secretariat, Refusal::RoleRequired)?;
    match to.cmp(&item.text_level) {
        Ordering::Equal => Err(Refusal::LevelUnchanged),
        // Narrowing takes the name along (see `identity_after_narrowing`) and needs no consent. Back to a draft's
        // level there is no way: what was filed stays with the secretariat until withdrawn.
        Ordering::Less => when(to >= Level::Secretariat, Refusal::LevelFixed),
        Ordering::Greater => {
            when(secretariat, Refusal::RoleRequired)?;
            when(item.text_consent.is_some_and(|consent| consent >= to), Refusal::ConsentRequired)
        }
    }
}

fn may_change_identity_level(
    viewer: &Viewer,
    movers: &[Mover],
    item: &ItemFacts,
    to: Level,
) -> Result<(), Refusal> {
    when(movers.contains(&Mover::Submitter), Refusal::RoleRequired)?;
    when(to != item.identity_level, Refusal::LevelUnchanged)?;
    when(is_legal_pair(item.text_level, to), Refusal::IdentityWiderThanText)?;
    if to == Level::Public {
        let first = item.identity_publication_asked_by;
        let second = viewer.actor().map(|actor| actor.user);
        return when(first.is_some() && first != second, Refusal::SecondPersonRequired);
    }
    Ok(())
}

/// The identity level that goes with a text level that was narrowed: never wider than the text.
pub fn identity_after_narrowing(text: Level, identity: Level) -> Level {
    identity.min(text)
}

/// The consent that remains when the submitter itself narrows its text: none to anything wider, or the secretariat
/// could undo the narrowing at once.
pub fn consent_after_narrowing(text: Level, consent: Option<Level>) -> Option<Level> {
    consent.map(|level| level.min(text))
}
