//! Filing together: several organisations of civil society stand behind one proposal.
//!
//! Who files it invites others, who read it through the invitation alone until they accept. From then on each of them is
//! its submitter; their names go to a wider level together, and only where each agreed.

use super::status::Status;
use crate::levels::Level;

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
    /// The names of its filers are known to others than it agreed to.
    OtherLevel,
    /// The names of its filers are public, which two members of each organisation agree to: they are narrowed first.
    NamesPublic,
}

/// Whether an organisation joins a proposal that stands here, whose filers are known at a level, agreeing that its own
/// name is known at `agreed`.
pub fn may_join(status: Status, identity: Level, agreed: Level) -> Result<(), JoiningRefusal> {
    if !can_be_joined(status) {
        return Err(JoiningRefusal::TooLate);
    }
    if agreed != identity {
        return Err(JoiningRefusal::OtherLevel);
    }
    if identity == Level::Public { Err(JoiningRefusal::NamesPublic) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(may_join(Status::Draft, Level::Own, Level::Own), Ok(()));
        assert_eq!(may_join(Status::Draft, Level::Public, Level::Own), Err(JoiningRefusal::OtherLevel));
        assert_eq!(may_join(Status::Draft, Level::Own, Level::Public), Err(JoiningRefusal::OtherLevel));
        let public = may_join(Status::UnderReview, Level::Public, Level::Public);
        assert_eq!(public, Err(JoiningRefusal::NamesPublic));
        assert_eq!(may_join(Status::UnderReview, Level::Members, Level::Members), Ok(()));
        assert_eq!(may_join(Status::Accepted, Level::Own, Level::Own), Err(JoiningRefusal::TooLate));
    }
}
