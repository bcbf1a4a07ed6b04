//! R21: a program that dies while it brings the schema up to date has done whole steps only, and the next start does
//! the rest: from nothing, and from an older schema with data in it.

use crate::figures::Figure;
use crate::ground::Ground;
use crate::launch::Launch;
use crate::program::Program;
use crate::scale::{Dice, amount};
use crate::stored::{execute, rows};

/// The newest steps, undone: what they made, and that they were made. What they fill follows from the rest.
const UNDO: [&str; 22] = [
    "DROP TABLE reading",
    "DROP TABLE ledger_redacted",
    "DROP TABLE account_identity",
    "DROP TABLE draft_notice",
    "DROP INDEX notification_at",
    "DROP TABLE spent_challenge",
    "DROP TABLE passkey",
    "DROP TABLE passkey_user",
    "ALTER TABLE session DROP COLUMN second_factor",
    "ALTER TABLE account DROP COLUMN has_passkey",
    "ALTER TABLE account_link DROP COLUMN vouched_by",
    "ALTER TABLE account_link DROP COLUMN asked_by",
    "ALTER TABLE account_link DROP COLUMN purpose",
    "ALTER TABLE account DROP COLUMN has_been_secretariat",
    "DROP TABLE personal_token",
    "DROP TABLE recovery_code",
    "DROP TABLE account_totp",
    "ALTER TABLE account DROP COLUMN second_factor",
    "DROP TABLE item_translation_gap",
    "DROP TABLE page_session",
    "DROP TABLE co_filing_invitation",
    "DELETE FROM seaql_migrations WHERE version LIKE '%_000016_%' OR version LIKE '%_000018_%' OR version LIKE \
     '%_000019_%' OR version LIKE '%_000020_%' OR version LIKE '%_000021_%' OR version LIKE '%_000022_%' OR \
     version LIKE '%_000023_%' OR version LIKE '%_000024_%' OR version LIKE '%_000025_%' OR version LIKE '%_000027_%' OR \
     version LIKE '%_000028_%'",
];

/// Brings the schema up to date, dying at a statement that chance picks until there are not so many left. How often it
/// died.
fn migrate_dying(launch: &Launch, most: usize, dice: &mut Dice) -> usize {
    let mut deaths = 0;
    while deaths < amount(4, 60) {
        let dying = launch.clone().ending_at("migration.statement", dice.between(1, most));
        let output = dying.command().output().expect("it runs");
        if output.status.success() {
            return deaths;
        }
        deaths += 1;
    }
    let output = launch.command().output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    deaths
}

/// What the tables, indexes and triggers of a database are.
fn schema(ground: &Ground) -> Vec<String> {
    let sql = if ground.name == "SQLite" {
        "SELECT type, name, COALESCE(sql, ''), 0 FROM sqlite_master ORDER BY type, name"
    } else {
        "SELECT table_name || '.' || column_name, data_type || is_nullable, COALESCE(column_default, '') || \
         COALESCE(collation_name, ''), CAST(0 AS BIGINT) FROM information_schema.columns WHERE table_schema = 'public' \
         UNION ALL SELECT indexname, indexdef, '', CAST(0 AS BIGINT) FROM pg_indexes WHERE schemaname = 'public' UNION \
         ALL SELECT tgname, pg_get_triggerdef(oid), '', CAST(0 AS BIGINT) FROM pg_trigger WHERE NOT tgisinternal ORDER \
         BY 1, 2, 3"
    };
    rows(ground, sql).into_iter().map(|(one, two, three, _)| format!("{one} {two} {three}")).collect()
}

/// Everything that a table holds, in the order of its own text. By the names of columns: one that a step adds again
/// stands last.
fn content(ground: &Ground, table: &str) -> String {
    let sql = if ground.name == "SQLite" {
        let columns =
            rows(ground, &format!("SELECT name, '', '', 0 FROM pragma_table_info('{table}') ORDER BY name"));
        let quoted: Vec<String> = columns.iter().map(|(name, ..)| format!("quote(\"{name}\")")).collect();
        let row = quoted.join(" || ',' || ");
        format!(
            "SELECT COALESCE(group_concat(said, char(10)), ''), '', '', 0 FROM (SELECT {row} AS said FROM {table} ORDER BY 1)"
        )
    } else {
        format!(
            "SELECT COALESCE(string_agg(row, chr(10) ORDER BY row), ''), '', '', CAST(0 AS BIGINT) FROM (SELECT \
             CAST(to_jsonb(t) AS TEXT) AS row FROM {table} t) AS rows"
        )
    };
    rows(ground, &sql).pop().expect("a row").0
}

/// The tables of the register, but that of the steps, which has their times.
fn tables(ground: &Ground) -> Vec<String> {
    let sql = if ground.name == "SQLite" {
        "SELECT name, '', '', 0 FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    } else {
        "SELECT CAST(tablename AS TEXT), '', '', CAST(0 AS BIGINT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    };
    let names = rows(ground, sql).into_iter().map(|(name, ..)| name);
    names.filter(|name| name != "seaql_migrations").collect()
}

fn contents(ground: &Ground) -> Vec<(String, String)> {
    tables(ground).into_iter().map(|table| (table.clone(), content(ground, &table))).collect()
}

fn from_nothing(dying: &Ground, whole: &Ground) {
    let mut dice = Dice::of("migrations");
    let launch = Launch::migrate(dying.directory(), dying.database());
    let deaths = migrate_dying(&launch, 30, &mut dice);
    let clean = Launch::migrate(whole.directory(), whole.database()).command().output().expect("it runs");
    assert!(clean.status.success(), "{}", String::from_utf8_lossy(&clean.stderr));
    let same = schema(dying) == schema(whole);
    let served = dying.serve().start();
    drop(served);
    let counted = format!("{deaths} deaths, the same schema as without: {same}");
    let pass = "the next start completes, the schema is the same";
    Figure {
        test: "R21 migrations from nothing",
        database: dying.name,
        rounds: deaths,
        counted,
        pass,
        reached: same && deaths > 0,
    }
    .hold();
}

fn from_older(ground: &Ground) {
    let before = contents(ground);
    for statement in UNDO {
        execute(ground, statement);
    }
    let launch = Launch::migrate(ground.directory(), ground.database());
    let deaths = migrate_dying(&launch, 6, &mut Dice::of("older"));
    let after = contents(ground);
    drop(Program::serve(ground.directory(), ground.database()));
    let changed: Vec<&String> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after)
        .map(|((table, _), _)| table)
        .collect();
    ground.is_whole();
    let counted = format!("{deaths} deaths, {} tables, changed {changed:?}", after.len());
    let reached = changed.is_empty() && before.len() == after.len() && deaths > 0;
    let pass = "the next start completes, every table is as it was";
    Figure {
        test: "R21 migrations with data",
        database: ground.name,
        rounds: deaths,
        counted,
        pass,
        reached,
    }
    .hold();
}

#[test]
fn a_death_within_a_migration_is_made_good_by_the_next_start_on_sqlite() {
    from_nothing(&Ground::empty_on_sqlite(), &Ground::empty_on_sqlite());
    from_older(&Ground::on_sqlite());
}

#[test]
fn a_death_within_a_migration_is_made_good_by_the_next_start_on_postgresql() {
    from_nothing(&Ground::empty_on_postgres(), &Ground::empty_on_postgres());
    from_older(&Ground::on_postgres());
}
