//! Answers that the public is given again while nothing has changed.
//!
//! They are counted over every item, and many people ask for the same. An answer is given again as long as the local
//! day and the newest entry of the whole ledger are those it was made at: not only entries that the public can see,
//! for a count may change before the public is told why.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use chrono::NaiveDate;
use http::header;
use qadam_app::statistics;
use qadam_domain::accounts::Viewer;
use serde::Serialize;

use crate::problems::Problem;
use crate::state::ApiState;

/// How many answers are kept at most.
const ANSWERS_MAX: usize = 64;
/// How long an answer is that is kept, in bytes, at most.
const ANSWER_MAX: usize = 256 * 1024;

/// The answers that are kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    made_at: Option<(i64, NaiveDate)>,
    answers: HashMap<String, Bytes>,
}

impl Answers {
    fn find(&self, address: &str, at: (i64, NaiveDate)) -> Option<Bytes> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.get(address).filter(|_| kept.made_at == Some(at)).cloned()
    }

    fn keep(&self, address: &str, at: (i64, NaiveDate), answer: &Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.made_at != Some(at) || kept.answers.len() >= ANSWERS_MAX {
            kept.answers.clear();
            kept.made_at = Some(at);
        }
        if answer.len() <= ANSWER_MAX {
            kept.answers.insert(address.to_owned(), answer.clone());
        }
    }

    /// The answer to a question: to the public, one that still holds; else a new one.
    pub(super) async fn give<T: Serialize>(
        api: &ApiState,
        viewer: &Viewer,
        address: &str,
        make: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Response, Problem> {
        if viewer.actor().is_some() {
            return Ok(json(written(make.await?)?));
        }
        // Known before the answer is made: what changes meanwhile makes it one of the past.
        let at = (statistics::version(&api.app, viewer).await?, api.app.today());
        if let Some(answer) = api.answers.find(address, at) {
            return Ok(json(answer));
        }
        let answer = written(make.await?)?;
        api.answers.keep(address, at, &answer);
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

    #[test]
    fn an_answer_is_given_again_until_something_changes_or_the_day_does() {
        let answers = Answers::default();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let at = (7, day("2026-03-01"));
        answers.keep("/stats", at, &Bytes::from_static(b"{}"));
        assert_eq!(answers.find("/stats", at), Some(Bytes::from_static(b"{}")));
        assert_eq!(answers.find("/stats?from=2026-01", at), None);
        assert_eq!(answers.find("/stats", (8, at.1)), None);
        assert_eq!(answers.find("/stats", (7, day("2026-03-02"))), None);
        answers.keep("/stats", (8, at.1), &Bytes::from_static(b"[]"));
        assert_eq!(answers.find("/stats", at), None);
    }

    #[test]
    fn few_and_short_answers_are_kept() {
        let (answers, at) = (Answers::default(), (1, NaiveDate::default()));
        for number in 0..=ANSWERS_MAX {
            answers.keep(&number.to_string(), at, &Bytes::from_static(b"{}"));
        }
        assert!(answers.0.lock().unwrap().answers.len() <= ANSWERS_MAX);
        answers.keep("long", at, &Bytes::from(vec![b' '; ANSWER_MAX + 1]));
        assert_eq!(answers.find("long", at), None);
    }
}
