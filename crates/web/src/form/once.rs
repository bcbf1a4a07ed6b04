//! A form that is sent twice, by a second click or a page that is loaded again, does what it asks for once, and is answered
//! alike.
//!
//! Each form bears a key of its own. The use case notes it with what it did, in the same transaction, as it does for
//! requests of programs with an `Idempotency-Key`.

use std::str::FromStr;

use qadam_app::idempotency::{Replay, Retry};
use qadam_app::{AppError, Code};

use super::{Form, TOKEN};
use crate::failure::Failure;
use crate::visit::Visit;

/// The name of the field that holds the key.
pub(crate) const KEY: &str = "form_key";

/// By which a form that is sent twice is known.
#[derive(Debug, Clone)]
pub(super) struct OneTime {
    retry: Retry,
    /// What the first form with this key did.
    first: Option<Replay>,
    /// Whether that was the same form: whoever goes back to one, and writes something else, sends another.
    is_same: bool,
}

/// What came of a form.
#[derive(Debug)]
pub(crate) enum Sent<T> {
    /// It did this now.
    Now(T),
    /// It came before, and did this then.
    Before(Replay),
}

impl Form {
    /// Looks whether a form with this key came before. `file` tells forms with different files apart.
    pub(super) async fn look_for_first(&mut self, visit: &Visit, file: &[u8]) -> Result<(), Failure> {
        let Some(retry) = self.retry_with(visit, "", file)? else { return Ok(()) };
        let first = retry.find_first(visit.app()).await?;
        let is_same = first.is_some() && retry.find(visit.app()).await.is_ok();
        self.one_time = Some(OneTime { retry, first, is_same });
        Ok(())
    }

    /// By what the use case knows the form when it is sent again.
    pub(crate) fn retry(&self) -> Option<Retry> {
        self.one_time.as_ref().map(|one| one.retry)
    }

    /// The same for one of several rows, each of which is done by itself.
    pub(crate) fn retry_of(&self, visit: &Visit, row: &str) -> Result<Option<Retry>, AppError> {
        self.retry_with(visit, row, &[])
    }

    /// Whether a form with the same key came before, with whatever in it.
    pub(crate) async fn is_known(&self, visit: &Visit) -> Result<bool, AppError> {
        let Some(retry) = self.retry_with(visit, "", &[])? else { return Ok(false) };
        Ok(retry.find_first(visit.app()).await?.is_some())
    }

    /// What the same form did when it came before.
    pub(crate) fn sent_before(&self) -> Option<&Replay> {
        self.one_time.as_ref().filter(|one| one.is_same)?.first.as_ref()
    }

    /// What the first form with this key did, whatever was written in it.
    pub(crate) fn begun_before(&self) -> Option<&Replay> {
        self.one_time.as_ref()?.first.as_ref()
    }

    /// Does what the form asks for, unless it came before.
    pub(crate) async fn once<T>(
        &self,
        visit: &Visit,
        work: impl Future<Output = Result<T, AppError>>,
    ) -> Result<Sent<T>, AppError> {
        done_once(visit, self.retry(), Box::pin(work)).await
    }

    fn retry_with(&self, visit: &Visit, row: &str, file: &[u8]) -> Result<Option<Retry>, AppError> {
        let key = self.text(KEY);
        let Some(signed) = visit.signed.as_ref().filter(|_| !key.is_empty()) else { return Ok(None) };
        let route = format!("POST {}", visit.to(&visit.path));
        let body = [self.written_out().as_bytes(), file].concat();
        let key = format!("{key}{row}");
        Retry::new(visit.app(), signed.account.id, &route, &key, &body).map(Some)
    }

    /// All that was sent, but what differs each time a form is shown.
    fn written_out(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        let own = self.values.iter().filter(|(name, _)| name != TOKEN && name != KEY);
        text.extend_pairs(own);
        text.finish()
    }
}

/// Does something once, by what it is known when it is asked for again. The same key with something else is refused.
pub(crate) async fn done_once<T>(
    visit: &Visit,
    retry: Option<Retry>,
    work: impl Future<Output = Result<T, AppError>>,
) -> Result<Sent<T>, AppError> {
    let Some(retry) = retry else { return work.await.map(Sent::Now) };
    if let Some(before) = retry.find(visit.app()).await? {
        return Ok(Sent::Before(before));
    }
    match work.await {
        Ok(done) => Ok(Sent::Now(done)),
        // Whatever it tripped over may be what the same form did meanwhile: its item moved, its etag is gone.
        Err(error) => match retry.find_settled(visit.app()).await? {
            Some(before) => Ok(Sent::Before(before)),
            None => Err(error),
        },
    }
}

/// What a form that came before made or changed: the part of its place after the word for what it is.
pub(crate) fn named_in<T: FromStr>(replay: &Replay, after: &str) -> Result<T, Failure> {
    let mut parts = replay.location.split('/').skip_while(|part| *part != after).skip(1);
    let named = parts.next().and_then(|part| part.parse().ok());
    named.ok_or_else(|| Code::NotFound.into())
}
