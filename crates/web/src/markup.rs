//! What templates print as markup: texts of people in the language they are written in, and days.

use std::fmt;

use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use qadam_domain::language::{Language, LanguageMap};

/// A text of people. Where the page's language has none, it stands in another one, marked as such for whoever reads it
/// aloud. Lines stay lines by the stylesheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    text: &'a str,
    /// The language, where it is not the page's.
    foreign: Option<Language>,
}

impl<'a> Said<'a> {
    /// The text that fits a page of this language best; nothing where there is none.
    pub(crate) fn best(map: &'a LanguageMap, language: Language) -> Option<Self> {
        let (found, text) = map.best(language)?;
        Some(Self { text, foreign: (found != language).then_some(found) })
    }

    /// A text that there is not.
    pub(crate) const fn nothing() -> Self {
        Self { text: "", foreign: None }
    }

    /// The words alone, for titles and attributes.
    pub(crate) const fn words(self) -> &'a str {
        self.text
    }
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.foreign {
            None => escape(self.text, formatter),
            Some(language) => {
                write!(formatter, "<span lang=\"{language}\">")?;
                escape(self.text, formatter)?;
                formatter.write_str("</span>")
            }
        }
    }
}

impl HtmlSafe for Said<'_> {}

/// A day or a period in words, with the day for programs.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    /// The day, where it is known to the day.
    pub(crate) on: Option<NaiveDate>,
    pub(crate) words: String,
}

impl fmt::Display for Dated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.on {
            None => escape(&self.words, formatter),
            Some(on) => {
                write!(formatter, "<time datetime=\"{on}\">")?;
                escape(&self.words, formatter)?;
                formatter.write_str("</time>")
            }
        }
    }
}

impl HtmlSafe for Dated {}

/// Markup made here, of texts that were escaped.
#[derive(Debug, Clone)]
pub(crate) struct Markup(pub(crate) String);

impl Markup {
    /// A text that nothing is marked in.
    pub(crate) fn plain(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        let _infallible = escape(text, &mut escaped);
        Self(escaped)
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Writes what people wrote so that none of it is markup, in contents and in quoted attributes.
pub(crate) fn escape(text: &str, to: &mut impl fmt::Write) -> fmt::Result {
    for character in text.chars() {
        match character {
            '&' => to.write_str("&amp;")?,
            '<' => to.write_str("&lt;")?,
            '>' => to.write_str("&gt;")?,
            '"' => to.write_str("&quot;")?,
            '\'' => to.write_str("&#39;")?,
            other => to.write_char(other)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_no_markup() {
        let map = LanguageMap::single(Language::Russian, "</span><script>alert('x')</script>\"&");
        let escaped = "&lt;/span&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;";
        let said = Said::best(&map, Language::Russian).unwrap();
        assert_eq!(said.to_string(), escaped);
        let said = Said::best(&map, Language::Kazakh).unwrap();
        assert_eq!(said.to_string(), format!("<span lang=\"ru\">{escaped}</span>"));
    }
}
