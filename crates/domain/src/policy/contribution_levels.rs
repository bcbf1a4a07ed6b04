//! Who changes the levels of what civil society added to an item, from which to which.

use std::cmp::Ordering;

use super::{Refusal, when};
use crate::accounts::{Role, Viewer};
use crate::ids::UserId;
use crate::levels::{Axis, Level, is_legal_pair};

/// What is known of a contribution whose levels are to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContributionLevels {
    /// Whether it has levels of its own, and may lose and win readers.
    pub has_levels: bool,
    /// Whether the actor speaks for the organisation that made it.
    pub own: bool,
    /// Who reads what it says.
    pub text: Level,
    /// Who reads who made it.
    pub identity: Level,
    /// Who reads what it is about: the item, or something that was added to it.
    pub about: Level,
    /// Who may know who made it at most: who filed the item, where it says that they made it.
    pub names: Level,
    /// Whether the secretariat narrowed it.
    pub held: bool,
    /// The account that asked for its organisation's name to be made public.
    pub publication_asked_by: Option<UserId>,
}

/// Whether somebody may change a level of what it reads: its author both, the secretariat the text to a narrower one.
pub(super) fn may_change_contribution_level(
    viewer: &Viewer,
    axis: Axis,
    to: Level,
    facts: ContributionLevels,
) -> Result<(), Refusal> {
    let actor = viewer.actor().ok_or(Refusal::Unauthenticated)?;
    let secretariat = actor.role == Role::Secretariat && axis == Axis::Text;
    when(facts.own || secretariat, Refusal::RoleRequired)?;
    when(facts.has_levels, Refusal::LevelFixed)?;
    match axis {
        Axis::Text => may_change_text(to, facts),
        Axis::Identity => may_change_identity(actor.user, to, facts),
    }
}

fn may_change_text(to: Level, facts: ContributionLevels) -> Result<(), Refusal> {
    match to.cmp(&facts.text) {
        Ordering::Equal => Err(Refusal::LevelUnchanged),
        // What was told to the secretariat stays told.
        Ordering::Less => when(to >= Level::Secretariat, Refusal::LevelFixed),
        Ordering::Greater => {
            when(facts.own, Refusal::RoleRequired)?;
            when(!facts.held && to <= facts.about, Refusal::LevelFixed)
        }
    }
}

fn may_change_identity(user: UserId, to: Level, facts: ContributionLevels) -> Result<(), Refusal> {
    when(to != facts.identity, Refusal::LevelUnchanged)?;
    when(is_legal_pair(facts.text, to), Refusal::IdentityWiderThanText)?;
    when(to <= facts.names, Refusal::LevelFixed)?;
    if to == Level::Public {
        let first = facts.publication_asked_by;
        return when(first.is_some() && first != Some(user), Refusal::SecondPersonRequired);
    }
    Ok(())
}
