//! Cursors: where the next page of a list begins, sealed.
//!
//! A cursor holds sort values and sometimes a place in the ledger, so it leaves the server encrypted. It belongs
//! to one list: the list's own parameters are part of what is authenticated, and a cursor brought to another
//! list opens nothing.

use qadam_domain::ids::ItemId;
use qadam_storage::items::Cursor;

use crate::application::App;
use crate::error::{AppError, Code};
use crate::meetings;

/// In which direction a page lies from a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge<T> {
    /// The page after it.
    After(T),
    /// The page before it.
    Before(T),
}

impl App {
    /// Seals a text for a list that `list` names, with all its parameters.
    pub fn seal_cursor(&self, list: &str, text: &str) -> Result<String, AppError> {
        self.sealer
            .seal(self.random.as_ref(), &format!("cursor {list}"), text)
            .ok_or_else(|| AppError::Internal("a cursor could not be sealed".to_owned()))
    }

    /// Opens what [`App::seal_cursor`] sealed for the same list.
    pub fn open_cursor(&self, list: &str, sealed: &str) -> Result<String, AppError> {
        self.sealer.open(&format!("cursor {list}"), sealed).ok_or(AppError::Refused(Code::InvalidCursor))
    }

    /// Seals the edge of a page.
    pub fn seal_edge(&self, list: &str, edge: &Edge<String>) -> Result<String, AppError> {
        let (direction, place) = match edge {
            Edge::After(place) => ('>', place),
            Edge::Before(place) => ('<', place),
        };
        self.seal_cursor(list, &format!("{direction}{place}"))
    }

    /// Opens what [`App::seal_edge`] sealed for the same list, and reads its place.
    pub fn open_edge<T>(
        &self,
        list: &str,
        sealed: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Edge<T>, AppError> {
        let text = self.open_cursor(list, sealed)?;
        let edge = match text.split_at_checked(1) {
            Some((">", place)) => read(place).map(Edge::After),
            Some(("<", place)) => read(place).map(Edge::Before),
            _ => None,
        };
        edge.ok_or(AppError::Refused(Code::InvalidCursor))
    }
}

/// The place of an item in a list, as a cursor holds it.
pub fn item_place(cursor: &Cursor) -> String {
    let title = if cursor.title_match { '1' } else { '0' };
    format!("{title}{}{}", cursor.id, cursor.key)
}

/// Reads what [`item_place`] wrote.
pub fn read_item_place(place: &str) -> Option<Cursor> {
    let (title, rest) = place.split_at_checked(1)?;
    let (id, key) = rest.split_at_checked(36)?;
    Some(Cursor { key: key.to_owned(), title_match: title == "1", id: id.parse::<ItemId>().ok()? })
}

/// The place of a meeting in a list, as a cursor holds it.
pub fn meeting_place(cursor: &meetings::Cursor) -> String {
    format!("{}{}", cursor.id, cursor.held)
}

/// Reads what [`meeting_place`] wrote.
pub fn read_meeting_place(place: &str) -> Option<meetings::Cursor> {
    let (id, held) = place.split_at_checked(36)?;
    Some(meetings::Cursor { held: held.to_owned(), id: id.parse().ok()? })
}
