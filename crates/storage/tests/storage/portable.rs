//! A database is read as rows and written again from them, on either kind of database.

use qadam_archive::{Cell, Column, ColumnKind, Table, write_row};
use qadam_domain::ids::OrganisationId;
use qadam_storage::portable::{LEFT_OUT, Restoration, RestorationError, Snapshot, occupied};
use qadam_storage::{Durability, Options, StorageError, Store, items, organisations, settings};

use crate::fixtures::{account, insert_accounts, insert_items, insert_organisations, organisation, uuid};
use crate::support::{on_both, on_both_empty};

/// Everything of a database: tables with their lines.
type Everything = Vec<(Table, Vec<u8>, u64)>;

async fn open(url: &str) -> Store {
    let options = Options {
        url: url.to_owned(),
        durability: Durability::ThrowAway,
        readers: 2,
        migrate: false,
        patience: None,
    };
    Store::open(&options).await.unwrap()
}

async fn everything(store: &Store) -> (Vec<String>, Everything) {
    let snapshot = Snapshot::take(store).await.unwrap();
    let tables: Vec<Table> = snapshot.tables().cloned().collect();
    let mut everything = Vec::new();
    for (place, table) in tables.into_iter().enumerate() {
        let (mut lines, mut count) = (Vec::new(), 0);
        let mut rows = snapshot.rows(place).await.unwrap();
        while let Some(part) = rows.next().await.unwrap() {
            lines.extend(part.lines);
            count += part.rows;
        }
        drop(rows);
        everything.push((table, lines, count));
    }
    let migrations = snapshot.migrations().to_vec();
    snapshot.end().await.unwrap();
    (migrations, everything)
}

async fn restore(url: &str, migrations: &[String], rows: &Everything) -> Result<(), RestorationError> {
    restore_until(url, migrations, rows, &mut || true).await
}

async fn restore_until(
    url: &str,
    migrations: &[String],
    rows: &Everything,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), RestorationError> {
    let tables: Vec<Table> = rows.iter().map(|(table, ..)| table.clone()).collect();
    let restoration = Restoration::begin(url, migrations, &tables).await?;
    for (table, lines, count) in rows.iter().filter(|(_, lines, _)| !lines.is_empty()) {
        if let Err(error) = restoration.insert(table, lines, *count).await {
            restoration.abandon().await?;
            return Err(error);
        }
    }
    restoration.finish(go_on).await
}

/// Texts that a database or a form of writing might trip over.
const ODD: &str = "a\"b\\c\n\t'd' ? $1 [] 😀 ‏ Қазақ \u{2028} \u{FEFF}";

/// A child with a lower identifier than its parent, accounts, drafts, and a text of all kinds of characters.
async fn fill(store: &Store) {
    insert_organisations(store, &[organisation(9, "PARENT")]).await.unwrap();
    let child = qadam_domain::organisations::Organisation {
        parent: Some(OrganisationId(uuid(9))),
        ..organisation(1, "CHILD")
    };
    insert_organisations(store, &[child]).await.unwrap();
    insert_accounts(store, &[account(1, 1)]).await.unwrap();
    // Each in a write of its own: PostgreSQL orders rows as it likes that come together.
    for number in [3, 1, 2] {
        insert_items(store, &[number]).await.unwrap();
    }
    let outcome: Result<_, StorageError> =
        store.write(|tx| Box::pin(async move { settings::set(tx, "odd", ODD).await })).await;
    outcome.unwrap();
}

