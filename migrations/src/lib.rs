//! The schema, one migration a feature, the same for SQLite and PostgreSQL.
//!
//! Each migration is one SQL text in `sql/`, in which the few types that differ between the databases stand as
//! placeholders (see [`dialect`]). A migration never changes once released: a new one follows it. Each runs in
//! one transaction on both databases, so that a failed one leaves nothing behind.
//!
//! Conventions: identifiers are UUIDs; times are whole milliseconds since 1970 UTC (`…_at`); days are ISO 8601
//! texts (`…_on`); language maps and lists that nothing filters by are JSON texts; columns that lists are sorted
//! by are NOT NULL, because the databases disagree on where NULL sorts.

mod dialect;
mod steps;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        steps::all()
    }
}
