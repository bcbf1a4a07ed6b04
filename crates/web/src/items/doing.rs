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
        let (segment, key) = named(*possibility);
        let first = *possibility == Possibility::Report;
        Doing { name: page.t(key), path: format!("{root}/{segment}"), first }
    };
    let moves = can.moves.iter().filter(|row| row.to != Status::Submitted || item.status != Status::Draft);
    let moves = moves.map(|row| Doing {
        name: page.move_name(row, &item.status),
        path: format!("{root}/move/{}", row.to.code()),
        first: !can.has(Possibility::Report),
    });
    can.others.iter().map(other).chain(moves).collect()
}

/// Where something is done, and the text that names it.
const fn named(possibility: Possibility) -> (&'static str, &'static str) {
    match possibility {
        Possibility::Report => ("report", "doing-report"),
        Possibility::Assess => ("finding", "doing-finding"),
        Possibility::Edit => ("edit", "doing-edit"),
        Possibility::ChangeLevels => ("levels", "levels-title"),
        Possibility::ReviseDeadline => ("deadline", "doing-deadline"),
        Possibility::Ask => ("question", "doing-question"),
        Possibility::AddEvidence => ("evidence", "doing-evidence"),
        Possibility::AddMilestone => ("milestone", "doing-milestone"),
        Possibility::AddIndicator => ("indicator", "doing-indicator"),
        Possibility::AnnounceClosing => ("closing", "doing-closing"),
        Possibility::Delete => ("delete", "filing-delete"),
        Possibility::ChangeOwners => ("owners", "owning-title"),
        Possibility::Link => ("links", "linking-title"),
        Possibility::Split => ("parts", "splitting-title"),
        Possibility::Redact => ("redaction", "redaction-title"),
        Possibility::InviteToFile => ("co-filing", "co_filing-title"),
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
