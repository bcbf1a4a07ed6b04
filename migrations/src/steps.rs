//! The migrations, each an SQL text with its name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::dialect::statements;

/// A migration made of one SQL text.
struct Step {
    name: &'static str,
    sql: &'static str,
}

macro_rules! steps {
    ($($name:literal),* $(,)?) => {
        /// All migrations in order.
        pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
            vec![$(Box::new(Step { name: $name, sql: include_str!(concat!("sql/", $name, ".sql")) }),)*]
        }
    };
}

steps![
    "m20261122_000001_create_organisations",
    "m20261122_000002_create_accounts",
    "m20261122_000003_create_items",
    "m20261122_000004_create_meetings",
    "m20261122_000005_create_ledger",
    "m20261122_000006_create_settings",
    "m20261122_000007_create_response_clocks",
    "m20261122_000008_create_statistics_indexes",
    "m20261122_000009_extend_meetings",
    "m20261122_000010_create_merge_consents",
    "m20261122_000011_create_contributions",
    "m20261122_000012_create_notifications",
    "m20261122_000013_create_evidence_files",
    "m20261122_000014_create_reporting_rounds",
    "m20261122_000015_extend_contributions",
    "m20261122_000016_create_co_filing_invitations",
    "m20261122_000017_narrow_reporting_rounds",
    "m20261122_000018_create_page_sessions",
    "m20261123_000019_create_translation_gaps",
    "m20261123_000020_create_second_factors",
    "m20261123_000021_create_personal_tokens",
    "m20261123_000022_extend_accounts",
    "m20261123_000023_create_passkeys",
    "m20261124_000024_create_draft_notices",
    "m20261124_000025_create_identities",
    "m20261124_000027_create_redactions",
    "m20261124_000028_create_readings",
];

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for statement in statements(self.sql, connection.get_database_backend()) {
            qadam_failpoints::reach("migration.statement");
            connection.execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
