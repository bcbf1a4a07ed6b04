//! What can be done with an item, as the page of the item offers it.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use qadam_app::items::{Possibilities, Possibility};
use qadam_domain::items::moves::Move;
use qadam_domain::items::{Item, Status};

use crate::page::Page;

/// Something that can be done: where, and what it is called.
#[derive(Debug)]
pub(crate) struct Doing {
    pub(crate) name: String,
    pub(crate) path: String,
    /// Whether it is what is usually done next.
    pub(crate) first: bool,
}

/// What the viewer is offered to do with an item; reports first, for they are what most come for.
pub(crate) fn doings(page: &Page, item: &Item, can: &Possibilities) -> Vec<Doing> {
    let root = page.item_path(item);
    let other = |possibility: &Possibility| {
        let (segment, key) = named(*possibility)?;
        let first = *possibility == Possibility::Report;
        Some(Doing { name: page.t(key), path: format!("{root}/{segment}"), first })
    };
    let moves = can.moves.iter().filter(|row| row.to != Status::Submitted || item.status != Status::Draft);
    let moves = moves.map(|row| Doing {
        name: page.move_name(row, &item.status),
        path: format!("{root}/move/{}", row.to.code()),
        first: !can.has(Possibility::Report),
    });
    can.others.iter().filter_map(other).chain(moves).collect()
}

/// Where something is done, and the text that names it; nothing where no page does it yet.
const fn named(possibility: Possibility) -> Option<(&'static str, &'static str)> {
    match possibility {
        Possibility::Report => Some(("report", "doing-report")),
        Possibility::Assess => Some(("finding", "doing-finding")),
        Possibility::Edit => Some(("edit", "doing-edit")),
        Possibility::ChangeLevels => Some(("levels", "levels-title")),
        Possibility::ReviseDeadline => Some(("deadline", "doing-deadline")),
        Possibility::Ask => Some(("question", "doing-question")),
        Possibility::AddEvidence => Some(("evidence", "doing-evidence")),
        Possibility::AddMilestone => Some(("milestone", "doing-milestone")),
        Possibility::AddIndicator => Some(("indicator", "doing-indicator")),
        Possibility::AnnounceClosing => Some(("closing", "doing-closing")),
        Possibility::Delete => Some(("delete", "filing-delete")),
        Possibility::ChangeOwners | Possibility::Link | Possibility::Split | Possibility::InviteToFile => {
            None
        }
    }
}

impl Page {
    /// What a move is called by whoever makes it.
    pub(crate) fn move_name(&self, row: &Move, from: &Status) -> String {
        let of_kind = format!("move-{}-{}", row.kind.code(), row.to.code());
        let back = row.to == Status::InProgress && matches!(from, Status::ReportedDone | Status::Closed);
        let key = if back { "move-reopen".to_owned() } else { of_kind };
        if qadam_localisation::exists(&key) {
            self.t(&key)
        } else {
            self.t(&format!("move-{}", row.to.code()))
        }
    }
}
