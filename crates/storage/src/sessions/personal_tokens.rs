//! Sessions of programs: a token names one, until it expires or is ended.

use chrono::NaiveDate;
use qadam_domain::accounts::TokenScope;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};

use super::{Live, Session, live, read};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::{personal_token, session};
use crate::error::StorageError;
use crate::write::Tx;

/// How many tokens of an account are listed.
const LISTED_MAX: u64 = 200;

/// A token without what it is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalToken {
    /// Its session: label, first day, end.
    pub session: Session,
    /// What it may do.
    pub scope: TokenScope,
    /// The local day on which it was last used.
    pub used_on: Option<NaiveDate>,
}

/// A live session that a token names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveToken {
    /// The session and its account.
    pub live: Live,
    /// What the token may do.
    pub scope: TokenScope,
    /// The local day on which it was last used.
    pub used_on: Option<NaiveDate>,
}

/// Makes a session one of a program: the SHA-256 digest of its token, and what it may do.
pub async fn insert_personal_token(
    tx: &Tx,
    digest: [u8; 32],
    session: SessionId,
    scope: TokenScope,
) -> Result<(), StorageError> {
    let row = personal_token::ActiveModel {
        token_digest: Set(digest.to_vec()),
        session_id: Set(session.0),
        scope: Set(scope.code().to_owned()),
        used_on: Set(None),
    };
    personal_token::Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The session that a token names, if it is neither revoked nor expired, with its account if that is active.
///
/// Runs on every request with a token: one statement whose text does not change.
pub async fn find_live_by_token(
    db: &impl Db,
    digest: [u8; 32],
    now: Timestamp,
) -> Result<Option<LiveToken>, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        concat!(
            super::live_columns!(),
            ", t.scope, t.used_on FROM personal_token t JOIN session s ON s.id = t.session_id \
             JOIN account a ON a.id = s.account_id WHERE t.token_digest = $1 AND ",
            super::is_live!()
        ),
        [digest.to_vec().into(), now.0.into(), qadam_domain::levels::Level::Public.rank().into()],
    );
    let Some(row) = connection.query_one_raw(statement).await? else { return Ok(None) };
    let live = live(&row)?;
    let scope = scope(row.try_get_by_index::<String>(21)?.as_str(), live.session.id)?;
    let used_on = day(row.try_get_by_index(22)?, live.session.id)?;
    Ok(Some(LiveToken { live, scope, used_on }))
}

/// Notes the day on which a token was used.
pub async fn note_use(tx: &Tx, session: SessionId, on: NaiveDate) -> Result<(), StorageError> {
    personal_token::Entity::update_many()
        .col_expr(personal_token::Column::UsedOn, Expr::value(on.to_string()))
        .filter(personal_token::Column::SessionId.eq(session.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// The tokens of an account that are neither revoked nor expired, newest day first; at most 200.
pub async fn list_personal_tokens(
    db: &impl Db,
    account: UserId,
    now: Timestamp,
) -> Result<Vec<PersonalToken>, StorageError> {
    let sessions = session::Entity::find()
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now.0))
        .filter(session::Column::Id.in_subquery(super::of_programs()))
        .order_by_desc(session::Column::StartedOn)
        .order_by_asc(session::Column::Id)
        .limit(LISTED_MAX)
        .all(db.inner())
        .await?;
    let ids = sessions.iter().map(|session| session.id);
    let tokens = personal_token::Entity::find()
        .filter(personal_token::Column::SessionId.is_in(ids))
        .all(db.inner())
        .await?;
    let token_of = |session: session::Model| {
        let token = tokens.iter().find(|token| token.session_id == session.id)?;
        Some((session, token))
    };
    let read_both = |(session, token): (session::Model, &personal_token::Model)| {
        let id = SessionId(session.id);
        let (scope, used_on) = (scope(&token.scope, id)?, day(token.used_on.clone(), id)?);
        Ok(PersonalToken { session: read(session)?, scope, used_on })
    };
    sessions.into_iter().filter_map(token_of).map(read_both).collect()
}

fn scope(code: &str, session: SessionId) -> Result<TokenScope, StorageError> {
    TokenScope::from_code(code).ok_or_else(|| inconsistent("scope", session))
}

fn day(text: Option<String>, session: SessionId) -> Result<Option<NaiveDate>, StorageError> {
    text.map(|text| text.parse().map_err(|_| inconsistent("used_on", session))).transpose()
}

fn inconsistent(column: &'static str, session: SessionId) -> StorageError {
    StorageError::Inconsistent { table: "personal_token", column, row: session.to_string() }
}
