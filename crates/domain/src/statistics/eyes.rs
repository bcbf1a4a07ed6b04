//! A viewer, ready to look at many rows.

use super::names::{NOTHING, Names};
use super::row::Row;
use crate::accounts::Viewer;
use crate::levels::{Level, Relation, Standing, relation_of};

/// A viewer, ready to look at many rows.
#[derive(Debug, Clone, Copy)]
pub struct Eyes {
    viewer: Viewer,
    organisation: u16,
}

impl Eyes {
    /// A viewer's eyes on rows with these names.
    pub fn of(viewer: Viewer, names: &Names) -> Self {
        let known = viewer.actor().and_then(|actor| names.organisations.find(&actor.organisation));
        Self { viewer, organisation: known.unwrap_or(NOTHING) }
    }

    /// What the viewer is to the item of a row, if they may read its text.
    ///
    /// Of drafts, only those have rows that the viewer writes.
    pub fn see(&self, row: &Row<'_>) -> Option<Relation> {
        let relation = match &self.viewer {
            Viewer::Anonymous => Relation::Anonymous,
            Viewer::Account(actor) => {
                let drafts = row.is_draft().then_some(true);
                let (files, addressed) =
                    (row.filers().contains(&self.organisation), row.addressed().contains(&self.organisation));
                relation_of(actor, Standing { files, addressed, drafts })
            }
        };
        relation.reads(row.text_level()).then_some(relation)
    }

    /// Whether the viewer, who reads the item of a row, reads what an organisation added to it at a level.
    pub(super) fn reads_of(&self, row: &Row<'_>, organisation: u16, level: Level) -> bool {
        let relation = match &self.viewer {
            Viewer::Anonymous => Relation::Anonymous,
            Viewer::Account(actor) => {
                let files = self.organisation != NOTHING && organisation == self.organisation;
                let addressed = row.addressed().contains(&self.organisation);
                relation_of(actor, Standing { files, addressed, drafts: None })
            }
        };
        relation.reads(level)
    }
}
