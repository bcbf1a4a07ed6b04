//! A piece of evidence of an item as stored.

use qadam_domain::ids::ContributionId;
use qadam_domain::items::evidence::ItemEvidence;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::items::evidence::StoredEvidence;

#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct StoredItemEvidence {
    // The member `kind` of the evidence says how it is at hand, that of the content what the contribution is.
    evidence: StoredEvidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<Uuid>,
}

impl StoredItemEvidence {
    pub(super) fn of(stored: &ItemEvidence) -> Self {
        Self { evidence: (&stored.evidence).into(), about: stored.about.map(|id| id.0) }
    }

    pub(super) fn read(self) -> Option<ItemEvidence> {
        Some(ItemEvidence { evidence: self.evidence.into_evidence()?, about: self.about.map(ContributionId) })
    }
}
