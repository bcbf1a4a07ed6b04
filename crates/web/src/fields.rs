//! What forms show of their fields: what each is called, and what is wrong with it.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_domain::language::Language;
use qadam_localisation::{exists, text};

use crate::form::Form;
use crate::markup::Markup;
use crate::page::Page;

impl Page {
    /// What a field is called, with its language where it has one. Fields are named by their place: `reason.kk`,
    /// `evidence.0.url`.
    pub(crate) fn field_name(&self, name: &str) -> String {
        let mut parts: Vec<&str> = name.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
        let language = parts.last().and_then(|last| last.parse::<Language>().ok());
        if language.is_some() {
            parts.pop();
        }
        let key = format!("field_name-{}", parts.join("_"));
        let called = if exists(&key) { self.t(&key) } else { parts.join(" ") };
        match language {
            Some(language) => format!("{called} ({})", text(language.tag(), "frame-language")),
            None => called,
        }
    }

    /// What is wrong with a field.
    pub(crate) fn wrong(&self, code: &FieldCode) -> String {
        self.word("field", code.as_str())
    }

    /// Why something was refused.
    pub(crate) fn refusal(&self, code: &Code) -> String {
        // Who goes back to a form and writes something else is told so in other words than programs are.
        let key = match code {
            Code::IdempotencyKeyReused => "form-sent_before".to_owned(),
            other => format!("problem-{}", other.as_str()),
        };
        self.t(&key)
    }

    /// What was done, by the action that the ledger names.
    pub(crate) fn action(&self, action: &str) -> String {
        let key = format!("action-{}", action.replace('.', "_"));
        if exists(&key) { self.t(&key) } else { action.to_owned() }
    }
}

/// A text in one language, as a form asks for it.
#[derive(Debug)]
pub(crate) struct TextField {
    /// The tag of the language.
    pub(crate) language: &'static str,
    /// What the language calls itself.
    pub(crate) language_name: String,
    /// The name of the field.
    pub(crate) name: String,
}

impl Page {
    /// The languages in which a form asks for a text at once: the page's own, and those that have one.
    pub(crate) fn text_fields(&self, form: &Form, name: &str) -> Vec<TextField> {
        self.texts(name).into_iter().filter(|field| self.is_open(form, field)).collect()
    }

    /// The languages in which a form takes the same text beside.
    pub(crate) fn more_text_fields(&self, form: &Form, name: &str) -> Vec<TextField> {
        self.texts(name).into_iter().filter(|field| !self.is_open(form, field)).collect()
    }

    fn is_open(&self, form: &Form, field: &TextField) -> bool {
        field.language == self.language || !form.raw(&field.name).is_empty()
    }

    fn texts(&self, name: &str) -> Vec<TextField> {
        let own = self.lang();
        let others = Language::ALL.into_iter().filter(|language| *language != own);
        let field = |language: Language| TextField {
            language: language.tag(),
            language_name: text(language.tag(), "frame-language"),
            name: format!("{name}.{language}"),
        };
        std::iter::once(own).chain(others).map(field).collect()
    }

    /// Whether a text was given in any language.
    pub(crate) fn has_text(&self, form: &Form, name: &str) -> bool {
        self.texts(name).iter().any(|field| !form.raw(&field.name).is_empty())
    }

    /// What is wrong with a text as a whole, or in one of its languages.
    pub(crate) fn is_text_wrong(&self, form: &Form, name: &str) -> bool {
        form.wrong(name).is_some() || self.texts(name).iter().any(|field| form.wrong(&field.name).is_some())
    }
}

impl Form {
    /// The identifier of a field in its page.
    pub(crate) fn id(&self, name: &str) -> String {
        let name = name.replace('.', "-");
        if self.slot().is_empty() { name } else { format!("{}-{name}", self.slot()) }
    }

    /// The attributes by which a field names its hint, and what is wrong with it, to those who hear it.
    pub(crate) fn described(&self, name: &str, hint: &str) -> Markup {
        let id = self.id(name);
        let is_wrong = self.wrong(name).is_some();
        let hint = (!hint.is_empty()).then(|| format!("{id}-hint"));
        let wrong = is_wrong.then(|| format!("{id}-wrong"));
        let by: Vec<String> = hint.into_iter().chain(wrong).collect();
        let by =
            if by.is_empty() { String::new() } else { format!(" aria-describedby=\"{}\"", by.join(" ")) };
        Markup(if is_wrong { format!("{by} aria-invalid=\"true\"") } else { by })
    }
}
