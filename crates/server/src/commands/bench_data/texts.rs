//! Texts of real length and real words: pieces of the demonstration's titles and notes, put together anew.

use qadam_domain::language::LanguageMap;
use serde::Deserialize;

use super::dice::Dice;

/// How many pieces a summary has: some 500 letters a language.
const PIECES: usize = 7;

/// What of an item of the demonstration is used.
#[derive(Deserialize)]
struct ItemFile {
    title: Piece,
    #[serde(default)]
    note: Option<Piece>,
}

/// A sentence in three languages.
#[derive(Debug, Clone, Deserialize)]
struct Piece {
    kk: String,
    ru: String,
    en: String,
}

/// The sentences.
#[derive(Debug)]
pub(super) struct Texts {
    titles: Vec<Piece>,
    sentences: Vec<Piece>,
}

impl Texts {
    pub(super) fn read() -> Result<Self, serde_json::Error> {
        let files: Vec<ItemFile> =
            serde_json::from_str(include_str!("../../../../../data/kazakhstan/items.json"))?;
        let titles: Vec<Piece> = files.iter().map(|file| file.title.clone()).collect();
        let sentences =
            titles.iter().cloned().chain(files.into_iter().filter_map(|file| file.note)).collect();
        Ok(Self { titles, sentences })
    }

    /// A title, with a number that makes it one of a kind.
    pub(super) fn title(&self, dice: &Dice) -> LanguageMap {
        let number = dice.below(1_000_000);
        let numbered = |text: &str| format!("{text} ({number})");
        dice.pick(&self.titles).map_or_else(LanguageMap::default, |piece| LanguageMap {
            kk: Some(numbered(&piece.kk)),
            ru: Some(numbered(&piece.ru)),
            en: Some(numbered(&piece.en)),
        })
    }

    /// A summary.
    pub(super) fn summary(&self, dice: &Dice) -> LanguageMap {
        let pieces: Vec<&Piece> = (0..PIECES).filter_map(|_| dice.pick(&self.sentences)).collect();
        let joined = |language: fn(&Piece) -> &str| {
            let sentences: Vec<_> = pieces.iter().map(|piece| language(piece)).collect();
            Some(sentences.join(". ")).filter(|text| !text.is_empty())
        };
        LanguageMap {
            kk: joined(|piece| &piece.kk),
            ru: joined(|piece| &piece.ru),
            en: joined(|piece| &piece.en),
        }
    }

    /// The same words in three languages, for names and labels that are read by nobody.
    pub(super) fn label(text: &str) -> LanguageMap {
        LanguageMap { kk: Some(text.to_owned()), ru: Some(text.to_owned()), en: Some(text.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_length_of_real_ones_in_every_language() {
        let texts = Texts::read().unwrap();
        let dice = Dice::new(1, 1);
        for _ in 0..50 {
            for (language, text) in texts.title(&dice).entries() {
                assert!((15..=300).contains(&text.chars().count()), "{language:?} {text}");
            }
            let summary = texts.summary(&dice);
            assert_eq!(summary.entries().count(), 3);
            assert!(summary.entries().all(|(_, text)| (250..=2_500).contains(&text.chars().count())));
        }
    }
}
