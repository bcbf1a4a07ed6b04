//! Words of the register in its three languages: those it tells its items by, and for whoever translates the names of
//! bodies, groups and mechanisms beside them.

use qadam_app::search::{Query, index_text};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::items::assessments::Finding;
use qadam_domain::items::{ClosingResult, Kind, OwnerRole, Status};
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::organisations::OrganisationKind;
use qadam_localisation::text;

use crate::page::Page;

/// How many words are shown beside a text.
const SHOWN_MAX: usize = 30;

/// Words of the register in its three languages, in the order in which they are met.
pub(crate) fn glossary(page: &Page) -> Vec<[String; 3]> {
    let keys = |set: &str, codes: Vec<&str>| codes.into_iter().map(|code| format!("{set}-{code}")).collect();
    let sets: [Vec<String>; 5] = [
        keys("kind", Kind::ALL.iter().map(|kind| kind.code()).collect()),
        keys("status", Status::ALL.iter().map(|status| status.code()).collect()),
        keys("closing_result", ClosingResult::ALL.iter().map(|result| result.code()).collect()),
        keys("owner_role", OwnerRole::ALL.iter().map(|role| role.code()).collect()),
        keys("organisation_kind", OrganisationKind::ALL.iter().map(|kind| kind.code()).collect()),
    ];
    let words =
        sets.into_iter().flatten().map(|key| Language::ALL.map(|language| text(language.tag(), &key)));
    let vocabularies = page.app().vocabularies();
    let findings = Finding::ALL.iter().filter_map(|finding| {
        let term = vocabularies.get(VocabularyKind::Findings.code(), finding.code())?;
        Some(Language::ALL.map(|language| term.name.get(language).unwrap_or_default().to_owned()))
    });
    words.chain(findings).collect()
}

/// A word as it stands in a text, and in another language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) source: String,
    pub(crate) target: String,
}

/// The words that texts in a language use, in whatever form, with what they are in another one.
pub(crate) fn words_in(page: &Page, texts: &[&str], from: Language, to: Language) -> Vec<Word> {
    let indexed = index_text(texts);
    let own = glossary(page).into_iter().map(|[kk, ru, en]| LanguageMap {
        kk: Some(kk),
        ru: Some(ru),
        en: Some(en),
    });
    let mut found: Vec<Word> = Vec::new();
    for term in own.chain(names(page)) {
        let (Some(source), Some(target)) = (term.get(from), term.get(to)) else { continue };
        let is_new = found.iter().all(|word| word.source != source);
        if is_new && occurs(source, &indexed) {
            found.push(Word { source: source.to_owned(), target: target.to_owned() });
        }
        if found.len() == SHOWN_MAX {
            break;
        }
    }
    found
}

/// Whether all words of a term are in a text, in whatever form.
fn occurs(term: &str, indexed: &str) -> bool {
    Query::parse(term).is_some_and(|query| query.matches(indexed))
}

/// The names of bodies, groups and mechanisms.
fn names(page: &Page) -> Vec<LanguageMap> {
    let (vocabularies, directory) = (page.app().vocabularies(), page.app().directory());
    let bodies = directory.all().into_iter().filter_map(|body| Some(body.names.first()?.name.clone()));
    let sets = [VocabularyKind::Groups, VocabularyKind::Mechanisms];
    let terms = sets.into_iter().flat_map(|set| vocabularies.terms(set.code())).map(|term| term.name.clone());
    bodies.chain(terms).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_met_in_whatever_form_it_stands_in_a_text() {
        let text = index_text(["Повторные рекомендации Генеральной прокуратуре остались без ответа"]);
        assert!(occurs("Рекомендация", &text) && occurs("Генеральная прокуратура", &text));
        assert!(
            !occurs("Обязательство", &text) && !occurs("Прокуратура города", &text) && !occurs("", &text)
        );
    }
}
