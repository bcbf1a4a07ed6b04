//! Positions: what the responsible body says beside what others found. Derived from status and findings each time
//! somebody asks, from what they may see; stored nowhere.

use std::collections::BTreeMap;

use super::assessments::{Assessor, Finding, Voice};
use super::contributions::{Content, Contribution};
use super::item::Item;
use super::status::{ClosingResult, Status};
use crate::calendar::AsOf;
use crate::ids::{ContributionId, ItemId};
use crate::levels::Level;

/// What positions need to know of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The finding's identifier.
    pub id: ContributionId,
    /// The item it is about.
    pub item: ItemId,
    /// Who found it.
    pub assessor: Assessor,
    /// Whose voice it is.
    pub voice: Voice,
    /// What was found.
    pub finding: Finding,
    /// The grade on the assessor's own scale.
    pub scale_code: Option<String>,
    /// Since when it holds.
    pub as_of: AsOf,
    /// Its first place in the ledger.
    pub position: i64,
    /// Its newest place in the ledger.
    pub changed: i64,
    /// The level at which it is told.
    pub level: Level,
    /// Whether the viewer may know who found it.
    pub named: bool,
}

impl Found {
    /// What positions need of a contribution, if it is a finding.
    pub fn of(contribution: &Contribution, on: &Item, named: bool) -> Option<Self> {
        let Content::Assessment(assessment) = &contribution.content else { return None };
        Some(Self {
            id: contribution.id,
            item: contribution.item,
            assessor: assessment.assessor.clone(),
            voice: assessment.voice,
            finding: assessment.finding,
            scale_code: assessment.scale_code.clone(),
            as_of: assessment.as_of,
            position: contribution.position,
            changed: contribution.changed,
            level: contribution.sight.text_on(on.text_level),
            named,
        })
    }
}

/// What the responsible body says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatePosition {
    /// The status.
    pub status: Status,
    /// Since when.
    pub as_of: AsOf,
}

/// What one voice says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoicePosition {
    /// How many current findings there are on the item itself, by finding.
    pub counts: BTreeMap<Finding, u64>,
    /// The current findings, newest first; those on items that it implements after its own.
    pub latest: Vec<Found>,
}

/// What all say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Positions {
    /// The responsible body.
    pub state: Option<StatePosition>,
    /// Civil society.
    pub civil_society: Option<VoicePosition>,
    /// Independent institutions.
    pub independent: Option<VoicePosition>,
    /// Mechanisms.
    pub mechanisms: Option<VoicePosition>,
    /// Whether the lead says done and a current finding on the item, or on one that it implements, contradicts.
    pub disagreement: bool,
}

impl Positions {
    /// Whether a finding is one of the current ones.
    pub fn has_latest(&self, id: ContributionId) -> bool {
        let voices = [&self.civil_society, &self.independent, &self.mechanisms];
        voices.into_iter().flatten().any(|voice| voice.latest.iter().any(|found| found.id == id))
    }
}

/// The positions on an item, from the findings on it and on the items it implements that the viewer may see.
pub fn positions(item: &Item, found: &[Found]) -> Positions {
    let current = current(found);
    let voice = |voice| voice_position(item.id, voice, &current);
    Positions {
        state: state_position(item),
        civil_society: voice(Voice::CivilSociety),
        independent: voice(Voice::Independent),
        mechanisms: voice(Voice::Mechanisms),
        disagreement: says_done(item.status, item.closing_result)
            && current.iter().any(|found| found.finding.contradicts_done()),
    }
}

/// Of each assessor the newest finding on each item, newest first: by the day it holds for, then by its place in the
/// ledger.
pub fn current(found: &[Found]) -> Vec<&Found> {
    let mut newest: BTreeMap<(ItemId, &Assessor), &Found> = BTreeMap::new();
    for one in found {
        let held = newest.entry((one.item, &one.assessor)).or_insert(one);
        if age(one) > age(held) {
            *held = one;
        }
    }
    let mut current: Vec<_> = newest.into_values().collect();
    current.sort_by_key(|found| std::cmp::Reverse(age(found)));
    current
}

const fn age(found: &Found) -> (chrono::NaiveDate, i64) {
    (found.as_of.on, found.position)
}

/// Whether the lead says that it was done: reported done, or closed as implemented.
pub fn says_done(status: Status, result: Option<ClosingResult>) -> bool {
    status == Status::ReportedDone || (status == Status::Closed && result == Some(ClosingResult::Implemented))
}

/// Whether the responsible body has spoken when an item stands at a status.
pub const fn body_spoke(status: Status) -> bool {
    matches!(
        status,
        Status::Accepted
            | Status::PartlyAccepted
            | Status::Noted
            | Status::Declined
            | Status::Planned
            | Status::InProgress
            | Status::ReportedDone
            | Status::Closed
    )
}

fn state_position(item: &Item) -> Option<StatePosition> {
    let spoke = body_spoke(item.status) && !item.owners.is_empty();
    spoke.then_some(StatePosition { status: item.status, as_of: item.status_as_of })
}

fn voice_position(item: ItemId, voice: Voice, current: &[&Found]) -> Option<VoicePosition> {
    let of_voice = current.iter().copied().filter(|found| found.voice == voice);
    let (own, implemented): (Vec<&Found>, Vec<&Found>) = of_voice.partition(|found| found.item == item);
    if own.is_empty() && implemented.is_empty() {
        return None;
    }
    let mut counts = BTreeMap::new();
    for found in &own {
        *counts.entry(found.finding).or_insert(0) += 1;
    }
    let latest = own.into_iter().chain(implemented).cloned().collect();
    Some(VoicePosition { counts, latest })
}
