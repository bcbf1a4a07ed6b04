//! The handlers of the floors, on the framework that the program uses.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::{StatusCode, header};
use sqlx::{AssertSqlSafe, Row as _};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::body::{Organisation, Organisations, Surroundings};
use super::queries::Read;
use super::rows::ItemRow;
use crate::database::Database;

/// What the handlers share.
struct Floors {
    database: Database,
    surroundings: Surroundings,
    statements: Statements,
    /// Ready bytes: a page.
    page: Bytes,
    /// Ready bytes: an item.
    item: Bytes,
}

/// The floors' SQL for the database at hand.
struct Statements {
    list: String,
    detail: String,
    search: String,
}

impl Statements {
    fn of(database: &Database) -> Self {
        let write = match database {
            Database::Sqlite(_) => Read::sqlite,
            Database::Postgres(_) => Read::postgres,
        };
        Self { list: write(Read::List), detail: write(Read::Detail), search: write(Read::Search) }
    }
}

/// Serves the floors on a free port, whose address is printed, until the process is ended.
pub(crate) async fn serve(url: &str) -> Result<()> {
    let database = Database::open(url).await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let floors = Floors::gather(database, &base).await?;
    println!("{base}");
    let router = Router::new()
        .route("/api/v1/items", get(list_or_search))
        .route("/api/v1/items/{item}", get(detail))
        .route("/ready/list", get(async |State(floors): State<Arc<Floors>>| json(floors.page.clone())))
        .route("/ready/detail", get(async |State(floors): State<Arc<Floors>>| json(floors.item.clone())))
        .route("/ready/304", get(async || StatusCode::NOT_MODIFIED))
        .with_state(Arc::new(floors));
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // Without a handler for the signal the process ends by it, which serves as well.
            if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            {
                signal.recv().await;
            }
        })
        .await?;
    Ok(())
}

impl Floors {
    async fn gather(database: Database, base: &str) -> Result<Self> {
        let organisations = organisations(&database, base).await?;
        let surroundings = Surroundings { organisations, base: base.to_owned(), today: today() };
        let statements = Statements::of(&database);
        let mut floors = Self { database, surroundings, statements, page: Bytes::new(), item: Bytes::new() };
        let rows = floors.list("planned", "", "2000-01-01", 25).await?;
        floors.page = floors.surroundings.page(&rows, 25, base)?.into();
        let first = rows.first().context("the register has no planned item")?;
        floors.item = floors.surroundings.item(first)?.into();
        Ok(floors)
    }

    async fn list(&self, status: &str, theme: &str, from: &str, limit: i64) -> Result<Vec<ItemRow>> {
        let sql = AssertSqlSafe(if theme.is_empty() {
            // The page of ready bytes: any theme.
            self.statements.list.replace("item_tag.code = $2", "$2 = ''")
        } else {
            self.statements.list.clone()
        });
        Ok(match &self.database {
            Database::Sqlite(pool) => {
                let query = sqlx::query(sql).bind(status).bind(theme).bind(from).bind(limit + 1);
                rows(&query.fetch_all(pool).await?)?
            }
            Database::Postgres(pool) => {
                let query = sqlx::query(sql).bind(status).bind(theme).bind(from).bind(limit + 1);
                query.fetch_all(pool).await?.iter().map(ItemRow::read).collect::<Result<_, _>>()?
            }
        })
    }

    async fn search(&self, words: &str, limit: i64) -> Result<Vec<ItemRow>> {
        let sql = AssertSqlSafe(self.statements.search.clone());
        let Some(query) = qadam_search::Query::parse(words) else { return Ok(Vec::new()) };
        Ok(match &self.database {
            Database::Sqlite(pool) => {
                let (anywhere, titled) = (query.to_fts5(), query.to_fts5_in("title_text"));
                rows(&sqlx::query(sql).bind(anywhere).bind(titled).bind(limit + 1).fetch_all(pool).await?)?
            }
            Database::Postgres(pool) => {
                let found = sqlx::query(sql).bind(query.to_tsquery()).bind(limit + 1).fetch_all(pool).await?;
                found.iter().map(ItemRow::read).collect::<Result<_, _>>()?
            }
        })
    }

    async fn detail(&self, reference: &str) -> Result<Option<ItemRow>> {
        let sql = AssertSqlSafe(self.statements.detail.clone());
        Ok(match &self.database {
            Database::Sqlite(pool) => {
                let row = sqlx::query(sql).bind(reference).fetch_optional(pool).await?;
                row.as_ref().map(ItemRow::read).transpose()?
            }
            Database::Postgres(pool) => {
                let row = sqlx::query(sql).bind(reference).fetch_optional(pool).await?;
                row.as_ref().map(ItemRow::read).transpose()?
            }
        })
    }
}

fn rows(rows: &[sqlx::sqlite::SqliteRow]) -> Result<Vec<ItemRow>, sqlx::Error> {
    rows.iter().map(ItemRow::read).collect()
}

#[expect(clippy::disallowed_methods, reason = "a floor is asked by a benchmark, whose time nobody moves")]
fn today() -> chrono::NaiveDate {
    chrono::Utc::now().date_naive()
}

async fn organisations(database: &Database, base: &str) -> Result<Organisations> {
    const SQL: &str = "SELECT organisation.id, organisation.code, organisation.names FROM organisation";
    let read: Vec<(Uuid, String, String)> = match database {
        Database::Sqlite(pool) => sqlx::query(SQL)
            .fetch_all(pool)
            .await?
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
            .collect::<Result<_, sqlx::Error>>()?,
        Database::Postgres(pool) => sqlx::query(SQL)
            .fetch_all(pool)
            .await?
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
            .collect::<Result<_, sqlx::Error>>()?,
    };
    let organisation = |(id, code, names): (Uuid, String, String)| {
        let names: serde_json::Value = serde_json::from_str(&names).unwrap_or_default();
        let name = names.pointer("/0/name").cloned().unwrap_or_default();
        let url = format!("{base}/api/v1/organisations/{code}");
        (id, Organisation { id, code, name, url })
    };
    Ok(read.into_iter().map(organisation).collect())
}

async fn list_or_search(
    State(floors): State<Arc<Floors>>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let limit: usize = asked.get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(25);
    let rows_wanted = i64::try_from(limit).unwrap_or(i64::MAX);
    let of = |name| asked.get(name).map_or("", String::as_str);
    let found = match asked.get("q") {
        Some(words) => floors.search(words, rows_wanted).await,
        None => floors.list(of("status"), of("theme"), of("due_after"), rows_wanted).await,
    };
    let own = format!("{}{uri}", floors.surroundings.base);
    answered(found.and_then(|rows| floors.surroundings.page(&rows, limit, &own)))
}

async fn detail(State(floors): State<Arc<Floors>>, Path(reference): Path<String>) -> Response {
    match floors.detail(&reference).await {
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Ok(Some(row)) => answered(floors.surroundings.item(&row)),
        Err(error) => answered(Err(error)),
    }
}

fn answered(body: Result<Vec<u8>>) -> Response {
    match body {
        Ok(body) => json(body.into()),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}

fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
