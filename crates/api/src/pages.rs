//! Pages that are printed: self-contained HTML without scripts, with one stylesheet that stands in the page and is
//! named by its digest in the content security policy.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use qadam_domain::language::{Language, LanguageMap};
use qadam_localisation::{Argument, text, text_with};

/// The one stylesheet.
const STYLE: &str = include_str!("pages/print.css");

/// What a page may do: show itself in its own style, and nothing else. The digest is that of [`STYLE`].
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'sha256-seV5n+f67cjwspzuU47JfH/Zm4vmbyZC2KfHHtXp/OM='; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);

/// Whether who asks wants a page and not data.
pub(crate) fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"))
}

/// A page in one language, written from its beginning to its end. Whatever is not markup of ours is escaped.
#[derive(Debug)]
pub(crate) struct HtmlPage {
    language: Language,
    html: String,
}

impl HtmlPage {
    /// A page with a title.
    pub(crate) fn new(language: Language, title: &LanguageMap) -> Self {
        let mut page = Self { language, html: String::new() };
        page.markup("<!doctype html>\n<html lang=\"").escaped(language.tag());
        page.markup("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        page.escaped(title.best(language).map_or("", |(_, text)| text));
        page.markup("</title>\n<style>").markup(STYLE).markup("</style>\n</head>\n<body>\n");
        page
    }

    /// Adds markup: a text of the program's own.
    pub(crate) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.html.push_str(markup);
        self
    }

    /// Adds a text as it is to be read.
    pub(crate) fn escaped(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                '\'' => self.html.push_str("&#39;"),
                '\n' => self.html.push_str("<br>"),
                other => self.html.push(other),
            }
        }
        self
    }

    /// Adds a text in the page's language, else in another one, marked as such.
    pub(crate) fn text(&mut self, map: &LanguageMap) -> &mut Self {
        match map.best(self.language) {
            None => self,
            Some((language, text)) if language == self.language => self.escaped(text),
            Some((language, text)) => {
                self.markup("<span lang=\"").escaped(language.tag()).markup("\">");
                self.escaped(text).markup("</span>")
            }
        }
    }

    /// Adds a text of the program in the page's language.
    pub(crate) fn word(&mut self, key: &str) -> &mut Self {
        let word = text(self.language.tag(), key);
        self.escaped(&word)
    }

    /// As [`Self::word`], with values.
    pub(crate) fn word_with(&mut self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> &mut Self {
        let word = text_with(self.language.tag(), key, arguments);
        self.escaped(&word)
    }
}

impl IntoResponse for HtmlPage {
    fn into_response(mut self) -> Response {
        self.markup("</body>\n</html>\n");
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(self.language.tag())),
        ];
        (headers, self.html).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn the_policy_names_the_digest_of_the_stylesheet() {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, STYLE.as_bytes());
        let named = format!("'sha256-{}'", STANDARD.encode(digest));
        assert!(POLICY.to_str().unwrap().contains(&named), "{named}");
    }

    #[test]
    fn what_people_wrote_is_no_markup() {
        let mut page = HtmlPage::new(Language::English, &LanguageMap::single(Language::English, "<b>&"));
        page.text(&LanguageMap::single(Language::Russian, "</span><script>alert('x')</script>\n\""));
        assert!(page.html.contains("<title>&lt;b&gt;&amp;</title>"), "{}", page.html);
        let shown =
            "<span lang=\"ru\">&lt;/span&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;<br>&quot;</span>";
        assert!(page.html.contains(shown), "{}", page.html);
        assert!(!page.html.contains("<script"), "{}", page.html);
    }

    #[test]
    fn a_page_is_served_in_its_language_with_its_policy() {
        let answer = HtmlPage::new(Language::Kazakh, &LanguageMap::default()).into_response();
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        assert_eq!(answer.headers()["content-language"], "kk");
        assert_eq!(answer.headers()["content-security-policy"], POLICY);
    }
}
