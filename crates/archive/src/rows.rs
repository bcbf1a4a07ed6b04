//! Rows as lines: a JSON array each, with a value for each column.

use serde_json::Value;

use crate::manifest::{Column, ColumnKind};

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Why a line is no row of its table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// It is no JSON array.
    #[error("it is no JSON array")]
    NoArray,
    /// It has another number of values than the table has columns.
    #[error("it has {0} values for {1} columns")]
    Length(usize, usize),
    /// A value is not what its column holds.
    #[error("the value of {0} is not {1:?}")]
    Kind(String, ColumnKind),
}

/// Writes a row as a line, its end included.
pub fn write_row(line: &mut Vec<u8>, cells: &[Cell]) {
    line.push(b'[');
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            line.push(b',');
        }
        match cell {
            Cell::Null => line.extend_from_slice(b"null"),
            Cell::Integer(number) => line.extend_from_slice(number.to_string().as_bytes()),
            Cell::Text(text) => line.extend_from_slice(Value::from(text.as_str()).to_string().as_bytes()),
            Cell::Bytes(bytes) => write_bytes(line, bytes),
        }
    }
    line.extend_from_slice(b"]\n");
}

fn write_bytes(line: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    line.push(b'"');
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            line.extend(DIGITS.get(usize::from(digit)));
        }
    }
    line.push(b'"');
}

/// Reads a line without its end.
pub fn parse_row(line: &[u8], columns: &[Column]) -> Result<Vec<Cell>, RowError> {
    let values: Vec<Value> = serde_json::from_slice(line).map_err(|_| RowError::NoArray)?;
    if values.len() != columns.len() {
        return Err(RowError::Length(values.len(), columns.len()));
    }
    values
        .into_iter()
        .zip(columns)
        .map(|(value, column)| {
            cell(value, column.kind).ok_or_else(|| RowError::Kind(column.name.clone(), column.kind))
        })
        .collect()
}

fn cell(value: Value, kind: ColumnKind) -> Option<Cell> {
    match (value, kind) {
        (Value::Null, _) => Some(Cell::Null),
        (Value::Number(number), ColumnKind::Integer) => number.as_i64().map(Cell::Integer),
        (Value::String(text), ColumnKind::Text) => Some(Cell::Text(text)),
        (Value::String(text), ColumnKind::Bytes) => bytes(&text).map(Cell::Bytes),
        _ => None,
    }
}

/// The bytes of a text in hexadecimal, written as [`write_row`] writes it.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(kind: ColumnKind) -> Column {
        Column { name: "column".to_owned(), kind }
    }

    fn cells() -> impl Strategy<Value = Vec<(Cell, ColumnKind)>> {
        let kinds = prop_oneof![
            any::<i64>().prop_map(|number| (Cell::Integer(number), ColumnKind::Integer)),
            any::<String>().prop_map(|text| (Cell::Text(text), ColumnKind::Text)),
            any::<Vec<u8>>().prop_map(|bytes| (Cell::Bytes(bytes), ColumnKind::Bytes)),
            prop_oneof![Just(ColumnKind::Integer), Just(ColumnKind::Text), Just(ColumnKind::Bytes)]
                .prop_map(|kind| (Cell::Null, kind)),
        ];
        prop::collection::vec(kinds, 0..8)
    }

    proptest! {
        #[test]
        fn every_row_is_one_line_and_is_read_as_it_was_written(row in cells()) {
            let (cells, kinds): (Vec<Cell>, Vec<ColumnKind>) = row.into_iter().unzip();
            let mut line = Vec::new();
            write_row(&mut line, &cells);
            let end = line.pop();
            prop_assert_eq!(end, Some(b'\n'));
            prop_assert!(!line.contains(&b'\n'));
            let columns: Vec<Column> = kinds.into_iter().map(column).collect();
            prop_assert_eq!(parse_row(&line, &columns).unwrap(), cells);
        }
    }

    #[test]
    fn what_a_column_does_not_hold_is_refused() {
        for (line, kind) in [
            ("[1.5]", ColumnKind::Integer),
            ("[9223372036854775808]", ColumnKind::Integer),
            ("[\"1\"]", ColumnKind::Integer),
            ("[true]", ColumnKind::Integer),
            ("[1]", ColumnKind::Text),
            ("[[\"a\"]]", ColumnKind::Text),
            ("[\"0\"]", ColumnKind::Bytes),
            ("[\"0g\"]", ColumnKind::Bytes),
            ("[\"0A\"]", ColumnKind::Bytes),
            ("[]", ColumnKind::Text),
            ("[null,null]", ColumnKind::Text),
            ("null", ColumnKind::Text),
            ("{}", ColumnKind::Text),
        ] {
            assert!(parse_row(line.as_bytes(), &[column(kind)]).is_err(), "{line}");
        }
    }
}
