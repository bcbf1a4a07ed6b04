//! The floor W: one connection that commits, as fast as the disk lets it, what a status change writes.
//!
//! It works on a copy of the register's database, for what it writes proves nothing.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Acquire as _, ConnectOptions as _, Connection as _, Row as _};
use uuid::Uuid;

use crate::database;
use crate::processes::as_f64;
use crate::register::{Engine, Register};

/// What a raw loop reached.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Commits {
    /// Transactions in a second.
    pub(crate) rate: f64,
    /// How long half of them took, in milliseconds.
    pub(crate) p50: f64,
    /// How long 99 in 100 took, in milliseconds.
    pub(crate) p99: f64,
}

/// A row of the ledger as a status change writes it.
struct Entry {
    position: i64,
    payload: String,
}

/// Commits for some seconds.
pub(crate) async fn measure(register: &Register, seconds: u32) -> Result<Commits> {
    anyhow::ensure!(register.engine() == Engine::Sqlite, "W is measured on SQLite; PostgreSQL has pgbench");
    let copy = register.file("copy.db");
    let url = format!("sqlite://{}", copy.display());
    vacuum_into(register.url(), &copy).await?;
    let mut connection = database::sqlite(&url)?.connect().await?;
    let items: Vec<Uuid> =
        sqlx::query("SELECT id FROM item WHERE kind = 'commitment' ORDER BY id LIMIT 3000")
            .fetch_all(&mut connection)
            .await?
            .iter()
            .map(|row| row.try_get(0))
            .collect::<Result<_, _>>()?;
    let mut entry = newest(&mut connection).await?;
    let (begun, limit) = (Instant::now(), Duration::from_secs(u64::from(seconds)));
    let mut times = Vec::new();
    for id in items.iter().cycle() {
        if begun.elapsed() >= limit {
            break;
        }
        let started = Instant::now();
        entry.position += 1;
        commit(&mut connection, *id, &entry).await?;
        times.push(started.elapsed());
    }
    let rate = as_f64(u64::try_from(times.len())?) / begun.elapsed().as_secs_f64();
    connection.close().await?;
    std::fs::remove_file(&copy).context("removing the copy")?;
    times.sort_unstable();
    Ok(Commits { rate, p50: percentile(&times, 50), p99: percentile(&times, 99) })
}

/// What a status change reads and writes, and nothing else.
async fn commit(connection: &mut SqliteConnection, id: Uuid, entry: &Entry) -> Result<()> {
    let position = entry.position;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let row = transaction.acquire().await?;
    let _read = sqlx::query("SELECT * FROM item WHERE id = $1 AND text_level >= 1")
        .bind(id)
        .fetch_one(&mut *row)
        .await?;
    let _consents =
        sqlx::query("SELECT * FROM consent WHERE item_id = $1").bind(id).fetch_all(&mut *row).await?;
    sqlx::query(
        "UPDATE item SET status = CASE status WHEN 'closed' THEN 'in_progress' ELSE 'closed' END, \
         closing_result = CASE status WHEN 'closed' THEN NULL ELSE 'partly_implemented' END, \
         version = version + 1, position_own = $2, position_secretariat = $2, position_addressed = $2, \
         position_members = $2, position_public = $2, changed_own = $2, changed_secretariat = $2, \
         changed_addressed = $2, changed_members = $2, changed_public = $2 WHERE id = $1",
    )
    .bind(id)
    .bind(position)
    .execute(&mut *row)
    .await?;
    sqlx::query(
        "INSERT INTO ledger_entry (position, action, subject_type, subject_id, subject_ref, item_id, actor_role, \
         axis, level, sealed, at, digest) VALUES ($1, 'item.status_changed', 'item', $2, 'C-2026-0001', $3, \
         'secretariat', 'text', 4, 0, $1, randomblob(32))",
    )
    .bind(position)
    .bind(id.to_string())
    .bind(id)
    .execute(&mut *row)
    .await?;
    sqlx::query(
        "INSERT INTO ledger_payload (position, salt, actor_salt, payload) \
         VALUES ($1, randomblob(32), randomblob(32), $2)",
    )
    .bind(position)
    .bind(&entry.payload)
    .execute(&mut *row)
    .await?;
    sqlx::query("INSERT INTO ledger_queue (position, daily, entered_on) VALUES ($1, 0, '2026-01-01')")
        .bind(position)
        .execute(&mut *row)
        .await?;
    sqlx::query(
        "INSERT INTO status_change (id, item_id, position, from_status, to_status, as_of, as_of_precision, \
         recorded_on, content, role, level) VALUES (randomblob(16), $1, $2, 'in_progress', 'closed', '2026-01-01', \
         'day', '2026-01-01', '{}', 'secretariat', 4)",
    )
    .bind(id)
    .bind(position)
    .execute(&mut *row)
    .await?;
    transaction.commit().await?;
    Ok(())
}

async fn newest(connection: &mut SqliteConnection) -> Result<Entry> {
    let row = sqlx::query(
        "SELECT ledger_entry.position, payload FROM ledger_entry JOIN ledger_payload \
         ON ledger_payload.position = ledger_entry.position WHERE action = 'item.status_changed' \
         ORDER BY ledger_entry.position DESC LIMIT 1",
    )
    .fetch_one(&mut *connection)
    .await?;
    let position = sqlx::query_scalar("SELECT MAX(position) FROM ledger_entry").fetch_one(connection).await?;
    Ok(Entry { position, payload: row.try_get(1)? })
}

async fn vacuum_into(url: &str, copy: &std::path::Path) -> Result<()> {
    if copy.exists() {
        std::fs::remove_file(copy)?;
    }
    let mut connection = database::sqlite(url)?.connect().await?;
    let sql = format!("VACUUM INTO '{}'", copy.display());
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// A percentile of sorted times, in milliseconds.
fn percentile(times: &[Duration], percent: usize) -> f64 {
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}
