//! Evidence that stands beside an item on its own: what supports, contradicts or explains what is said of it.

use super::contributions::{Contribution, ContributionKind, Sight};
use super::files::File;
use super::item::Evidence;
use crate::ids::ContributionId;
use crate::levels::Level;

/// A piece of evidence of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemEvidence {
    /// What it is.
    pub evidence: Evidence,
    /// The finding or report that it is about; none where it is about the item.
    pub about: Option<ContributionId>,
    /// The file that is kept; of a file alone, and none where it was removed.
    pub file: Option<File>,
}

/// Whether evidence that these may see can be about something that was added to an item at this level: it names it, and
/// who reads the one must read the other.
pub fn can_be_about(sight: Sight, about: &Contribution, item: Level) -> bool {
    let kind = about.content.kind();
    matches!(kind, ContributionKind::Assessment | ContributionKind::Update)
        && sight.text_on(item) <= about.sight.text_on(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Role;
    use crate::ids::{ItemId, UserId, Uuid};
    use crate::items::closing::ClosingNotice;
    use crate::items::contributions::{Content, Readership};
    use crate::items::updates::{Update, UpdateState};
    use crate::language::LanguageMap;

    fn about(sight: Sight, content: Content) -> Contribution {
        Contribution {
            id: ContributionId(Uuid::from_u128(1)),
            item: ItemId(Uuid::from_u128(1)),
            organisation: None,
            role: Role::Officer,
            user: UserId(Uuid::from_u128(1)),
            sight,
            readership: Readership::default(),
            recorded_on: "2026-01-10".parse().unwrap(),
            position: 1,
            changed: 1,
            version: 1,
            content,
        }
    }

    fn report() -> Content {
        Content::Update(Update {
            state: UpdateState::Published,
            as_of: crate::calendar::AsOf::day("2026-01-10".parse().unwrap()),
            narrative: LanguageMap::default(),
            status: None,
            evidence: Vec::new(),
            responsible_unit: None,
            outgoing_number: None,
            corrects: None,
            round: None,
            recorded_from: None,
            return_reason: LanguageMap::default(),
        })
    }

    #[test]
    fn evidence_is_read_by_nobody_who_does_not_read_what_it_is_about() {
        let at = |text| Sight::Levels { text, identity: Level::Own };
        for (evidence, of, item, expected) in [
            (Sight::AsItem, Sight::AsItem, Level::Public, true),
            (Sight::AsItem, at(Level::Members), Level::Public, false),
            (Sight::AsItem, at(Level::Members), Level::Members, true),
            (Sight::AsItem, Sight::OWN, Level::Public, false),
            (at(Level::Members), Sight::AsItem, Level::Public, true),
            (at(Level::Public), at(Level::Addressed), Level::Public, false),
            (at(Level::Addressed), at(Level::Addressed), Level::Public, true),
        ] {
            let found = can_be_about(evidence, &about(of, report()), item);
            assert_eq!(found, expected, "{evidence:?} about {of:?} on {item:?}");
        }
    }

    #[test]
    fn evidence_is_about_findings_and_reports_alone() {
        let notice = ClosingNotice::new(LanguageMap::default(), "2026-01-10".parse().unwrap());
        let notice = about(Sight::AsItem, Content::ClosingNotice(notice));
        assert!(!can_be_about(Sight::AsItem, &notice, Level::Public));
    }
}
