//! Cursors: where the next page of a list begins, sealed.
//!
//! A cursor holds sort values and sometimes a place in the ledger, so it leaves the server encrypted. It belongs
//! to one list: the list's own parameters are part of what is authenticated, and a cursor brought to another
//! list opens nothing.

use qadam_domain::ids::ItemId;
use qadam_storage::items::Cursor;

use crate::application::App;
use crate::error::{AppError, Code};

/// In which direction a page lies from a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// Seals the edge of a page of items.
    pub fn seal_item_cursor(&self, list: &str, edge: &Edge<Cursor>) -> Result<String, AppError> {
        let (direction, cursor) = match edge {
            Edge::After(cursor) => ('>', cursor),
            Edge::Before(cursor) => ('<', cursor),
        };
        let title = if cursor.title_match { '1' } else { '0' };
        self.seal_cursor(list, &format!("{direction}{title}{}{}", cursor.id, cursor.key))
    }

    /// Opens the edge of a page of items.
    pub fn open_item_cursor(&self, list: &str, sealed: &str) -> Result<Edge<Cursor>, AppError> {
        let text = self.open_cursor(list, sealed)?;
        let read = || {
            let (direction, rest) = text.split_at_checked(1)?;
            let (title, rest) = rest.split_at_checked(1)?;
            let (id, key) = rest.split_at_checked(36)?;
            let id: ItemId = id.parse().ok()?;
            let cursor = Cursor { key: key.to_owned(), title_match: title == "1", id };
            Some(if direction == ">" { Edge::After(cursor) } else { Edge::Before(cursor) })
        };
        read().ok_or(AppError::Refused(Code::InvalidCursor))
    }
}
