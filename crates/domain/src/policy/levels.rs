//! Who changes the level of a text and of a name, from which to which.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{ItemFacts, Refusal, when};
use crate::accounts::Viewer;
use crate::ids::{OrganisationId, UserId};
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
    // Who hides a name asks nobody.
    if to < item.identity_level {
        return Ok(());
    }
    let actor = viewer.actor().ok_or(Refusal::Unauthenticated)?;
    for filer in &item.parties.filed_by {
        let own = *filer == actor.organisation;
        let missing = if own { Refusal::SecondPersonRequired } else { Refusal::ConsentRequired };
        when(agrees(item, *filer, to, own.then_some(actor.user)), missing)?;
    }
    Ok(())
}

/// Somebody of a filing organisation who agreed to a level of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityVoice {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The account.
    pub user: UserId,
    /// Up to which level.
    pub level: Level,
}

/// Whether a filing organisation agrees to a level of its name: by one of its members, to `public` by two. Who acts for
/// it is one of them.
fn agrees(item: &ItemFacts, filer: OrganisationId, to: Level, acts: Option<UserId>) -> bool {
    let voices = item.identity_voices.iter();
    let of_filer = voices.filter(|voice| voice.organisation == filer && voice.level >= to);
    let people: BTreeSet<UserId> = of_filer.map(|voice| voice.user).chain(acts).collect();
    people.len() >= if to == Level::Public { 2 } else { 1 }
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
