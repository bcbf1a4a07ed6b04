//! What the data files look like, and what makes one unusable.
//!
//! Every key is always present; an unknown one is an error, so that a misspelt key is not silently lost. The
//! shapes are described beside the files, in `data/README.md`.

use std::collections::{BTreeMap, HashSet};

use qadam_domain::items::assessments::Finding;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::organisations::is_code as is_organisation_code;
use qadam_domain::text::{LABEL_MAX, Lines, clean};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Term, VocabularyKind};

/// How many terms a file has at most.
const TERMS_MAX: usize = 4_000;

/// The longest code, in characters.
const CODE_MAX: usize = 60;

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Not the JSON that the vocabulary wants.
    #[error("{vocabulary}: {cause}")]
    Shape {
        /// The vocabulary.
        vocabulary: &'static str,
        /// What the parser said.
        cause: String,
    },
    /// A term with a value it cannot have.
    #[error("{vocabulary}, term {code:?}: {what}")]
    Term {
        /// The vocabulary.
        vocabulary: &'static str,
        /// The term's code.
        code: String,
        /// What is wrong.
        what: &'static str,
    },
    /// A term names a code that another vocabulary does not have.
    #[error("{vocabulary}, term {code:?}: names {named:?}, which is not in {of}")]
    Reference {
        /// The vocabulary.
        vocabulary: &'static str,
        /// The term's code.
        code: String,
        /// The code it names.
        named: String,
        /// The vocabulary that should have it.
        of: &'static str,
    },
    /// More terms than a vocabulary has.
    #[error("{vocabulary}: more than 4000 terms")]
    TooMany {
        /// The vocabulary.
        vocabulary: &'static str,
    },
}

