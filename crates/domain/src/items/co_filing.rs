//! Filing together: several organisations of civil society stand behind one proposal.
//!
//! Who files it invites others, who read it through the invitation alone until they accept. From then on each of them is
//! its submitter; their names go to a wider level together, and only where each agreed.

use super::status::Status;
use crate::ids::OrganisationId;
use crate::levels::{Axis, Level};

/// How many organisations file one proposal at most.
pub const FILERS_MAX: usize = 10;

/// Where organisations join a proposal: while it is being written, and until it is answered.
pub const JOINED: [Status; 4] = [Status::Draft, Status::Submitted, Status::Returned, Status::UnderReview];

/// Whether organisations join a proposal that stands here.
pub fn can_be_joined(status: Status) -> bool {
    JOINED.contains(&status)
}

/// Why an organisation does not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoiningRefusal {
    /// The proposal stands where nobody joins it any more.
    TooLate,
    /// Its text, or the names of its filers, are known to others than the organisation agreed to.
    OtherLevel(Axis),
    /// The names of its filers are public, which two members of each organisation agree to: they are narrowed first.
    NamesPublic,
}

/// Who reads the text of a proposal, and the names of who files it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilingLevels {
    /// The text.
    pub text: Level,
    /// The names.
    pub identity: Level,
}

/// Whether an organisation joins a proposal that stands here, at these levels, which it agreed to: what it read in the
/// invitation may have gone wider since.
pub fn may_join(status: Status, stands: FilingLevels, agreed: FilingLevels) -> Result<(), JoiningRefusal> {
    if !can_be_joined(status) {
        return Err(JoiningRefusal::TooLate);
    }
    if agreed.text != stands.text {
        return Err(JoiningRefusal::OtherLevel(Axis::Text));
    }
    if agreed.identity != stands.identity {
        return Err(JoiningRefusal::OtherLevel(Axis::Identity));
    }
    if stands.identity == Level::Public { Err(JoiningRefusal::NamesPublic) } else { Ok(()) }
}

/// Whether an organisation that files a proposal with others takes its name from it: somebody is left who filed it.
/// Who filed it alone withdraws it.
pub fn may_leave(filers: &[OrganisationId], organisation: OrganisationId) -> bool {
    filers.iter().any(|filer| *filer != organisation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;
    use crate::items::Kind;

    #[test]
    fn organisations_join_until_a_proposal_is_answered_at_the_level_that_it_has() {
        for status in Kind::Proposal.statuses() {
            let answered_or_gone = matches!(
                status,
                Status::Accepted
                    | Status::PartlyAccepted
                    | Status::Declined
                    | Status::Closed
                    | Status::Withdrawn
                    | Status::Merged
            );
            assert_eq!(can_be_joined(*status), !answered_or_gone, "{status:?}");
        }
        let at = |text, identity| FilingLevels { text, identity };
        let (hidden, named) = (at(Level::Secretariat, Level::Own), at(Level::Members, Level::Members));
        assert_eq!(may_join(Status::Draft, hidden, hidden), Ok(()));
        assert_eq!(may_join(Status::UnderReview, named, named), Ok(()));
        let other = |axis| Err(JoiningRefusal::OtherLevel(axis));
        let open = at(Level::Public, Level::Own);
        assert_eq!(may_join(Status::Draft, open, hidden), other(Axis::Text));
        assert_eq!(may_join(Status::Draft, hidden, open), other(Axis::Text));
        let known = at(Level::Secretariat, Level::Members);
        assert_eq!(may_join(Status::Draft, known, hidden), other(Axis::Identity));
        assert_eq!(may_join(Status::Draft, hidden, known), other(Axis::Identity));
        let public = at(Level::Public, Level::Public);
        assert_eq!(may_join(Status::UnderReview, public, public), Err(JoiningRefusal::NamesPublic));
        assert_eq!(may_join(Status::Accepted, hidden, hidden), Err(JoiningRefusal::TooLate));
    }

    #[test]
    fn the_last_who_files_a_proposal_does_not_leave_it() {
        let [one, other] = [1, 2].map(|number| OrganisationId(Uuid::from_u128(number)));
        assert!(may_leave(&[one, other], one) && may_leave(&[one, other], other));
        assert!(!may_leave(&[one], one));
    }
}
