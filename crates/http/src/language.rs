//! In which language a request is answered where the answer has words: labels, problems, files.

use http::{Extensions, HeaderMap, Uri, header};
use qadam_app::settings::Languages;
use qadam_domain::language::Language;

/// The query parameter that names a language, for plain links. It is known to every operation.
pub const LANG: &str = "lang";

/// The languages on offer, which the layers write onto each request; without layers, all there are.
pub fn offered(extensions: &Extensions) -> Languages {
    extensions.get().copied().unwrap_or_default()
}

/// The language of a request: `?lang=`, else the best of `Accept-Language`, else the first of those on offer. One
/// that is not on offer is passed over as one that is not known.
pub fn language_of(offered: Languages, uri: &Uri, headers: &HeaderMap) -> Language {
    named(offered, uri).or_else(|| preferred(offered, headers)).unwrap_or(offered.first())
}

fn named(offered: Languages, uri: &Uri) -> Option<Language> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(name, _)| name == LANG)
        .and_then(|(_, tag)| offered.find(&tag))
}

/// The language on offer with the highest weight; of equal ones the first (RFC 9110, section 12.5.4).
fn preferred(offered: Languages, headers: &HeaderMap) -> Option<Language> {
    let mut best: Option<(Language, u16)> = None;
    for value in headers.get_all(header::ACCEPT_LANGUAGE) {
        for range in value.to_str().unwrap_or_default().split(',') {
            let Some((language, weight)) = weighted(offered, range) else { continue };
            if weight > best.map_or(0, |(_, highest)| highest) {
                best = Some((language, weight));
            }
        }
    }
    best.map(|(language, _)| language)
}

/// A language range with its weight in thousandths: `ru-KZ;q=0.8`.
fn weighted(offered: Languages, range: &str) -> Option<(Language, u16)> {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next()?.split('-').next()?.to_ascii_lowercase();
    let weight = match parts.find_map(|part| part.strip_prefix("q=")) {
        None => 1000,
        Some(text) => thousandths(text)?,
    };
    Some((offered.find(&tag)?, weight))
}

/// A weight between 0 and 1 with at most three decimals, in thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let weight =
        whole.parse::<u16>().ok()?.checked_mul(1000)? + format!("{decimals:0<3}").parse::<u16>().ok()?;
    (weight <= 1000).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(query: &str, accept: &str) -> Language {
        answered_in("en,kk,ru", query, accept)
    }

    fn answered_in(offered: &str, query: &str, accept: &str) -> Language {
        let mut headers = HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        }
        language_of(offered.parse().unwrap(), &format!("/x{query}").parse().unwrap(), &headers)
    }

    #[test]
    fn the_heaviest_known_language_is_taken() {
        let cases = [
            ("", Language::English),
            ("ru", Language::Russian),
            ("ru-KZ, kk;q=0.9", Language::Russian),
            ("ru;q=0.5, kk;q=0.9", Language::Kazakh),
            ("de, fr;q=0.9, kk;q=0.1", Language::Kazakh),
            ("KK-cyrl-kz", Language::Kazakh),
            ("ru, kk", Language::Russian),
            ("ru;q=0, kk;q=0.001", Language::Kazakh),
            ("*", Language::English),
            ("kk;q=2, ru;q=0.2", Language::Russian),
            ("kk;q=abc", Language::English),
            ("kz", Language::English),
        ];
        for (accept, expected) in cases {
            assert_eq!(language("", accept), expected, "{accept}");
        }
    }

    #[test]
    fn the_query_wins_over_the_header() {
        assert_eq!(language("?lang=kk", "ru"), Language::Kazakh);
        assert_eq!(language("?q=a&lang=ru", ""), Language::Russian);
        assert_eq!(language("?lang=xx", "ru"), Language::Russian);
    }

    #[test]
    fn a_language_that_is_not_on_offer_is_passed_over() {
        for (offered, query, accept, expected) in [
            ("ru,kk", "", "", Language::Russian),
            ("kk", "?lang=ru", "en", Language::Kazakh),
            ("ru,kk", "?lang=en", "kk", Language::Kazakh),
            ("ru,kk", "", "en, kk;q=0.1", Language::Kazakh),
            ("ru,kk", "?lang=en", "en", Language::Russian),
            ("kk,en", "?lang=en", "", Language::English),
        ] {
            assert_eq!(answered_in(offered, query, accept), expected, "{offered} {query} {accept}");
        }
    }
}
