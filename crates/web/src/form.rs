//! What was sent with a form.
//!
//! * `receiving` – taking one from a request: who sent it is made sure of first;
//! * `with_file` – the same of one that brings a file along;
//! * `once` – one that is sent twice does what it asks for once.

mod once;
mod receiving;
mod with_file;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use qadam_app::error::FieldCode;
use qadam_app::precondition::IfMatch;
use qadam_app::{AppError, Code};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::privacy::{Sign, signs};
use qadam_http::texts::{Checks, TextLimit};

use crate::failure::Failure;

use self::once::OneTime;
pub(crate) use self::once::{KEY, Sent, done_once, named_in};
pub(crate) use self::receiving::TOKEN;
pub(crate) use self::with_file::{ComingFile, FormWithFile};

/// What was sent with a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    values: Vec<(String, String)>,
    /// What is wrong, by the name of the field.
    wrong: BTreeMap<String, FieldCode>,
    /// Why the whole was refused.
    refused: Option<Code>,
    /// What looks as if a text named a private person.
    signs: Vec<Sign>,
    /// Whether what is sent is read by others then, so that its signs must have been looked at.
    is_told: bool,
    /// Whether what is sent is only kept for whoever writes it.
    is_kept_only: bool,
    /// Which of several forms of its page it is: tells the identifiers of their fields apart.
    slot: String,
    /// By which a form that is sent twice is known.
    one_time: Option<OneTime>,
}

impl Form {
    /// A form with these values.
    pub(crate) fn of(values: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { values: values.into_iter().collect(), ..Self::default() }
    }

    /// The value of a field, without blanks around it; empty where it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The value of a field exactly as it was sent.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    }

    /// All values of a field that may be sent several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Gives a field a value as if it had been sent with it.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.to_owned()));
    }

    /// Leaves only some of the values of a field.
    pub(crate) fn keep(&mut self, name: &str, kept: impl Fn(&str) -> bool) {
        self.values.retain(|(known, value)| known != name || kept(value));
    }

    /// Whether a box was ticked, or one of several with this value was.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    /// Whether something is wrong.
    pub(crate) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty() || self.refused.is_some() || self.waits_for_look()
    }

    /// All that is wrong: names of fields with what is wrong with each.
    pub(crate) fn all_wrong(&self) -> impl Iterator<Item = (&str, FieldCode)> {
        self.wrong.iter().map(|(name, code)| (name.as_str(), *code))
    }

    /// Notes that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &str, code: FieldCode) {
        self.wrong.entry(name.to_owned()).or_insert(code);
    }

    /// A text, normalised; nothing where it was left empty.
    pub(crate) fn written(&mut self, name: &str, limit: TextLimit) -> Option<String> {
        if self.text(name).is_empty() {
            return None;
        }
        let mut checks = Checks::new();
        let text = checks.text("", self.raw(name), limit);
        match checks.finish(text) {
            Ok(text) => {
                if limit != TextLimit::LABEL {
                    self.is_told = true;
                    self.look_for_signs(&text);
                }
                Some(text)
            }
            Err(errors) => {
                for error in errors {
                    self.refuse(name, error.code);
                }
                None
            }
        }
    }

    /// With one more value.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same form as one of several on a page.
    pub(crate) fn in_slot(mut self, slot: &str) -> Self {
        slot.clone_into(&mut self.slot);
        self
    }

    /// Which of several forms of its page it is.
    pub(crate) fn slot(&self) -> &str {
        &self.slot
    }

    fn look_for_signs(&mut self, text: &str) {
        for sign in signs(text) {
            if !self.signs.contains(&sign) {
                self.signs.push(sign);
            }
        }
    }

    /// Looks for signs of private persons in a text that was written before.
    pub(crate) fn look_at(&mut self, text: &LanguageMap) {
        for (_, text) in text.entries() {
            self.look_for_signs(text);
        }
    }

    /// What looks as if a text named a private person.
    pub(crate) fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// What is sent is only kept for whoever writes it: signs of private persons are shown, and nothing waits for them.
    pub(crate) const fn is_kept_only(&mut self) {
        self.is_kept_only = true;
    }

    /// What was written before is sent to others now.
    pub(crate) const fn is_sent(&mut self) {
        self.is_told = true;
    }

    /// Whether others read what is sent.
    pub(crate) const fn is_for_others(&self) -> bool {
        self.is_told && !self.is_kept_only
    }

    /// Whether others would read signs of private persons at which whoever writes has not said to have looked.
    pub(crate) fn waits_for_look(&self) -> bool {
        self.is_for_others() && !self.signs.is_empty() && !self.has("looked", "yes")
    }

    /// A text in the languages in which it was written. It may be empty.
    pub(crate) fn map(&mut self, name: &str, limit: TextLimit) -> LanguageMap {
        let mut map = LanguageMap::default();
        for language in Language::ALL {
            map.set(language, self.written(&format!("{name}.{language}"), limit));
        }
        map
    }

    /// As [`Self::map`], where a text must be given in at least one language.
    pub(crate) fn required_map(&mut self, name: &str, limit: TextLimit) -> LanguageMap {
        let map = self.map(name, limit);
        let is_wrong =
            Language::ALL.iter().any(|language| self.wrong(&format!("{name}.{language}")).is_some());
        if map.is_empty() && !is_wrong {
            self.refuse(name, FieldCode::Required);
        }
        map
    }

    /// A day; nothing where none was given.
    pub(crate) fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let day = read_day(text);
        if day.is_none() {
            self.refuse(name, FieldCode::InvalidDate);
        }
        day
    }

    /// Why the whole was refused, where no field is to blame.
    pub(crate) const fn refused(&self) -> Option<Code> {
        self.refused
    }

    /// What the form shows was read before: the change is made only where it still is so.
    pub(crate) fn condition(&self) -> IfMatch {
        IfMatch::Tags(vec![self.text("etag").to_owned()])
    }

    /// Notes what a use case found wrong, so that the form is shown again with all that was typed; what the form cannot
    /// mend is given back.
    pub(crate) fn take(&mut self, error: AppError) -> Result<(), Failure> {
        match error {
            AppError::Invalid(errors) => {
                for error in errors {
                    let name = error.pointer.trim_start_matches('/').replace('/', ".");
                    self.refuse(&name, error.code);
                }
                Ok(())
            }
            AppError::Refused(Code::Unauthenticated | Code::NotFound) => Err(error.into()),
            AppError::Refused(code) => {
                self.refused = Some(code);
                Ok(())
            }
            other => Err(other.into()),
        }
    }

    /// What is wrong with a field, or with one of its languages.
    pub(crate) fn wrong(&self, name: &str) -> Option<FieldCode> {
        self.wrong.get(name).copied()
    }
}

/// A day as browsers send it, or as people here write it where a browser has no field for days.
fn read_day(text: &str) -> Option<NaiveDate> {
    let forms = ["%Y-%m-%d", "%d.%m.%Y"];
    let mut days = forms.iter().filter_map(|form| NaiveDate::parse_from_str(text, form).ok());
    days.find(|day| (1900..=2200).contains(&chrono::Datelike::year(day)))
}
