//! What of a text is new against another one, word by word.

use std::fmt::Write as _;

use crate::markup::{Markup, escape};

/// How many pairs of words are compared at most: longer texts are shown as they are.
const PAIRS_MAX: usize = 1_000_000;

/// A part of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Same(&'a str),
    Added(&'a str),
    Removed(&'a str),
}

/// The new text with what was removed from the old one and what was added to it; nothing where the two have too little in
/// common to be read as one.
pub(super) fn difference(old: &str, new: &str) -> Option<Markup> {
    let pieces = pieces(old, new)?;
    let length = |of: fn(&Piece<'_>) -> bool| pieces.iter().filter(|piece| of(piece)).count();
    let same = length(|piece| matches!(piece, Piece::Same(_)));
    if same * 2 < pieces.len() || same == pieces.len() {
        return None;
    }
    let mut text = String::new();
    for piece in pieces {
        let (tag, words) = match piece {
            Piece::Same(words) => ("", words),
            Piece::Added(words) => ("ins", words),
            Piece::Removed(words) => ("del", words),
        };
        if !tag.is_empty() {
            let _infallible = write!(text, "<{tag}>");
        }
        let _infallible = escape(words, &mut text);
        if !tag.is_empty() {
            let _infallible = write!(text, "</{tag}>");
        }
    }
    Some(Markup(text))
}

/// Words, each with the blanks after it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

fn pieces<'a>(old: &'a str, new: &'a str) -> Option<Vec<Piece<'a>>> {
    let (old, new) = (words(old), words(new));
    if old.len().saturating_mul(new.len()) > PAIRS_MAX {
        return None;
    }
    let is_same = |left: usize, right: usize| {
        old.get(left).zip(new.get(right)).is_some_and(|(left, right)| left.trim_end() == right.trim_end())
    };
    let common = common(old.len(), new.len(), is_same);
    let length = |left: usize, right: usize| {
        common.get(left).and_then(|row| row.get(right)).copied().unwrap_or_default()
    };
    let (mut left, mut right) = (0, 0);
    let mut pieces = Vec::new();
    while left < old.len() || right < new.len() {
        if is_same(left, right) {
            pieces.extend(new.get(right).map(|word| Piece::Same(word)));
            (left, right) = (left + 1, right + 1);
        } else if left < old.len()
            && (right == new.len() || length(left + 1, right) >= length(left, right + 1))
        {
            pieces.extend(old.get(left).map(|word| Piece::Removed(word)));
            left += 1;
        } else {
            pieces.extend(new.get(right).map(|word| Piece::Added(word)));
            right += 1;
        }
    }
    Some(pieces)
}

/// How long the longest common part of the ends of two texts is, for each pair of places in them.
fn common(old: usize, new: usize, is_same: impl Fn(usize, usize) -> bool) -> Vec<Vec<u16>> {
    let mut rows: Vec<Vec<u16>> = vec![vec![0; new + 1]];
    for left in (0..old).rev() {
        let mut row = vec![0_u16; new + 1];
        let below = rows.last().cloned().unwrap_or_default();
        let at = |row: &[u16], place: usize| row.get(place).copied().unwrap_or_default();
        for right in (0..new).rev() {
            let longest = if is_same(left, right) {
                at(&below, right + 1).saturating_add(1)
            } else {
                at(&below, right).max(at(&row, right + 1))
            };
            if let Some(place) = row.get_mut(right) {
                *place = longest;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_and_what_was_removed_is_marked() {
        let shown = difference("В трёх изоляторах из семи.", "В пяти изоляторах из семи.").unwrap();
        assert_eq!(shown.to_string(), "В <del>трёх </del><ins>пяти </ins>изоляторах из семи.");
        let shown = difference("Начато.", "Начато. Далее.");
        assert_eq!(shown.unwrap().to_string(), "Начато. <ins>Далее.</ins>");
    }

    #[test]
    fn texts_that_have_little_in_common_are_not_compared() {
        assert!(difference("Обучены следователи.", "Комиссия установлена и работает.").is_none());
        assert!(difference("То же самое.", "То же самое.").is_none());
        let long = "слово ".repeat(1_001);
        assert!(difference(&long, &long.replace("слово слово", "слово другое")).is_none());
    }

    #[test]
    fn nothing_that_was_written_is_markup() {
        let shown = difference("a b c d", "a b <b> c d").unwrap();
        assert_eq!(shown.to_string(), "a b <ins>&lt;b&gt; </ins>c d");
    }
}
