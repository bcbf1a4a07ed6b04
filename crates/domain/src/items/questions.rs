//! Questions between those who filed or look at an item and the bodies that own it, and their answers.
//!
//! Both go through the secretariat, which passes them on or says why not: until then it alone reads them beside their
//! author. An answer is read by those who read its question.

use super::assessments::coded;
use super::contributions::Sight;
use super::status::Status;
use crate::ids::ContributionId;
use crate::language::LanguageMap;
use crate::levels::Level;

coded! {
    /// Who is asked.
    Asked {
        /// The bodies that own the item.
        Owner => "owner",
        /// The organisations that filed it.
        Submitter => "submitter",
    }
}

coded! {
    /// Whether the secretariat passed something on.
    Passing {
        /// It has not decided.
        Waiting => "waiting",
        /// It did.
        PassedOn => "passed_on",
        /// It did not, and said why.
        NotPassedOn => "not_passed_on",
    }
}

/// What is said through the secretariat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: LanguageMap,
    /// Whether they were passed on.
    pub passing: Passing,
    /// Why they were not.
    pub refusal: LanguageMap,
    /// Who reads them once they are passed on.
    pub wanted: Sight,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who is asked.
    pub to: Asked,
    /// What is asked.
    pub said: Said,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: ContributionId,
    /// What is answered.
    pub said: Said,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A body that owns the item.
    Owner,
    /// Somebody who stands apart from the bodies that own it.
    Apart,
    /// The secretariat.
    Secretariat,
}

/// Why a question has nobody to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unasked {
    /// Who is asked must be said.
    NotNamed,
    /// This asker does not ask them.
    NotTheirs,
    /// The item has none.
    Nobody,
}

/// Whom the item has to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Askable {
    /// Somebody filed it, other than its owner.
    pub submitter: bool,
    /// Bodies own it, and read it.
    pub owner: bool,
}

/// Who is asked: owners ask those who filed the item, others ask the owners, and the secretariat asks either.
pub fn asked(asker: Asker, named: Option<Asked>, of: Askable) -> Result<Asked, Unasked> {
    let to = match asker {
        Asker::Owner => Asked::Submitter,
        Asker::Apart => Asked::Owner,
        Asker::Secretariat => named.ok_or(Unasked::NotNamed)?,
    };
    if named.is_some_and(|named| named != to) {
        return Err(Unasked::NotTheirs);
    }
    let exists = match to {
        Asked::Owner => of.owner,
        Asked::Submitter => of.submitter,
    };
    if exists { Ok(to) } else { Err(Unasked::Nobody) }
}

/// Whether something is asked about an item that stands here: not while it is being written, nor once it went.
pub const fn can_be_asked_about(status: Status) -> bool {
    !matches!(status, Status::Draft | Status::Withdrawn | Status::Merged | Status::Superseded)
}

impl Said {
    /// What is said, waiting for the secretariat: who reads it until it is passed on.
    pub fn waiting(text: LanguageMap, wanted: Sight) -> (Self, Sight) {
        let until_then = match wanted {
            Sight::AsItem => Sight::Levels { text: Level::Secretariat, identity: Level::Secretariat },
            Sight::Levels { text, identity } => Sight::Levels {
                text: text.min(Level::Secretariat),
                identity: identity.min(Level::Secretariat),
            },
        };
        (Self { text, passing: Passing::Waiting, refusal: LanguageMap::default(), wanted }, until_then)
    }

    /// What the secretariat says itself, which is read at once.
    pub fn directly(text: LanguageMap, wanted: Sight) -> (Self, Sight) {
        (Self { text, passing: Passing::PassedOn, refusal: LanguageMap::default(), wanted }, wanted)
    }
}

/// Who reads an answer once it is passed on: no more than read its question by then, and who gave it no more than may
/// know who filed the item, where they did.
pub fn passed_on(wanted: Sight, question: Level, filers: Option<Level>) -> Sight {
    match wanted {
        Sight::AsItem => Sight::AsItem,
        Sight::Levels { text, identity } => {
            let text = text.min(question);
            let identity = filers.map_or(identity, |filers| identity.min(filers)).min(text);
            Sight::Levels { text, identity }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_ask_submitters_and_others_ask_owners() {
        use Asked::{Owner as Owners, Submitter};
        use Asker::{Apart, Owner, Secretariat};
        use Unasked::{Nobody, NotNamed, NotTheirs};
        let both = Askable { submitter: true, owner: true };
        let none = Askable { submitter: false, owner: false };
        for (asker, named, of, expected) in [
            (Owner, None, both, Ok(Submitter)),
            (Owner, Some(Submitter), both, Ok(Submitter)),
            (Owner, Some(Owners), both, Err(NotTheirs)),
            (Owner, None, none, Err(Nobody)),
            (Apart, None, both, Ok(Owners)),
            (Apart, Some(Submitter), both, Err(NotTheirs)),
            (Apart, None, none, Err(Nobody)),
            (Secretariat, None, both, Err(NotNamed)),
            (Secretariat, Some(Owners), both, Ok(Owners)),
            (Secretariat, Some(Submitter), both, Ok(Submitter)),
            (Secretariat, Some(Submitter), Askable { submitter: false, owner: true }, Err(Nobody)),
            (Secretariat, Some(Owners), Askable { submitter: true, owner: false }, Err(Nobody)),
        ] {
            assert_eq!(asked(asker, named, of), expected, "{asker:?} {named:?} {of:?}");
        }
    }

    #[test]
    fn an_answer_goes_no_further_than_its_question_and_its_name_than_the_filing() {
        use Level::{Addressed, Members, Own, Public, Secretariat};
        let levels = |text, identity| Sight::Levels { text, identity };
        for (wanted, question, filers, expected) in [
            (levels(Public, Members), Public, Some(Members), levels(Public, Members)),
            (levels(Public, Members), Public, Some(Own), levels(Public, Own)),
            (levels(Public, Members), Secretariat, Some(Members), levels(Secretariat, Secretariat)),
            (levels(Public, Public), Addressed, None, levels(Addressed, Addressed)),
            (Sight::AsItem, Secretariat, None, Sight::AsItem),
        ] {
            assert_eq!(passed_on(wanted, question, filers), expected, "{wanted:?} {question:?} {filers:?}");
        }
    }

    #[test]
    fn what_waits_is_read_by_nobody_wider_than_the_secretariat() {
        for text in Level::ALL {
            for identity in Level::ALL.into_iter().filter(|identity| *identity <= text) {
                let wanted = Sight::Levels { text, identity };
                let (said, sight) = Said::waiting(LanguageMap::default(), wanted);
                let Sight::Levels { text: read, identity: named } = sight else { panic!("not hidden") };
                assert!(read <= Level::Secretariat && named <= read, "{text:?} {identity:?}");
                assert!(read <= text && named <= identity, "{text:?} {identity:?}");
                assert_eq!(said.wanted, wanted);
            }
        }
        let (_, sight) = Said::waiting(LanguageMap::default(), Sight::AsItem);
        assert_eq!(sight.text_on(Level::Public), Level::Secretariat);
    }
}
