//! What may stand in an organisation's fields. All mistakes are told at once.

use std::collections::HashSet;

use qadam_domain::language::LanguageMap;
use qadam_domain::organisations::{DatedName, is_code};
use qadam_domain::text::{LABEL_MAX, Lines, clean};

use crate::error::{FieldCode, FieldError, text_code};

/// How many names, present and former, an organisation has at most.
const NAMES_MAX: usize = 20;

/// How many other spellings an organisation has at most.
const ALIASES_MAX: usize = 50;

/// A code, as written.
pub(super) fn check_code(code: &str) -> Result<(), FieldError> {
    match code {
        "" => Err(FieldError::new("/code", FieldCode::Required)),
        code if is_code(code) => Ok(()),
        _ => Err(FieldError::new("/code", FieldCode::InvalidCode)),
    }
}

/// Names, the present one first: it has not ended, each has a text, and none ends before it begins.
pub(super) fn clean_names(names: &[DatedName]) -> Result<Vec<DatedName>, Vec<FieldError>> {
    if names.is_empty() {
        return Err(vec![FieldError::new("/names", FieldCode::Required)]);
    }
    if names.len() > NAMES_MAX {
        return Err(vec![FieldError::new("/names", FieldCode::TooMany)]);
    }
    let mut errors = Vec::new();
    let mut cleaned = Vec::with_capacity(names.len());
    for (index, dated) in names.iter().enumerate() {
        let name = clean_map(&format!("/names/{index}/name"), &dated.name, &mut errors);
        let until = format!("/names/{index}/until");
        if index == 0 && dated.until.is_some() {
            errors.push(FieldError::new(until, FieldCode::NotAllowed));
        } else if matches!((dated.from, dated.until), (Some(from), Some(until)) if until < from) {
            errors.push(FieldError::new(until, FieldCode::Contradiction));
        }
        cleaned.push(DatedName { name, from: dated.from, until: dated.until });
    }
    if errors.is_empty() { Ok(cleaned) } else { Err(errors) }
}

fn clean_map(pointer: &str, text: &LanguageMap, errors: &mut Vec<FieldError>) -> LanguageMap {
    let mut cleaned = LanguageMap::default();
    if text.is_empty() {
        errors.push(FieldError::new(pointer, FieldCode::Required));
    }
    for (language, text) in text.entries() {
        match clean(text, LABEL_MAX, Lines::Single) {
            Ok(text) => cleaned.set(language, Some(text)),
            Err(error) => errors.push(FieldError::new(format!("{pointer}/{language}"), text_code(error))),
        }
    }
    cleaned
}

/// Other spellings, each once.
pub(super) fn clean_aliases(aliases: &[String]) -> Result<Vec<String>, Vec<FieldError>> {
    if aliases.len() > ALIASES_MAX {
        return Err(vec![FieldError::new("/aliases", FieldCode::TooMany)]);
    }
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    let mut cleaned = Vec::with_capacity(aliases.len());
    for (index, alias) in aliases.iter().enumerate() {
        let pointer = format!("/aliases/{index}");
        match clean(alias, LABEL_MAX, Lines::Single) {
            Ok(alias) if !seen.insert(alias.clone()) => {
                errors.push(FieldError::new(pointer, FieldCode::Duplicate));
            }
            Ok(alias) => cleaned.push(alias),
            Err(error) => errors.push(FieldError::new(pointer, text_code(error))),
        }
    }
    if errors.is_empty() { Ok(cleaned) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_domain::language::Language;

    fn name(text: &str, from: Option<&str>, until: Option<&str>) -> DatedName {
        DatedName {
            name: LanguageMap::single(Language::English, text),
            from: from.map(|day| day.parse().unwrap()),
            until: until.map(|day| day.parse().unwrap()),
        }
    }

    fn told(errors: Vec<FieldError>) -> Vec<(String, &'static str)> {
        errors.into_iter().map(|error| (error.pointer, error.code.as_str())).collect()
    }

    #[test]
    fn names_are_trimmed_and_kept_in_their_order() {
        let names = [name(" Court ", Some("2023-01-01"), None), name("Council", None, Some("2022-12-31"))];
        let cleaned = clean_names(&names).unwrap();
        assert_eq!(cleaned[0].name.en.as_deref(), Some("Court"));
        assert_eq!(cleaned[1], names[1]);
    }

    #[test]
    fn all_mistakes_in_names_are_told_at_once() {
        let names = [
            name("Court\u{202e}", None, Some("2023-01-01")),
            name("Council", Some("2022-12-31"), Some("2022-12-30")),
            DatedName { name: LanguageMap::default(), from: None, until: None },
        ];
        let expected = [
            ("/names/0/name/en", "forbidden_character"),
            ("/names/0/until", "not_allowed"),
            ("/names/1/until", "contradiction"),
            ("/names/2/name", "required"),
        ];
        let found = told(clean_names(&names).unwrap_err());
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
        assert_eq!(told(clean_names(&[]).unwrap_err()), [("/names".to_owned(), "required")]);
        let many = vec![name("x", None, None); 21];
        assert_eq!(told(clean_names(&many).unwrap_err()), [("/names".to_owned(), "too_many")]);
    }

    #[test]
    fn an_alias_stands_once() {
        let aliases = ["МИД".to_owned(), "СІМ".to_owned(), " МИД".to_owned(), String::new()];
        let expected = [("/aliases/2", "duplicate"), ("/aliases/3", "required")];
        let found = told(clean_aliases(&aliases).unwrap_err());
        assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }

    #[test]
    fn a_missing_code_is_told_apart_from_a_bad_one() {
        assert_eq!(check_code("").unwrap_err().code, FieldCode::Required);
        assert_eq!(check_code("moh").unwrap_err().code, FieldCode::InvalidCode);
        assert_eq!(check_code("MOH"), Ok(()));
    }
}
