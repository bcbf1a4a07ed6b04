//! Different words for one thing, so that a search for either finds both.
//!
//! The national preventive mechanism is «ұлттық алдын алу тетігі» in law, «ұлттық превентивтік
//! механизм» in the press, and НПМ, ҰАТ or NPM in everyday papers. No stemmer brings these together:
//! when a text uses one name of a group, the others are indexed with it. Which names mean the same is
//! data of the deployment, never code.

use std::ops::Range;

use crate::forms::Forms;
use crate::words::words;

/// Groups of names that mean the same, in any language.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    groups: Vec<Vec<Name>>,
}

#[derive(Clone, Debug)]
struct Name {
    text: String,
    forms: Vec<Forms>,
}

impl Synonyms {
    /// Takes groups of names: in each group, every name means the same. Names without a letter or digit are left out.
    pub fn new<Groups>(groups: Groups) -> Self
    where
        Groups: IntoIterator,
        Groups::Item: IntoIterator<Item: Into<String>>,
    {
        let groups = groups.into_iter().map(|group| {
            let names = group.into_iter().map(|name| {
                let text = name.into();
                Name { forms: forms_of(&text), text }
            });
            names.filter(|name| !name.forms.is_empty()).collect()
        });
        Self { groups: groups.collect() }
    }

    /// The other names of what a text names, to be handed to [`index_text`](crate::index_text) along with it.
    ///
    /// A name is recognised where its words follow one another, each in any of its forms.
    pub fn implied_by(&self, text: &str) -> Vec<&str> {
        let text = forms_of(text);
        let mut implied = Vec::new();
        for group in &self.groups {
            if group.iter().any(|name| name.occurs_in(&text)) {
                implied.extend(
                    group.iter().filter(|name| !name.occurs_in(&text)).map(|name| name.text.as_str()),
                );
            }
        }
        implied
    }

    /// Where a text names something, and the words of its other names.
    pub(crate) fn named_in(&self, text: &[Forms]) -> Vec<(Range<usize>, Vec<Vec<Forms>>)> {
        let mut found = Vec::new();
        for group in &self.groups {
            let place = group.iter().find_map(|name| Some((name, name.place_in(text)?)));
            if let Some((here, start)) = place {
                let others = group.iter().filter(|name| name.forms != here.forms);
                let others = others.map(|name| name.forms.clone()).collect();
                found.push((start..start + here.forms.len(), others));
            }
        }
        found
    }
}

impl Name {
    fn occurs_in(&self, text: &[Forms]) -> bool {
        self.place_in(text).is_some()
    }

    /// Where its words follow one another first.
    fn place_in(&self, text: &[Forms]) -> Option<usize> {
        text.windows(self.forms.len())
            .position(|window| window.iter().zip(&self.forms).all(|(found, wanted)| found.meets(wanted)))
    }
}

/// The parts of a text one after another, joined or not.
pub(crate) fn forms_of(text: &str) -> Vec<Forms> {
    words(text).into_iter().flat_map(|word| word.parts).map(Forms::of).collect()
}

#[cfg(test)]
mod tests {
    use super::Synonyms;
    use crate::{Query, index_text};

    fn mechanism() -> Synonyms {
        Synonyms::new([
            vec!["ұлттық алдын алу тетігі", "ұлттық превентивтік механизм", "ҰАТ", "НПМ"],
            vec!["СИЗО", "следственный изолятор"],
            vec!["…"],
        ])
    }

    #[test]
    fn a_text_that_uses_one_name_is_found_by_the_others() {
        let text = "Ұлттық алдын алу тетігінің қатысушылары";
        let index = index_text(std::iter::once(text).chain(mechanism().implied_by(text)));
        for query in ["ұлттық превентивтік механизмі", "НПМ", "ұат", "превентивтік"]
        {
            assert!(Query::parse(query).is_some_and(|query| query.matches(&index)), "{query}");
        }
    }

    #[test]
    fn inflected_names_are_recognised() {
        assert_eq!(mechanism().implied_by("в следственных изоляторах"), ["СИЗО"]);
    }

    #[test]
    fn words_of_a_name_that_stand_apart_are_not_the_name() {
        assert_eq!(mechanism().implied_by("ұлттық орталық пен алдын алу тетігі"), Vec::<&str>::new());
        assert_eq!(mechanism().implied_by(""), Vec::<&str>::new());
    }
}