#[tokio::test]
async fn what_is_restored_is_what_was_read_on_whichever_database() {
    let sources = std::cell::RefCell::new(Vec::new());
    on_both(async |database| {
        fill(&database.store).await;
        let source = everything(&database.store).await;
        sources.borrow_mut().push(source);
    })
    .await;
    let sources = sources.into_inner();
    assert_eq!(sources[0], sources[1], "both databases give the same rows in the same order");
    let (migrations, rows) = &sources[0];
    on_both_empty(async |url| {
        let interrupted = restore_until(url, migrations, rows, &mut || false).await;
        assert!(matches!(interrupted, Err(RestorationError::Interrupted)), "{interrupted:?}");
        restore(url, migrations, rows).await.unwrap();
        let store = open(url).await;
        assert_eq!(everything(&store).await, sources[0]);
        let reader = store.read();
        assert_eq!(settings::get(&reader, "odd").await.unwrap().as_deref(), Some(ODD));
        let child = organisations::all(&reader).await.unwrap().into_iter().find(|one| one.code == "CHILD");
        assert_eq!(child.unwrap().parent, Some(OrganisationId(uuid(9))));
        assert_eq!(items::every(&reader, None, 10).await.unwrap().len(), 3);
        // The rules of the schema hold again.
        let broken = qadam_domain::organisations::Organisation {
            parent: Some(OrganisationId(uuid(77))),
            ..organisation(5, "ORPHAN")
        };
        let outcome: Result<_, StorageError> = store
            .write(|tx| {
                Box::pin(async move { organisations::insert(tx, &broken, crate::fixtures::NOW).await })
            })
            .await;
        assert!(matches!(outcome, Err(StorageError::ReferenceBroken)), "{outcome:?}");
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_does_not_see_what_is_written_after_it() {
    on_both(async |database| {
        fill(&database.store).await;
        let snapshot = Snapshot::take(&database.store).await.unwrap();
        insert_items(&database.store, &[4]).await.unwrap();
        assert_eq!(items::every(&snapshot, None, 10).await.unwrap().len(), 3);
        let place = snapshot.tables().position(|table| table.name == "item").unwrap();
        let part = snapshot.rows(place).await.unwrap().next().await.unwrap().unwrap();
        assert_eq!(part.rows, 3);
        snapshot.end().await.unwrap();
        assert_eq!(items::every(&database.store.read(), None, 10).await.unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn every_table_is_read_but_for_those_that_are_left_out_on_purpose() {
    on_both(async |database| {
        let snapshot = Snapshot::take(&database.store).await.unwrap();
        let names: Vec<&str> = snapshot.tables().map(|table| table.name.as_str()).collect();
        for table in ["account_totp", "evidence_file", "item", "ledger_payload", "reporting_row", "setting"] {
            assert!(names.contains(&table), "{table}");
        }
        assert!(!names.iter().any(|name| LEFT_OUT.contains(name) || name.starts_with("item_search")));
        let place = |name: &str| names.iter().position(|known| *known == name).unwrap();
        assert!(place("organisation") < place("account"), "rows come after those that they point to");
        assert!(place("contribution") < place("evidence_file"));
        snapshot.end().await.unwrap();
    })
    .await;
}

/// A line of an account as the second migration knew it.
fn old_account() -> (Table, Vec<u8>) {
    let columns = [
        ("id", Cell::Bytes(uuid(1).as_bytes().to_vec())),
        ("email", Cell::Text("old@example.org".to_owned())),
        ("name", Cell::Text("Old".to_owned())),
        ("organisation_id", Cell::Bytes(uuid(1).as_bytes().to_vec())),
        ("role", Cell::Text("officer".to_owned())),
        ("state", Cell::Text("active".to_owned())),
        ("confirmed", Cell::Integer(1)),
        ("language", Cell::Text("ru".to_owned())),
        ("password_hash", Cell::Null),
        ("created_on", Cell::Text("2025-03-01".to_owned())),
        ("version", Cell::Integer(7)),
    ];
    table("account", columns.into())
}

fn old_organisation() -> (Table, Vec<u8>) {
    let columns = [
        ("id", Cell::Bytes(uuid(1).as_bytes().to_vec())),
        ("code", Cell::Text("OLD".to_owned())),
        ("kind", Cell::Text("state_body".to_owned())),
        ("parent_id", Cell::Null),
        ("by_agreement", Cell::Integer(0)),
        ("active", Cell::Integer(1)),
        ("names", Cell::Text("[]".to_owned())),
        ("aliases", Cell::Text("[]".to_owned())),
        ("version", Cell::Integer(i64::MAX)),
        ("updated_at", Cell::Integer(i64::MIN)),
    ];
    table("organisation", columns.into())
}

fn table(name: &str, cells: Vec<(&str, Cell)>) -> (Table, Vec<u8>) {
    let kind = |name: &str, cell: &Cell| match cell {
        Cell::Integer(_) => ColumnKind::Integer,
        Cell::Text(_) => ColumnKind::Text,
        Cell::Null if !name.ends_with("_id") => ColumnKind::Text,
        Cell::Bytes(_) | Cell::Null => ColumnKind::Bytes,
    };
    let columns = cells
        .iter()
        .map(|(name, cell)| Column { name: (*name).to_owned(), kind: kind(name, cell) })
        .collect();
    let mut lines = Vec::new();
    write_row(&mut lines, &cells.into_iter().map(|(_, cell)| cell).collect::<Vec<_>>());
    (Table { name: name.to_owned(), columns }, lines)
}

#[tokio::test]
async fn rows_of_an_older_schema_are_brought_up_to_date() {
    let older =
        ["m20261122_000001_create_organisations", "m20261122_000002_create_accounts"].map(str::to_owned);
    on_both_empty(async |url| {
        let (organisations, organisation_lines) = old_organisation();
        let (accounts, account_lines) = old_account();
        restore(
            url,
            &older,
            &vec![(organisations, organisation_lines.clone(), 1), (accounts, account_lines, 1)],
        )
        .await
        .unwrap();
        let store = open(url).await;
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
        let found = qadam_storage::accounts::find_by_email(&store.read(), "old@example.org").await.unwrap();
        let found = found.unwrap();
        assert_eq!((found.version, found.second_factor), (7, false));
        let (_, rows) = everything(&store).await;
        let (_, lines, _) = rows.into_iter().find(|(table, ..)| table.name == "organisation").unwrap();
        assert_eq!(lines, organisation_lines, "the largest and the smallest number are kept");
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_restored_leaves_nothing() {
    let known =
        ["m20261122_000001_create_organisations", "m20261122_000002_create_accounts"].map(str::to_owned);
    on_both_empty(async |url| {
        let newer = [known.clone().to_vec(), vec!["m29991231_000001_later".to_owned()]].concat();
        assert!(matches!(restore(url, &newer, &Vec::new()).await, Err(RestorationError::Newer(_))));
        let ((accounts, account), (organisations, organisation)) = (old_account(), old_organisation());
        let empty = |table: &Table| (table.clone(), Vec::new(), 0);
        let nothing = vec![empty(&organisations), empty(&accounts)];
        let orphan = vec![empty(&organisations), (accounts.clone(), account, 1)];
        assert!(restore(url, &known, &orphan).await.is_err(), "an account of no organisation");
        let mut unknown = nothing.clone();
        unknown.push((Table { name: "nobody".to_owned(), columns: Vec::new() }, Vec::new(), 0));
        assert!(matches!(restore(url, &known, &unknown).await, Err(RestorationError::OtherTable(_))));
        let mut narrow = nothing.clone();
        narrow[1].0.columns.pop();
        assert!(matches!(restore(url, &known, &narrow).await, Err(RestorationError::OtherTable(_))));
        let without = nothing[..1].to_vec();
        assert!(matches!(restore(url, &known, &without).await, Err(RestorationError::NoTable(_))));
        let miscounted = vec![(organisations.clone(), organisation, 2), empty(&accounts)];
        assert!(matches!(restore(url, &known, &miscounted).await, Err(RestorationError::Lost { .. })));
        // Nothing is there, so that it can be restored after all.
        assert_eq!(occupied(url).await.unwrap(), None);
        restore(url, &known, &nothing).await.unwrap();
        assert!(occupied(url).await.unwrap().is_some());
        let again = restore(url, &known, &nothing).await;
        assert!(matches!(again, Err(RestorationError::NotEmpty(_))), "{again:?}");
    })
    .await;
}
