//! Statements that wait, so that several make one journey to the database.
//!
//! SQLite takes several statements in one text, whose parameters are counted through. PostgreSQL takes one, which
//! may write in its parts: none of them sees what another wrote, and what they refer to is compared at its end.

use std::fmt::Write as _;

use sea_orm::sea_query::{QueryStatementWriter, SqliteQueryBuilder};
use sea_orm::{
    ActiveModelTrait, DatabaseBackend, EntityTrait, Insert, InsertMany, QueryTrait, Statement, UpdateMany,
    Value,
};

/// How many values are sent at once at most. PostgreSQL takes 65,535.
const VALUES_MAX: usize = 30_000;

/// A statement that writes and tells nothing that is needed before the next.
#[derive(Debug)]
pub(crate) struct Later {
    table: &'static str,
    /// With `?` for each value.
    sql: String,
    values: Vec<Value>,
    /// Whether it has to find exactly one row, which it gives back.
    guarded: bool,
}

impl Later {
    /// Writes to a table by a statement with `?` for each value, in their order, and no other question mark.
    pub(crate) fn raw(table: &'static str, sql: &str, values: impl IntoIterator<Item = Value>) -> Self {
        Self { table, sql: sql.to_owned(), values: values.into_iter().collect(), guarded: false }
    }

    /// Inserts a row.
    pub(crate) fn insert<A: ActiveModelTrait>(row: A) -> Self {
        Self::built::<A::Entity>(&Insert::one(row).into_query(), false)
    }

    /// Inserts rows, of which there must be one at least.
    pub(crate) fn insert_many<A: ActiveModelTrait>(rows: impl IntoIterator<Item = A>) -> Self {
        Self::built::<A::Entity>(&InsertMany::many(rows).into_query(), false)
    }

    /// Changes exactly one row: finding none, or more, is a conflict of versions.
    pub(crate) fn update_one<E: EntityTrait>(update: UpdateMany<E>, column: E::Column) -> Self {
        let mut query = update.into_query();
        query.returning_col(column);
        Self::built::<E>(&query, true)
    }

    fn built<E: EntityTrait>(query: &impl QueryStatementWriter, guarded: bool) -> Self {
        // Its text is good for PostgreSQL, too, but for the way values are numbered.
        let (sql, values) = query.build(SqliteQueryBuilder);
        Self { table: E::default().table_name(), sql, values: values.0, guarded }
    }

    /// Whether this one must not go with those that wait: on PostgreSQL it would not see what they wrote.
    pub(super) fn has_to_follow(&self, waiting: &[Self]) -> bool {
        let values: usize = waiting.iter().map(|statement| statement.values.len()).sum();
        waiting.iter().any(|other| other.guarded && (self.guarded || self.table == other.table))
            || (self.guarded && waiting.iter().any(|other| other.table == self.table))
            || values + self.values.len() > VALUES_MAX
    }
}

/// One statement that does what several do.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) statement: Statement,
    /// How many rows it has to give back.
    pub(super) rows: usize,
}

impl Joined {
    /// Joins statements, of which there must be one at least; on SQLite with what has to be done before them.
    pub(super) fn new(backend: DatabaseBackend, first: Option<&str>, mut statements: Vec<Later>) -> Self {
        // PostgreSQL gives back what the last part finds.
        statements.sort_by_key(|statement| statement.guarded);
        let rows = statements.iter().filter(|statement| statement.guarded).count();
        let sql = match backend {
            DatabaseBackend::Postgres => parts(&statements),
            _ => sequence(first, &statements),
        };
        let values = statements.into_iter().flat_map(|statement| statement.values);
        Self { statement: Statement::from_sql_and_values(backend, sql, values), rows }
    }
}

fn sequence(first: Option<&str>, statements: &[Later]) -> String {
    let texts = first.into_iter().chain(statements.iter().map(|statement| statement.sql.as_str()));
    texts.collect::<Vec<_>>().join("; ")
}

fn parts(statements: &[Later]) -> String {
    let mut sql = String::with_capacity(statements.iter().map(|statement| statement.sql.len() + 32).sum());
    let mut value = 0_usize;
    let mut numbered = |sql: &mut String, text: &str| {
        for (place, piece) in text.split('?').enumerate() {
            if place > 0 {
                value += 1;
                // Writing to a text does not fail.
                let _written = write!(sql, "${value}");
            }
            sql.push_str(piece);
        }
    };
    if let Some((last, others)) = statements.split_last() {
        for (place, statement) in others.iter().enumerate() {
            let opening = if place == 0 { "WITH" } else { "," };
            let _written = write!(sql, "{opening} part_{place} AS (");
            numbered(&mut sql, &statement.sql);
            sql.push(')');
        }
        sql.push(' ');
        numbered(&mut sql, &last.sql);
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(table: &'static str, value: i64) -> Later {
        Later::raw(table, "INSERT INTO t (a, b) VALUES (?, ?)", [value.into(), (value + 1).into()])
    }

    fn update(table: &'static str, value: i64) -> Later {
        let update = Later::raw(table, "UPDATE t SET a = ? RETURNING a", [value.into()]);
        Later { guarded: true, ..update }
    }

    fn joined(backend: DatabaseBackend, first: Option<&str>) -> (String, Vec<Value>, usize) {
        let joined =
            Joined::new(backend, first, vec![insert("one", 1), update("two", 3), insert("three", 4)]);
        let values = joined.statement.values.unwrap();
        (joined.statement.sql, values.0, joined.rows)
    }

    #[test]
    fn what_gives_rows_back_is_last_and_values_stand_where_their_statements_do() {
        let values: Vec<Value> = [1_i64, 2, 4, 5, 3].map(Value::from).into();
        let first = Some("SAVEPOINT s");
        assert_eq!(
            joined(DatabaseBackend::Sqlite, first),
            (
                "SAVEPOINT s; INSERT INTO t (a, b) VALUES (?, ?); INSERT INTO t (a, b) VALUES (?, ?); \
                 UPDATE t SET a = ? RETURNING a"
                    .to_owned(),
                values.clone(),
                1
            )
        );
        assert_eq!(
            joined(DatabaseBackend::Postgres, None),
            (
                "WITH part_0 AS (INSERT INTO t (a, b) VALUES ($1, $2)), part_1 AS (INSERT INTO t (a, b) \
                 VALUES ($3, $4)) UPDATE t SET a = $5 RETURNING a"
                    .to_owned(),
                values,
                1
            )
        );
    }

    #[test]
    fn statements_go_together_unless_one_had_to_see_what_another_wrote() {
        for (waiting, next, follows) in [
            (vec![], insert("one", 1), false),
            (vec![insert("one", 1)], insert("one", 2), false),
            (vec![insert("one", 1)], update("two", 2), false),
            (vec![insert("one", 1)], update("one", 2), true),
            (vec![update("one", 1)], insert("two", 2), false),
            (vec![update("one", 1)], insert("one", 2), true),
            (vec![update("one", 1)], update("two", 2), true),
        ] {
            assert_eq!(next.has_to_follow(&waiting), follows, "{waiting:?} {next:?}");
        }
    }

    #[test]
    fn no_more_values_go_together_than_the_database_takes() {
        let of = |values: usize| Later::raw("t", "", std::iter::repeat_n(Value::from(0_i64), values));
        assert!(!of(1).has_to_follow(&[of(VALUES_MAX - 1)]));
        assert!(of(2).has_to_follow(&[of(VALUES_MAX - 1)]));
    }
}
