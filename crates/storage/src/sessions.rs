//! Sign-in sessions.

mod page_sessions;
mod personal_tokens;
mod refresh_tokens;

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
    Statement,
};

pub use self::page_sessions::{LivePageSession, find_live_by_cookie, insert_page_session, keep_page_session};
pub use self::personal_tokens::{
    LiveToken, PersonalToken, find_live_by_token, insert_personal_token, list_personal_tokens, note_use,
};
pub use self::refresh_tokens::{Spent, insert_refresh_token, spend_refresh_token};
use crate::accounts::{self, Account};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::session::{ActiveModel, Column, Entity, Model};
use crate::entities::{account, page_session, personal_token};
use crate::error::StorageError;
use crate::write::Tx;

/// How many sessions of an account are read at most.
const SESSIONS_MAX: u64 = 200;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// Whose it is.
    pub account: UserId,
    /// What the person recognises it by. Neither an address nor a browser's name is stored unasked.
    pub label: String,
    /// The local day it began; the hour is not kept.
    pub started_on: NaiveDate,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When it was ended before its time.
    pub revoked_at: Option<Timestamp>,
    /// Whether a second factor was shown when it began, in one with the first: by a passkey that opened it or was made in it, or
    /// at a provider that said so. A password alone is none.
    pub second_factor: bool,
}

/// A session that has not ended, of an account that is active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub account: Account,
    /// The newest place in the ledger that the public can see, at the same moment; 0 when there is none.
    pub newest_public: i64,
    /// The newest place in the ledger, whoever can see it, at the same moment; 0 when there is none.
    pub newest: i64,
}

/// A session that is neither revoked nor expired, with its account if that is active.
///
/// Runs on every request: one statement whose text does not change, read by column number.
pub async fn find_live(db: &impl Db, id: SessionId, now: Timestamp) -> Result<Option<Live>, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        concat!(
            live_columns!(),
            " FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = $1 AND ",
            is_live!()
        ),
        [id.0.into(), now.0.into(), Level::Public.rank().into()],
    );
    connection.query_one_raw(statement).await?.as_ref().map(live).transpose()
}

/// What is read of a live session and its account, by column number. `$3` is the rank of the public level.
macro_rules! live_columns {
    () => {
        "SELECT s.id, s.account_id, s.label, s.started_on, s.expires_at, s.revoked_at, s.second_factor, \
         a.email, a.name, a.organisation_id, a.role, a.state, a.confirmed, a.language, a.password_hash, \
         a.created_on, a.version, a.second_factor, a.has_passkey, \
         (SELECT COALESCE(MAX(position), 0) FROM ledger_entry WHERE level = $3), \
         (SELECT COALESCE(MAX(position), 0) FROM ledger_entry)"
    };
}
use live_columns;

/// What makes a session live. `$2` is now. Of the secretariat nobody comes in whom no colleague confirmed
/// ([`qadam_domain::accounts::Role::comes_in`]).
macro_rules! is_live {
    () => {
        "s.revoked_at IS NULL AND s.expires_at > $2 AND a.state = 'active' \
         AND (a.confirmed OR a.role <> 'secretariat')"
    };
}
use is_live;

/// The session and the account in a row.
fn live(row: &QueryResult) -> Result<Live, StorageError> {
    let session = Model {
        id: row.try_get_by_index(0)?,
        account_id: row.try_get_by_index(1)?,
        label: row.try_get_by_index(2)?,
        started_on: row.try_get_by_index(3)?,
        expires_at: row.try_get_by_index(4)?,
        revoked_at: row.try_get_by_index(5)?,
        second_factor: row.try_get_by_index(6)?,
    };
    let account = account_of(row, session.account_id)?;
    let (newest_public, newest) = (row.try_get_by_index(19)?, row.try_get_by_index(20)?);
    Ok(Live { session: read(session)?, account: accounts::read(account)?, newest_public, newest })
}

/// The account in a row of a live session.
fn account_of(row: &QueryResult, id: uuid::Uuid) -> Result<account::Model, StorageError> {
    Ok(account::Model {
        id,
        email: row.try_get_by_index(7)?,
        name: row.try_get_by_index(8)?,
        organisation_id: row.try_get_by_index(9)?,
        role: row.try_get_by_index(10)?,
        state: row.try_get_by_index(11)?,
        confirmed: row.try_get_by_index(12)?,
        language: row.try_get_by_index(13)?,
        password_hash: row.try_get_by_index(14)?,
        created_on: row.try_get_by_index(15)?,
        version: row.try_get_by_index(16)?,
        second_factor: row.try_get_by_index(17)?,
        has_passkey: row.try_get_by_index(18)?,
    })
}

