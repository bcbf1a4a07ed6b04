//! The application of the example: use cases as `qadam_app` has them, over a list in memory.

use std::sync::{Arc, Mutex};

use qadam_app::authentication::Signed;
use qadam_app::precondition::IfMatch;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::language::{Language, LanguageMap};

use super::checked;
use crate::extract::{Authenticate, Input};
use crate::testing::OneToken;

#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) id: u32,
    pub(super) text: LanguageMap,
    version: u32,
    /// Nobody sees it.
    hidden: bool,
    /// Nobody edits it.
    locked: bool,
}

impl Note {
    pub(super) fn etag(&self) -> String {
        format!("note-{}-{}", self.id, self.version)
    }
}

#[derive(Debug, Default)]
pub(super) struct NoteEdit {
    pub(super) text: Vec<(Language, Option<String>)>,
}

/// A request that may be a repetition: its key with its route, and its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Retry {
    key: String,
    body: Vec<u8>,
}

impl Retry {
    pub(super) fn new(route: &str, key: &str, body: &[u8]) -> Self {
        Self { key: format!("{route} {key}"), body: body.to_vec() }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Notebook {
    notes: Arc<Mutex<Vec<Note>>>,
    done: Arc<Mutex<Vec<(Retry, u32)>>>,
}

impl Default for Notebook {
    /// One open note, one hidden, one locked.
    fn default() -> Self {
        let mut text = LanguageMap::single(Language::Kazakh, "бір");
        text.set(Language::English, Some("one".to_owned()));
        let note = |id, hidden, locked| Note { id, text: text.clone(), version: 1, hidden, locked };
        let notes = vec![note(1, false, false), note(2, true, false), note(3, false, true)];
        Self { notes: Arc::new(Mutex::new(notes)), done: Arc::default() }
    }
}

impl Authenticate for Notebook {
    async fn authenticate(&self, token: Option<&str>) -> Result<Option<Signed>, AppError> {
        OneToken.authenticate(token).await
    }
}

impl Notebook {
    pub(super) fn find(&self, _viewer: &Viewer, id: u32) -> Result<Note, AppError> {
        self.find_any(id).filter(|note| !note.hidden).ok_or(AppError::NotFound)
    }

    pub(super) fn find_any(&self, id: u32) -> Option<Note> {
        self.notes.lock().unwrap().iter().find(|note| note.id == id).cloned()
    }

    pub(super) fn len(&self) -> usize {
        self.notes.lock().unwrap().len()
    }

    /// What the request made when it came first.
    pub(super) fn replay(&self, retry: &Retry) -> Result<Option<u32>, AppError> {
        match self.done.lock().unwrap().iter().find(|(done, _)| done.key == retry.key) {
            None => Ok(None),
            Some((done, id)) if done == retry => Ok(Some(*id)),
            Some(_) => Err(Code::IdempotencyKeyReused.into()),
        }
    }

    pub(super) fn create(&self, new: Input<NoteEdit>, retry: Option<Retry>) -> Result<Note, AppError> {
        let mut text = LanguageMap::default();
        for (language, written) in checked(new)?.text {
            text.set(language, written);
        }
        let mut notes = self.notes.lock().unwrap();
        let id = u32::try_from(notes.len()).unwrap() + 1;
        let note = Note { id, text, version: 1, hidden: false, locked: false };
        notes.push(note.clone());
        self.done.lock().unwrap().extend(retry.map(|retry| (retry, id)));
        Ok(note)
    }

    pub(super) fn edit(&self, id: u32, condition: &IfMatch, edit: Input<NoteEdit>) -> Result<Note, AppError> {
        let mut notes = self.notes.lock().unwrap();
        let note = notes.iter_mut().find(|note| note.id == id).ok_or(AppError::NotFound)?;
        if !condition.allows(&note.etag()) {
            return Err(Code::PreconditionFailed.into());
        }
        if note.locked {
            return Err(Code::RoleRequired.into());
        }
        for (language, written) in checked(edit)?.text {
            note.text.set(language, written);
        }
        note.version += 1;
        Ok(note.clone())
    }
}
