//! What forms show of their fields: what each is called, and what is wrong with it.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use qadam_app::error::FieldCode;
use qadam_domain::language::Language;
use qadam_localisation::{exists, text};

use crate::page::Page;

impl Page {
    /// What a field is called, with its language where it has one.
    pub(crate) fn field_name(&self, name: &str) -> String {
        let (field, rest) = name.split_once('.').unwrap_or((name, ""));
        let key = format!("field_name-{field}");
        let called = if exists(&key) { self.t(&key) } else { field.to_owned() };
        match Language::ALL.into_iter().find(|language| language.tag() == rest) {
            Some(language) => format!("{called} ({})", text(language.tag(), "frame-language")),
            None => called,
        }
    }

    /// What is wrong with a field.
    pub(crate) fn wrong(&self, code: &FieldCode) -> String {
        self.word("field", code.as_str())
    }

    /// What was done, by the action that the ledger names.
    pub(crate) fn action(&self, action: &str) -> String {
        let key = format!("action-{}", action.replace('.', "_"));
        if exists(&key) { self.t(&key) } else { action.to_owned() }
    }
}

/// The identifier of a field in its page.
pub(crate) fn field_id(name: &str) -> String {
    name.replace('.', "-")
}
