//! Questions and answers as stored.

use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::Sight;
use qadam_domain::items::questions::{Answer, Asked, Passing, Question, Said};
use qadam_domain::levels::Level;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::json::StoredText;

#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct StoredQuestion {
    to: String,
    said: StoredSaid,
}

#[derive(Debug, Serialize, Deserialize)]
pub(in super::super) struct StoredAnswer {
    question: Uuid,
    said: StoredSaid,
}

#[derive(Debug, Serialize, Deserialize)]
struct StoredSaid {
    text: StoredText,
    passing: String,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    refusal: StoredText,
    /// Ranks of text and identity; nothing where whoever reads the item will read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wanted: Option<(i16, i16)>,
}

impl StoredQuestion {
    pub(super) fn of(question: &Question) -> Self {
        Self { to: question.to.code().to_owned(), said: StoredSaid::of(&question.said) }
    }

    pub(super) fn read(self) -> Option<Question> {
        Some(Question { to: Asked::from_code(&self.to)?, said: self.said.read()? })
    }
}

impl StoredAnswer {
    pub(super) fn of(answer: &Answer) -> Self {
        Self { question: answer.question.0, said: StoredSaid::of(&answer.said) }
    }

    pub(super) fn read(self) -> Option<Answer> {
        Some(Answer { question: ContributionId(self.question), said: self.said.read()? })
    }
}

impl StoredSaid {
    fn of(said: &Said) -> Self {
        let wanted = match said.wanted {
            Sight::AsItem => None,
            Sight::Levels { text, identity } => Some((text.rank(), identity.rank())),
        };
        Self {
            text: (&said.text).into(),
            passing: said.passing.code().to_owned(),
            refusal: (&said.refusal).into(),
            wanted,
        }
    }

    fn read(self) -> Option<Said> {
        let wanted = match self.wanted {
            None => Sight::AsItem,
            Some((text, identity)) => {
                Sight::Levels { text: Level::from_rank(text)?, identity: Level::from_rank(identity)? }
            }
        };
        Some(Said {
            text: self.text.into(),
            passing: Passing::from_code(&self.passing)?,
            refusal: self.refusal.into(),
            wanted,
        })
    }
}
