//! Requests that are sent twice: the second with the same `Idempotency-Key` does nothing and is told where the
//! first one's result is.
//!
//! What is kept is who did what and where the result lies, never the answer: a repetition is authorised again and
//! rendered anew. Keys and bodies are kept as keyed digests, in the same transaction as what the request did, and
//! for a day (draft-ietf-httpapi-idempotency-key-header).

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use qadam_storage::Tx;
use qadam_storage::idempotency::{self as stored, Record};

use crate::application::App;
use crate::error::{AppError, Code};

/// How long a key is remembered, in milliseconds.
const KEPT: i64 = 24 * 60 * 60 * 1000;

/// The longest key, in characters.
const KEY_MAX: usize = 255;

/// A request that may be a repetition.
#[derive(Debug, Clone, Copy)]
pub struct Retry {
    key_digest: [u8; 32],
    body_digest: [u8; 32],
}

/// What a request did when it came first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The HTTP status it was answered with.
    pub status: u16,
    /// The path of what it made or changed.
    pub location: String,
}

impl Retry {
    /// A request of an account with a key. `route` is the method and the path as they were asked for, so that a
    /// key used on another route is another key. Keys are 1 to 255 visible ASCII characters.
    pub fn new(app: &App, account: UserId, route: &str, key: &str, body: &[u8]) -> Result<Self, AppError> {
        if key.is_empty() || key.len() > KEY_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Code::InvalidHeader.into());
        }
        let scope: [&[u8]; 3] = [account.0.as_bytes(), route.as_bytes(), key.as_bytes()];
        Ok(Self {
            key_digest: app.sealer.digest("idempotency key", &scope),
            body_digest: app.sealer.digest("idempotency body", &[body]),
        })
    }

    /// Whether the key was used before, whatever was sent with it: asked before a large body is read, which a repetition
    /// may send although a new request may not.
    pub async fn is_known(app: &App, account: UserId, route: &str, key: &str) -> Result<bool, AppError> {
        let asked = Self::new(app, account, route, key, &[])?;
        let found = stored::find(&app.store.read(), asked.key_digest).await?;
        Ok(found.is_some_and(|record| !is_forgotten(&record, app.now())))
    }

    /// What the request did when it came first, if it came before. The same key with another body is refused.
    pub async fn find(&self, app: &App) -> Result<Option<Replay>, AppError> {
        let found = stored::find(&app.store.read(), self.key_digest).await?;
        self.replay(app, found)
    }

    /// The same once whatever was being written is: asked where a request was refused, for it may have tripped over the
    /// first one, which shares a commit with it that is not made yet. Writes take turns, so a write comes after that.
    pub async fn find_settled(&self, app: &App) -> Result<Option<Replay>, AppError> {
        let key = self.key_digest;
        let found = app
            .store
            .write(move |tx| Box::pin(async move { Ok::<_, AppError>(stored::find(tx, key).await?) }));
        self.replay(app, found.await?)
    }

    fn replay(&self, app: &App, found: Option<Record>) -> Result<Option<Replay>, AppError> {
        match found.filter(|record| !is_forgotten(record, app.now())) {
            None => Ok(None),
            Some(record) if record.body_digest == self.body_digest => {
                Ok(Some(Replay { status: record.status, location: record.location }))
            }
            Some(_) => Err(Code::IdempotencyKeyReused.into()),
        }
    }

    /// What the request did that came first with this key, whatever was sent with it.
    pub async fn find_first(&self, app: &App) -> Result<Option<Replay>, AppError> {
        let found = stored::find(&app.store.read(), self.key_digest).await?;
        let found = found.filter(|record| !is_forgotten(record, app.now()));
        Ok(found.map(|record| Replay { status: record.status, location: record.location }))
    }

    /// Notes in a request's own transaction what it did. Call it before anything that a repetition could trip
    /// over.
    ///
    /// Two requests with one key that run side by side both find nothing beforehand; the second is refused here
    /// with [`Code::IdempotencyKeyReused`]. Its caller asks [`Retry::find_settled`], which then tells a repetition
    /// from another request.
    pub(crate) async fn remember(
        &self,
        app: &App,
        tx: &Tx,
        status: u16,
        location: &str,
    ) -> Result<(), AppError> {
        let now = app.now();
        match stored::find(tx, self.key_digest).await? {
            Some(record) if is_forgotten(&record, now) => {
                stored::delete(tx, self.key_digest).await?;
            }
            Some(_) => return Err(Code::IdempotencyKeyReused.into()),
            None => {}
        }
        let record =
            Record { body_digest: self.body_digest, status, location: location.to_owned(), created_at: now };
        Ok(stored::insert(tx, self.key_digest, &record).await?)
    }
}

fn is_forgotten(record: &Record, now: Timestamp) -> bool {
    record.created_at.0 < now.0 - KEPT
}

/// Forgets keys that are older than a day, 1,000 at most, and tells how many: call it again while it is not zero.
pub async fn forget_old(app: &App) -> Result<u64, AppError> {
    let before = Timestamp(app.now().0 - KEPT);
    app.store.write(move |tx| Box::pin(async move { Ok(stored::delete_older_than(tx, before).await?) })).await
}