/// The sessions of an account that are neither revoked nor expired, newest day first; at most 200.
pub async fn list_live(db: &impl Db, account: UserId, now: Timestamp) -> Result<Vec<Session>, StorageError> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now.0))
        .filter(Column::Id.not_in_subquery(idle(now)))
        .filter(Column::Id.not_in_subquery(of_programs()))
        .order_by_desc(Column::StartedOn)
        .order_by_asc(Column::Id)
        .limit(SESSIONS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The sessions of browsers from which no request came for too long.
fn idle(now: Timestamp) -> SelectStatement {
    page_session::Entity::find()
        .select_only()
        .column(page_session::Column::SessionId)
        .filter(page_session::Column::IdleUntil.lte(now.0))
        .into_query()
}

/// The sessions of programs.
fn of_programs() -> SelectStatement {
    personal_token::Entity::find().select_only().column(personal_token::Column::SessionId).into_query()
}

/// Inserts a new session.
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), StorageError> {
    let row = ActiveModel {
        id: Set(session.id.0),
        account_id: Set(session.account.0),
        label: Set(session.label.clone()),
        started_on: Set(session.started_on.to_string()),
        expires_at: Set(session.expires_at.0),
        revoked_at: Set(session.revoked_at.map(|at| at.0)),
        second_factor: Set(session.second_factor),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Notes that a second factor was shown in a session: a passkey was made in it.
pub async fn note_second_factor(tx: &Tx, id: SessionId) -> Result<(), StorageError> {
    let noted = Entity::update_many().col_expr(Column::SecondFactor, Expr::value(true));
    noted.filter(Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Ends a session. Tells whether it had not been ended before.
pub async fn revoke(tx: &Tx, id: SessionId, now: Timestamp) -> Result<bool, StorageError> {
    let outcome = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::RevokedAt.is_null())
        .exec(tx.inner())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Ends all sessions of an account but one, and tells how many.
pub async fn revoke_all(
    tx: &Tx,
    account: UserId,
    now: Timestamp,
    except: Option<SessionId>,
) -> Result<u64, StorageError> {
    let mut update = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now.0))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::RevokedAt.is_null());
    if let Some(except) = except {
        update = update.filter(Column::Id.ne(except.0));
    }
    Ok(update.exec(tx.inner()).await?.rows_affected)
}

/// What of sessions ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Refresh tokens past their end.
    Tokens,
    /// Refresh tokens of sessions past theirs.
    TokensOfSessions,
    /// What cookies hold of sessions past their end.
    PageSessions,
    /// Tokens of programs past their end.
    PersonalTokens,
    /// Sessions past their end that have none of these left.
    Sessions,
}

impl Ended {
    /// All of it, in the order in which it can be removed.
    pub const ALL: [Self; 5] =
        [Self::Tokens, Self::TokensOfSessions, Self::PageSessions, Self::PersonalTokens, Self::Sessions];

    /// What removes 1,000 rows of it.
    const fn removal(self) -> &'static str {
        match self {
            Self::Tokens => {
                "DELETE FROM refresh_token WHERE token_digest IN \
                 (SELECT token_digest FROM refresh_token WHERE expires_at <= $1 LIMIT 1000)"
            }
            Self::TokensOfSessions => {
                "DELETE FROM refresh_token WHERE token_digest IN (SELECT t.token_digest FROM session s \
                 JOIN refresh_token t ON t.session_id = s.id WHERE s.expires_at <= $1 LIMIT 1000)"
            }
            Self::PageSessions => {
                "DELETE FROM page_session WHERE session_id IN \
                 (SELECT p.session_id FROM session s JOIN page_session p ON p.session_id = s.id \
                 WHERE s.expires_at <= $1 LIMIT 1000)"
            }
            Self::PersonalTokens => {
                "DELETE FROM personal_token WHERE session_id IN \
                 (SELECT p.session_id FROM session s JOIN personal_token p ON p.session_id = s.id \
                 WHERE s.expires_at <= $1 LIMIT 1000)"
            }
            Self::Sessions => {
                "DELETE FROM session WHERE id IN (SELECT s.id FROM session s WHERE s.expires_at <= $1 \
                 AND NOT EXISTS (SELECT 1 FROM refresh_token t WHERE t.session_id = s.id) \
                 AND NOT EXISTS (SELECT 1 FROM page_session p WHERE p.session_id = s.id) \
                 AND NOT EXISTS (SELECT 1 FROM personal_token p WHERE p.session_id = s.id) LIMIT 1000)"
            }
        }
    }
}

/// Removes what has ended, 1,000 rows at most, and tells how many.
///
/// A used token stays until it or its session expires, so that its reuse is noticed for as long as that matters.
pub async fn delete_ended(tx: &Tx, what: Ended, now: Timestamp) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement =
        Statement::from_sql_and_values(connection.get_database_backend(), what.removal(), [now.0.into()]);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

fn read(row: Model) -> Result<Session, StorageError> {
    let started_on = row.started_on.parse().map_err(|_| StorageError::Inconsistent {
        table: "session",
        column: "started_on",
        row: row.id.to_string(),
    })?;
    Ok(Session {
        id: SessionId(row.id),
        account: UserId(row.account_id),
        label: row.label,
        started_on,
        expires_at: Timestamp(row.expires_at),
        revoked_at: row.revoked_at.map(Timestamp),
        second_factor: row.second_factor,
    })
}
