//! Writing many rows at once: a part of a table goes to the database as one value, which takes it apart itself.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use qadam_archive::{ColumnKind, Table};

use super::tables::StoredTable;

/// The statement that writes rows of an archive's table, whose columns are those that the database has, in any order.
/// None where one has a column that the other has not, or keeps something else there.
pub(super) fn statement(table: &Table, stored: &StoredTable, sqlite: bool) -> Option<String> {
    if !same_columns(table, &stored.table) {
        return None;
    }
    let mut names = String::new();
    let mut values = String::new();
    for (place, column) in table.columns.iter().enumerate() {
        let at = stored.table.columns.iter().position(|known| known == column)?;
        let native = stored.types.get(at)?;
        let value = if sqlite { of_sqlite(place, column.kind) } else { of_postgres(place, native) };
        let comma = if place > 0 { ", " } else { "" };
        // Writing to a text does not fail.
        let _written = write!(names, "{comma}\"{}\"", column.name);
        let _written = write!(values, "{comma}{value}");
    }
    let source = if sqlite {
        "json_each(?)"
    } else {
        "json_array_elements(CAST(CAST($1 AS text) AS json)) AS row (value)"
    };
    Some(format!("INSERT INTO \"{}\" ({names}) SELECT {values} FROM {source}", table.name))
}

/// Whether two tables have the same columns, in whichever order, none twice.
pub(super) fn same_columns(one: &Table, other: &Table) -> bool {
    let names =
        |table: &Table| table.columns.iter().map(|column| column.name.clone()).collect::<BTreeSet<_>>();
    let columns = |table: &Table| table.columns.len();
    columns(one) == columns(other)
        && names(one).len() == columns(one)
        && one.columns.iter().all(|column| other.columns.contains(column))
}

fn of_sqlite(place: usize, kind: ColumnKind) -> String {
    match kind {
        ColumnKind::Bytes => format!("unhex(json_extract(value, '$[{place}]'))"),
        ColumnKind::Integer | ColumnKind::Text => format!("json_extract(value, '$[{place}]')"),
    }
}

fn of_postgres(place: usize, native: &str) -> String {
    let text = format!("row.value ->> {place}");
    match native {
        "bytea" => format!("decode({text}, 'hex')"),
        "boolean" => format!("CAST({text} AS bigint) <> 0"),
        "text" => text,
        native => format!("CAST({text} AS {native})"),
    }
}

/// Lines as one JSON array. A line's end stands nowhere within a line: in texts it is written otherwise.
pub(super) fn array(lines: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(lines).ok()?;
    let mut array = String::with_capacity(text.len() + 2);
    array.push('[');
    for (place, line) in text.lines().enumerate() {
        if place > 0 {
            array.push(',');
        }
        array.push_str(line);
    }
    array.push(']');
    Some(array)
}

#[cfg(test)]
mod tests {
    use qadam_archive::Column;

    use super::*;

    #[test]
    fn lines_become_one_array() {
        assert_eq!(array(b"").unwrap(), "[]");
        assert_eq!(array(b"[1]\n[\"\\n\"]\n").unwrap(), "[[1],[\"\\n\"]]");
        assert_eq!(array(b"\xFF"), None);
    }

    #[test]
    fn columns_that_the_database_does_not_have_are_told() {
        let column = |kind| Column { name: "a".to_owned(), kind };
        let table = |kind| Table { name: "t".to_owned(), columns: vec![column(kind)] };
        let stored = StoredTable {
            table: table(ColumnKind::Bytes),
            types: vec!["uuid".to_owned()],
            order: Vec::new(),
        };
        let statement = |kind| statement(&table(kind), &stored, false);
        assert!(statement(ColumnKind::Bytes).unwrap().contains("CAST(row.value ->> 0 AS uuid)"));
        assert_eq!(statement(ColumnKind::Text), None);
    }

    #[test]
    fn tables_are_the_same_where_neither_has_a_column_more() {
        let table = |names: &[&str]| Table {
            name: "t".to_owned(),
            columns: names
                .iter()
                .map(|name| Column { name: (*name).to_owned(), kind: ColumnKind::Text })
                .collect(),
        };
        assert!(same_columns(&table(&["a", "b"]), &table(&["b", "a"])));
        for other in [&["a"][..], &["a", "b", "c"], &["a", "a"], &["a", "c"]] {
            assert!(!same_columns(&table(other), &table(&["a", "b"])), "{other:?}");
            assert!(!same_columns(&table(&["a", "b"]), &table(other)), "{other:?}");
        }
    }
}