impl FileError {
    /// The vocabularies whose files may be at fault, the likelier one first.
    pub fn vocabularies(&self) -> Vec<&'static str> {
        match self {
            Self::Shape { vocabulary, .. } | Self::Term { vocabulary, .. } | Self::TooMany { vocabulary } => {
                vec![vocabulary]
            }
            Self::Reference { vocabulary, of, .. } => vec![vocabulary, of],
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    kk: String,
    ru: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    code: String,
    name: Name,
    uncat: Vec<String>,
    uhri: Vec<String>,
    sdg: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalRef {
    code: String,
    name: Name,
    instrument: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    code: String,
    name: Name,
    uhri: String,
}

/// A term of which nothing more is said than how it is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    code: String,
    name: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mechanism {
    code: String,
    name: Name,
    answers: bool,
    organisation: Option<String>,
    uhri: Option<String>,
    scale: Vec<Grade>,
    answer_words: BTreeMap<String, Name>,
}

/// A grade on a mechanism's own scale, and what it means here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grade {
    code: String,
    finding: String,
    name: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FoundWord {
    code: String,
    name: Name,
    scales: BTreeMap<String, Vec<String>>,
}

/// A term of any vocabulary: code, name, and what is beyond.
struct Entry {
    code: String,
    name: Name,
    data: Value,
}

impl From<Theme> for Entry {
    fn from(theme: Theme) -> Self {
        let data = json!({"uncat": theme.uncat, "uhri": theme.uhri, "sdg": theme.sdg});
        Self { code: theme.code, name: theme.name, data }
    }
}

impl From<LegalRef> for Entry {
    fn from(reference: LegalRef) -> Self {
        Self { code: reference.code, name: reference.name, data: json!({"instrument": reference.instrument}) }
    }
}

impl From<Group> for Entry {
    fn from(group: Group) -> Self {
        Self { code: group.code, name: group.name, data: json!({"uhri": group.uhri}) }
    }
}

impl From<Named> for Entry {
    fn from(named: Named) -> Self {
        Self { code: named.code, name: named.name, data: json!({}) }
    }
}

impl From<Mechanism> for Entry {
    fn from(mechanism: Mechanism) -> Self {
        let data = json!({
            "answers": mechanism.answers,
            "organisation": mechanism.organisation,
            "uhri": mechanism.uhri,
            "scale": mechanism.scale.iter().map(Grade::data).collect::<Vec<_>>(),
            "answer_words": mechanism
                .answer_words
                .iter()
                .map(|(status, name)| (status.clone(), name.data()))
                .collect::<Map<_, _>>(),
        });
        Self { code: mechanism.code, name: mechanism.name, data }
    }
}

impl From<FoundWord> for Entry {
    fn from(word: FoundWord) -> Self {
        Self { code: word.code, name: word.name, data: json!({"scales": word.scales}) }
    }
}

impl Name {
    fn data(&self) -> Value {
        json!({"kk": self.kk, "ru": self.ru, "en": self.en})
    }
}

impl Grade {
    fn data(&self) -> Value {
        json!({"code": self.code, "finding": self.finding, "name": self.name.data()})
    }
}

/// The terms in a data file of a vocabulary, in the order of the file.
pub fn parse(kind: VocabularyKind, text: &str) -> Result<Vec<Term>, FileError> {
    let vocabulary = kind.code();
    let entries = match kind {
        VocabularyKind::Themes => entries::<Theme>(vocabulary, text),
        VocabularyKind::LegalRefs => entries::<LegalRef>(vocabulary, text),
        VocabularyKind::Groups => entries::<Group>(vocabulary, text),
        VocabularyKind::SdgTargets | VocabularyKind::LawStages => entries::<Named>(vocabulary, text),
        VocabularyKind::Mechanisms => entries::<Mechanism>(vocabulary, text),
        VocabularyKind::Findings => entries::<FoundWord>(vocabulary, text),
    }?;
    if entries.len() > TERMS_MAX {
        return Err(FileError::TooMany { vocabulary });
    }
    let mut codes = HashSet::new();
    let mut terms = Vec::with_capacity(entries.len());
    for (place, entry) in (0..).zip(entries) {
        let wrong = |what| FileError::Term { vocabulary, code: entry.code.clone(), what };
        if !is_code(&entry.code) {
            return Err(wrong("not a code"));
        }
        if !codes.insert(entry.code.clone()) {
            return Err(wrong("named twice"));
        }
        if !names_an_organisation_or_none(&entry.data) {
            return Err(wrong("not an organisation's code"));
        }
        if let Some(what) = misnamed(kind, &entry) {
            return Err(wrong(what));
        }
        let name = language_map(&entry.name).ok_or_else(|| wrong("a name is empty, too long or unclean"))?;
        terms.push(Term {
            vocabulary: vocabulary.to_owned(),
            code: entry.code,
            place,
            name,
            data: entry.data,
        });
    }
    // Findings are the register's own: a deployment names them in its languages and leaves none out.
    let unnamed = |finding: &&Finding| !codes.contains(finding.code());
    match Finding::ALL.iter().find(unnamed) {
        Some(finding) if kind == VocabularyKind::Findings => {
            Err(FileError::Term { vocabulary, code: finding.code().to_owned(), what: "missing" })
        }
        _ => Ok(terms),
    }
}

/// What a term says of findings and answers that are not the register's.
fn misnamed(kind: VocabularyKind, entry: &Entry) -> Option<&'static str> {
    let is_finding = |value: Option<&Value>| {
        value.and_then(Value::as_str).is_some_and(|code| Finding::from_code(code).is_some())
    };
    match kind {
        VocabularyKind::Findings if Finding::from_code(&entry.code).is_none() => Some("not a finding"),
        VocabularyKind::Mechanisms => {
            let mut grades = entry.data.get("scale").and_then(Value::as_array).into_iter().flatten();
            if !grades.all(|grade| is_finding(grade.get("finding"))) {
                return Some("a grade of its scale is no finding");
            }
            let words = entry.data.get("answer_words").and_then(Value::as_object);
            let answers = entry.data.get("answers") == Some(&Value::Bool(true));
            let known = ["accepted", "partly_accepted", "noted"];
            let wrong = words.is_some_and(|words| {
                words.keys().any(|status| !answers || !known.contains(&status.as_str()))
            });
            wrong.then_some("a word for an answer that it does not have")
        }
        _ => None,
    }
}

fn entries<'a, T>(vocabulary: &'static str, text: &'a str) -> Result<Vec<Entry>, FileError>
where
    T: Deserialize<'a> + Into<Entry>,
{
    let parsed: Vec<T> = serde_json::from_str(text)
        .map_err(|error| FileError::Shape { vocabulary, cause: error.to_string() })?;
    Ok(parsed.into_iter().map(Into::into).collect())
}

/// Codes stand in addresses and filters: Latin letters, digits, and `-`, `_`, `.` between them.
fn is_code(code: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    code.len() <= CODE_MAX
        && code.bytes().next().is_some_and(plain)
        && code.bytes().last().is_some_and(plain)
        && code.bytes().all(|byte| plain(byte) || matches!(byte, b'-' | b'_' | b'.'))
}

fn names_an_organisation_or_none(data: &Value) -> bool {
    data.get("organisation").and_then(Value::as_str).is_none_or(is_organisation_code)
}

/// The name in three languages, if each is a text that may be stored.
fn language_map(name: &Name) -> Option<LanguageMap> {
    let mut map = LanguageMap::default();
    for (language, text) in
        [(Language::Kazakh, &name.kk), (Language::Russian, &name.ru), (Language::English, &name.en)]
    {
        map.set(language, Some(clean(text, LABEL_MAX, Lines::Single).ok()?));
    }
    Some(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = r#"{"code": "children", "name": {"kk": "Балалар", "ru": "Дети", "en": "Children"}, "uhri": "Children"}"#;

    fn refusal(kind: VocabularyKind, text: &str) -> String {
        parse(kind, text).unwrap_err().to_string()
    }

    #[test]
    fn terms_keep_the_order_of_their_file() {
        let other = GROUP.replace("children", "adults");
        let terms = parse(VocabularyKind::Groups, &format!("[{GROUP}, {other}]")).unwrap();
        let placed: Vec<_> = terms.iter().map(|term| (term.code.as_str(), term.place)).collect();
        assert_eq!(placed, [("children", 0), ("adults", 1)]);
        assert_eq!(terms[0].vocabulary, "groups");
        assert_eq!(terms[0].name.kk.as_deref(), Some("Балалар"));
        assert_eq!(terms[0].data, json!({"uhri": "Children"}));
    }

    #[test]
    fn a_misspelt_missing_or_foreign_key_is_refused() {
        let cases = [
            (GROUP.replace("\"uhri\"", "\"uhrl\""), "unknown field"),
            (GROUP.replace(", \"uhri\": \"Children\"", ""), "missing field"),
            (GROUP.replace("\"kk\": \"Балалар\", ", ""), "missing field"),
            (GROUP.replace("\"en\"", "\"de\""), "unknown field"),
            (GROUP.replace("\"Children\"}", "7}"), "invalid type"),
            (GROUP.replace('{', "["), "expected"),
        ];
        for (text, expected) in cases {
            let said = refusal(VocabularyKind::Groups, &format!("[{text}]"));
            assert!(said.starts_with("groups: ") && said.contains(expected), "{text}: {said}");
        }
    }

    #[test]
    fn a_code_is_named_once_and_fits_an_address() {
        assert!(refusal(VocabularyKind::Groups, &format!("[{GROUP}, {GROUP}]")).contains("named twice"));
        for bad in ["", "a b", "дети", "a/b", "-a", "a.", "a,b"] {
            let text = format!("[{}]", GROUP.replace("children", bad));
            assert!(refusal(VocabularyKind::Groups, &text).contains("not a code"), "{bad}");
        }
        for good in ["CAT-1", "16.a", "january_2022", "7"] {
            let text = format!("[{}]", GROUP.replace("children", good));
            assert!(parse(VocabularyKind::Groups, &text).is_ok(), "{good}");
        }
    }

    #[test]
    fn an_empty_or_unclean_name_is_refused() {
        for bad in ["", "  ", "a\\u202eb", "a\\nb"] {
            let text = format!("[{}]", GROUP.replace("Дети", bad));
            assert!(refusal(VocabularyKind::Groups, &text).contains("a name is"), "{bad:?}");
        }
    }

    #[test]
    fn a_mechanism_names_an_organisation_by_code_or_none() {
        let mechanism = |organisation: &str| {
            format!(
                r#"[{{"code": "OMB", "name": {{"kk": "а", "ru": "б", "en": "c"}}, "answers": false,
                     "organisation": {organisation}, "uhri": null, "scale": [], "answer_words": {{}}}}]"#
            )
        };
        assert!(parse(VocabularyKind::Mechanisms, &mechanism("null")).is_ok());
        assert!(parse(VocabularyKind::Mechanisms, &mechanism("\"OMB\"")).is_ok());
        assert!(refusal(VocabularyKind::Mechanisms, &mechanism("\"омб\"")).contains("organisation's code"));
    }

    #[test]
    fn a_mechanism_grades_by_findings_and_has_words_for_the_answers_it_has() {
        let mechanism = |answers: bool, scale: &str, words: &str| {
            format!(
                r#"[{{"code": "CAT", "name": {{"kk": "а", "ru": "б", "en": "c"}}, "answers": {answers},
                     "organisation": null, "uhri": null, "scale": [{scale}], "answer_words": {{{words}}}}}]"#
            )
        };
        let name = r#"{"kk": "а", "ru": "б", "en": "c"}"#;
        let grade = |finding: &str| format!(r#"{{"code": "B1", "finding": "{finding}", "name": {name}}}"#);
        let word = |status: &str| format!(r#""{status}": {name}"#);
        let kind = VocabularyKind::Mechanisms;
        let terms = parse(kind, &mechanism(true, &grade("substantive_steps"), &word("noted"))).unwrap();
        assert_eq!(terms[0].data["scale"][0]["finding"], "substantive_steps");
        assert!(refusal(kind, &mechanism(true, &grade("done"), "")).contains("no finding"));
        assert!(refusal(kind, &mechanism(true, "", &word("planned"))).contains("does not have"));
        assert!(refusal(kind, &mechanism(false, "", &word("noted"))).contains("does not have"));
    }

    #[test]
    fn the_findings_are_named_each_and_none_beside() {
        let named = |codes: &[&str]| {
            let term = |code: &&str| {
                format!(
                    r#"{{"code": "{code}", "name": {{"kk": "а", "ru": "б", "en": "c"}}, "scales": {{}}}}"#
                )
            };
            format!("[{}]", codes.iter().map(term).collect::<Vec<_>>().join(", "))
        };
        let mut codes: Vec<&str> = Finding::ALL.iter().map(|finding| finding.code()).collect();
        assert_eq!(parse(VocabularyKind::Findings, &named(&codes)).unwrap().len(), 9);
        assert!(refusal(VocabularyKind::Findings, &named(&codes[1..])).contains("\"implemented\": missing"));
        codes.push("done");
        assert!(refusal(VocabularyKind::Findings, &named(&codes)).contains("not a finding"));
    }
}
