//! Sessions of browsers: a cookie names one, and it ends where no request comes for a while.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::SessionId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use super::{Live, live};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::page_session::{ActiveModel, Column, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// A live session that a cookie names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePageSession {
    /// The session and its account.
    pub live: Live,
    /// Until when it lives without another request.
    pub idle_until: Timestamp,
}

/// Makes a session one of a browser: the SHA-256 digest of what its cookie holds, and until when it lives without a
/// request.
pub async fn insert_page_session(
    tx: &Tx,
    cookie: [u8; 32],
    session: SessionId,
    idle_until: Timestamp,
) -> Result<(), StorageError> {
    let row = ActiveModel {
        cookie_digest: Set(cookie.to_vec()),
        session_id: Set(session.0),
        idle_until: Set(idle_until.0),
    };
    Entity::insert(row).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The session that a cookie names, if it is neither revoked, expired nor idle, with its account if that is active.
///
/// Runs on every page that an account asks for: one statement whose text does not change.
pub async fn find_live_by_cookie(
    db: &impl Db,
    cookie: [u8; 32],
    now: Timestamp,
) -> Result<Option<LivePageSession>, StorageError> {
    let connection = db.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        concat!(
            super::live_columns!(),
            ", p.idle_until FROM page_session p JOIN session s ON s.id = p.session_id \
             JOIN account a ON a.id = s.account_id \
             WHERE p.cookie_digest = $1 AND p.idle_until > $2 AND ",
            super::is_live!()
        ),
        [cookie.to_vec().into(), now.0.into(), qadam_domain::levels::Level::Public.rank().into()],
    );
    let Some(row) = connection.query_one_raw(statement).await? else { return Ok(None) };
    Ok(Some(LivePageSession { live: live(&row)?, idle_until: Timestamp(row.try_get_by_index(21)?) }))
}

/// Puts off the end of a browser's session.
pub async fn keep_page_session(tx: &Tx, cookie: [u8; 32], idle_until: Timestamp) -> Result<(), StorageError> {
    Entity::update_many()
        .col_expr(Column::IdleUntil, Expr::value(idle_until.0))
        .filter(Column::CookieDigest.eq(cookie.to_vec()))
        .filter(Column::IdleUntil.lt(idle_until.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}
