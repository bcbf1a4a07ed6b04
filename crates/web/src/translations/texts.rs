//! The texts of an item that are put into other languages, and what a form says of them.

use qadam_app::error::FieldCode;
use qadam_app::items::ItemEdit;
use qadam_domain::items::Item;
use qadam_domain::language::{Language, LanguageMap, TranslationState};
use qadam_http::texts::TextLimit;

use crate::form::Form;

/// How a text that is there can have come to be.
pub(super) const MADE: [TranslationState; 3] =
    [TranslationState::Human, TranslationState::Unreviewed, TranslationState::Machine];

/// A text of an item: how its field is named, what it says, and how long it is.
pub(super) struct Text<'a> {
    pub(super) name: &'static str,
    pub(super) map: &'a LanguageMap,
    limit: TextLimit,
    pub(super) rows: u8,
}

/// The texts that an item has in some language; its title always.
pub(super) fn texts(item: &Item) -> impl Iterator<Item = Text<'_>> {
    let body = |name, map, rows| Text { name, map, limit: TextLimit::BODY, rows };
    let all = [
        Text { limit: TextLimit::TITLE, ..body("title", &item.title, 2) },
        body("summary", &item.summary, 9),
        body("grounds", &item.grounds, 9),
        body("expected_result", &item.expected_result, 7),
        body("completion_form", &item.completion_form, 4),
    ];
    all.into_iter().filter(|text| !text.map.is_empty())
}

/// The name of the field for a text in a language.
pub(super) fn field(name: &str, language: Language) -> String {
    format!("{name}.{language}")
}

/// What the form says: the texts in the language, and who made them.
pub(super) fn written(form: &mut Form, item: &Item, language: Language) -> ItemEdit {
    let mut edit = ItemEdit::default();
    for text in texts(item) {
        let name = field(text.name, language);
        if text.limit == TextLimit::TITLE {
            // Its field has room for several lines, and a title is one.
            let line = form.raw(&name).split_whitespace().collect::<Vec<_>>().join(" ");
            form.set(&name, &line);
        }
        let new = form.written(&name, text.limit);
        let changes = vec![(language, new)];
        match text.name {
            "title" => edit.title = changes,
            "summary" => edit.summary = changes,
            "grounds" => edit.grounds = changes,
            "expected_result" => edit.expected_result = changes,
            _ => edit.completion_form = changes,
        }
    }
    let is_there = |changes: &[(Language, Option<String>)]| changes.iter().any(|(_, text)| text.is_some());
    let others = [&edit.summary, &edit.grounds, &edit.expected_result, &edit.completion_form];
    if is_there(&edit.title) {
        let name = field("translations", language);
        match TranslationState::from_code(form.text(&name)).filter(|state| MADE.contains(state)) {
            Some(state) => edit.translations = vec![(language, state)],
            None => form.refuse(&name, FieldCode::Required),
        }
    } else if others.into_iter().any(|changes| is_there(changes)) {
        form.refuse(&field("title", language), FieldCode::Required);
    }
    edit
}
