//! Answers that are given again while nothing has changed.
//!
//! They are counted over every item, and many people ask for the same. An answer is given again as long as the local
//! day and the newest entry of the whole ledger are those it was made at: not only entries that the public can see,
//! for a count may change before the public is told why. It is given to those alone who stand like whoever it was made
//! for: the public, or accounts of one organisation with one role. Who writes drafts sees more than they do, and is
//! counted for each time, as drafts change without an entry.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::NaiveDate;
use http::header;
use qadam_app::statistics::{self, Drafts};
use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::OrganisationId;
use serde::Serialize;

use crate::problems::Problem;
use crate::state::ApiState;

/// How many answers are kept at most.
const ANSWERS_MAX: usize = 512;
/// How long the answers that are kept are together, in bytes, at most.
const BYTES_MAX: usize = 16 * 1024 * 1024;
/// How long an answer is that is kept, in bytes, at most.
const ANSWER_MAX: usize = 256 * 1024;

/// The answers that are kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    made_at: Option<(i64, NaiveDate)>,
    answers: HashMap<Question, Bytes>,
    bytes: usize,
}

/// A question that several ask, and are given the same answer to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    address: String,
    /// What decides what an account counts, beside its drafts; nothing for the public.
    account: Option<(OrganisationId, Role, bool)>,
}

impl Question {
    fn new(viewer: &Viewer, address: &str) -> Self {
        let account = viewer.actor().map(|actor| (actor.organisation, actor.role, actor.confirmed));
        Self { address: address.to_owned(), account }
    }
}

impl Answers {
    fn find(&self, question: &Question, at: (i64, NaiveDate)) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.get(question).filter(|_| kept.made_at == Some(at)).cloned()
    }

    fn keep(&self, question: Question, at: (i64, NaiveDate), answer: &Bytes) {
        if answer.len() > ANSWER_MAX {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = kept.answers.len() >= ANSWERS_MAX || kept.bytes + answer.len() > BYTES_MAX;
        if kept.made_at != Some(at) || full {
            kept.answers.clear();
            kept.bytes = 0;
            kept.made_at = Some(at);
        }
        let replaced = kept.answers.insert(question, answer.clone()).map_or(0, |before| before.len());
        kept.bytes = (kept.bytes + answer.len()).saturating_sub(replaced);
    }

    /// The answer to a question: one that still holds, else a new one, made with the drafts that the viewer counts. It is
    /// kept where those that it was made with are none, whatever is drafted meanwhile.
    pub(super) async fn give<T: Serialize>(
        api: &ApiState,
        viewer: &Viewer,
        address: &str,
        make: impl AsyncFnOnce(Drafts) -> Result<T, Problem>,
    ) -> Result<Response, Problem> {
        let drafts = statistics::drafts(&api.app, viewer).await?;
        if !drafts.is_empty() {
            return Ok(json(written(make(drafts).await?)?));
        }
        // Known before the answer is made: what changes meanwhile makes it one of the past.
        let at = (statistics::version(&api.app, viewer).await?, api.app.today());
        let question = Question::new(viewer, address);
        if let Some(answer) = api.answers.find(&question, at) {
            return Ok(json(answer));
        }
        let answer = written(make(drafts).await?)?;
        api.answers.keep(question, at, &answer);
        Ok(json(answer))
    }
}

fn written<T: Serialize>(answer: T) -> Result<Bytes, Problem> {
    let written = serde_json::to_vec(&answer).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(written.into())
}

fn json(answer: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], answer).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_domain::accounts::Actor;
    use qadam_domain::ids::{UserId, Uuid};

    fn public(address: &str) -> Question {
        Question::new(&Viewer::Anonymous, address)
    }

    fn account(user: u128, organisation: u128, role: Role, confirmed: bool) -> Viewer {
        let organisation = OrganisationId(Uuid::from_u128(organisation));
        Viewer::Account(Actor { user: UserId(Uuid::from_u128(user)), organisation, role, confirmed })
    }

    #[test]
    fn an_answer_is_given_again_until_something_changes_or_the_day_does() {
        let answers = Answers::default();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let at = (7, day("2026-03-01"));
        answers.keep(public("/stats"), at, &Bytes::from_static(b"{}"));
        assert_eq!(answers.find(&public("/stats"), at), Some(Bytes::from_static(b"{}")));
        assert_eq!(answers.find(&public("/stats?from=2026-01"), at), None);
        assert_eq!(answers.find(&public("/stats"), (8, at.1)), None);
        assert_eq!(answers.find(&public("/stats"), (7, day("2026-03-02"))), None);
        answers.keep(public("/stats"), (8, at.1), &Bytes::from_static(b"[]"));
        assert_eq!(answers.find(&public("/stats"), at), None);
    }

    #[test]
    fn an_answer_is_given_to_those_alone_who_stand_like_whoever_it_was_made_for() {
        let (answers, at) = (Answers::default(), (1, NaiveDate::default()));
        let member = account(1, 1, Role::NgoMember, true);
        answers.keep(Question::new(&member, "/stats"), at, &Bytes::from_static(b"{}"));
        let given = |viewer: &Viewer| answers.find(&Question::new(viewer, "/stats"), at).is_some();
        assert!(given(&member) && given(&account(2, 1, Role::NgoMember, true)));
        for other in [
            Viewer::Anonymous,
            account(3, 2, Role::NgoMember, true),
            account(3, 1, Role::NgoMember, false),
            account(3, 1, Role::Observer, true),
        ] {
            assert!(!given(&other), "{other:?}");
        }
    }

    #[test]
    fn few_and_short_answers_are_kept() {
        let (answers, at) = (Answers::default(), (1, NaiveDate::default()));
        for number in 0..=ANSWERS_MAX {
            answers.keep(public(&number.to_string()), at, &Bytes::from_static(b"{}"));
        }
        assert!(answers.0.lock().unwrap().answers.len() <= ANSWERS_MAX);
        answers.keep(public("long"), at, &Bytes::from(vec![b' '; ANSWER_MAX + 1]));
        assert_eq!(answers.find(&public("long"), at), None);
        for number in 0..=BYTES_MAX / ANSWER_MAX {
            answers.keep(public(&number.to_string()), at, &Bytes::from(vec![b' '; ANSWER_MAX]));
        }
        let kept = answers.0.lock().unwrap();
        let bytes: usize = kept.answers.values().map(Bytes::len).sum();
        assert!(bytes <= BYTES_MAX && kept.bytes == bytes, "{bytes} {}", kept.bytes);
    }
}
