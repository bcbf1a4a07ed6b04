//! Which migrations there are: a backup says which it was made after.

use qadam_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};

use crate::error::StorageError;

/// The table in which migrations are noted.
pub(super) const MIGRATIONS: &str = "seaql_migrations";

/// The first of these migrations, oldest first, that this program does not have at its place: a newer one made them.
pub fn unknown_migration(migrations: &[String]) -> Option<&str> {
    let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let unknown = migrations.iter().enumerate().find(|(place, name)| known.get(*place) != Some(name));
    unknown.map(|(_, name)| name.as_str())
}

/// The migrations that were applied, oldest first.
pub(super) async fn applied(connection: &impl ConnectionTrait) -> Result<Vec<String>, StorageError> {
    let sql = format!("SELECT version FROM {MIGRATIONS} ORDER BY version");
    let rows =
        connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<String> {
        Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
    }

    #[test]
    fn migrations_are_named_in_the_order_in_which_they_are_applied() {
        let mut sorted = known();
        sorted.sort_unstable();
        assert_eq!(known(), sorted);
    }

    #[test]
    fn older_schemas_are_known_and_newer_ones_are_not() {
        let mut migrations = known();
        assert_eq!(unknown_migration(&migrations), None);
        migrations.push("m29991231_000001_later".to_owned());
        assert_eq!(unknown_migration(&migrations), Some("m29991231_000001_later"));
        migrations.truncate(3);
        assert_eq!(unknown_migration(&migrations), None);
        migrations.remove(1);
        assert!(unknown_migration(&migrations).is_some(), "one is missing between");
        assert_eq!(unknown_migration(&[]), None);
    }
}
