//! The best SQL that was found by hand for the three reads, and the plans that the databases make of it.
//!
//! Whatever the program's statements do worse than these is the program's fault.

use anyhow::Result;
use sqlx::{AssertSqlSafe, Row as _};

use super::rows::COLUMNS;
use crate::database::Database;

/// What a reader asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// A page of a list narrowed to a status and a theme, by due date.
    List,
    /// An item by its ref.
    Detail,
    /// A page of what words find, titles first, then the newest.
    Search,
}

impl Read {
    pub(super) const ALL: [Self; 3] = [Self::List, Self::Detail, Self::Search];

    /// The statement for SQLite. Parameters: list: status, theme, first due day, rows; detail: ref; search: words
    /// in any text, words in the title, rows.
    pub(super) fn sqlite(self) -> String {
        match self {
            Self::List => format!(
                "SELECT {COLUMNS} FROM item WHERE item.text_level = 4 AND item.status = $1 \
                 AND item.due_sort >= $3 AND item.due_sort < '9999-12-31' AND EXISTS (SELECT 1 FROM item_tag \
                 WHERE item_tag.vocabulary = 'theme' AND item_tag.code = $2 AND item_tag.item_id = item.id) \
                 ORDER BY item.due_sort, item.id LIMIT $4"
            ),
            Self::Detail => {
                format!("SELECT {COLUMNS} FROM item WHERE item.reference = $1 AND item.text_level = 4")
            }
            Self::Search => format!(
                "SELECT {COLUMNS} FROM (SELECT row_id AS place, row_id IN (SELECT rowid FROM item_search \
                 WHERE item_search MATCH $2) AS titled, changed_public AS changed, id AS named FROM item \
                 WHERE text_level = 4 AND row_id IN (SELECT rowid FROM item_search WHERE item_search MATCH $1) \
                 ORDER BY titled DESC, changed DESC, named DESC LIMIT $3) AS found \
                 CROSS JOIN item ON item.row_id = found.place ORDER BY titled DESC, changed DESC, named DESC"
            ),
        }
    }

    /// The statement for PostgreSQL, with the same parameters; search takes the words once.
    pub(super) fn postgres(self) -> String {
        match self {
            // Kept from making a join of the tags, for which it would have to sort.
            Self::List => self.sqlite().replace("item.id)", "item.id OFFSET 0)"),
            Self::Detail => self.sqlite(),
            Self::Search => format!(
                "SELECT {COLUMNS} FROM (SELECT item.row_id AS place, item_search.title_text @@ words AS titled, \
                 item.changed_public AS changed, item.id AS named FROM \
                 CAST($1 AS tsquery) AS words, item_search JOIN item ON item.id = item_search.item_id \
                 WHERE item.text_level = 4 AND item_search.whole_text @@ words \
                 ORDER BY titled DESC, changed DESC, named DESC LIMIT $2) AS found \
                 JOIN item ON item.row_id = found.place ORDER BY titled DESC, changed DESC, named DESC"
            ),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "detail",
            Self::Search => "search",
        }
    }
}

/// What stands in a statement's place when its plan is asked for.
struct Example {
    placeholder: &'static str,
    value: &'static str,
}

fn examples(read: Read, postgres: bool) -> Vec<Example> {
    let example = |placeholder, value| Example { placeholder, value };
    match read {
        Read::List => vec![
            example("$1", "'planned'"),
            example("$2", "'prison_health'"),
            example("$3", "'2026-01-01'"),
            example("$4", "26"),
        ],
        Read::Detail => vec![example("$1", "'C-2026-0001'")],
        Read::Search if postgres => {
            vec![example("$1", "'''prison'':* & ''health'':*'"), example("$2", "26")]
        }
        Read::Search => vec![
            example("$1", "'\"prison\"* AND \"health\"*'"),
            example("$2", "'{title_text} : (\"prison\"* AND \"health\"*)'"),
            example("$3", "26"),
        ],
    }
}

/// The plans that a database makes of the floors' statements, as text.
pub(crate) async fn plans(database: &Database) -> Result<Vec<(String, String)>> {
    let mut plans = Vec::new();
    for read in Read::ALL {
        let plan = match database {
            Database::Sqlite(pool) => {
                let sql = format!("EXPLAIN QUERY PLAN {}", filled(read.sqlite(), read, false));
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(pool).await?;
                rows.iter().map(|row| row.try_get::<String, _>(3)).collect::<Result<Vec<_>, _>>()?
            }
            Database::Postgres(pool) => {
                let sql = format!("EXPLAIN {}", filled(read.postgres(), read, true));
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(pool).await?;
                rows.iter().map(|row| row.try_get::<String, _>(0)).collect::<Result<Vec<_>, _>>()?
            }
        };
        plans.push((read.name().to_owned(), plan.join("\n")));
    }
    Ok(plans)
}

fn filled(sql: String, read: Read, postgres: bool) -> String {
    examples(read, postgres)
        .into_iter()
        .fold(sql, |sql, example| sql.replace(example.placeholder, example.value))
}
