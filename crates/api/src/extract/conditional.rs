//! `If-Match` and `If-None-Match` (RFC 9110, section 13.1).

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, HeaderName, header};
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::precondition::IfMatch;

use crate::problems::Problem;

/// `If-Match`, to be read when its turn comes in the order of checks.
#[derive(Debug, Clone)]
pub struct IfMatchHeader(HeaderMap);

impl IfMatchHeader {
    /// The condition; 428 where there is none, 400 where it cannot be read.
    pub fn required(&self) -> Result<IfMatch, Problem> {
        self.optional()?.ok_or_else(|| Code::PreconditionRequired.into())
    }

    /// The condition, if there is one; 400 where it cannot be read.
    ///
    /// Weak etags never match: the comparison is the strong one, so they are left out.
    pub fn optional(&self) -> Result<Option<IfMatch>, Problem> {
        match read(&self.0, header::IF_MATCH)? {
            None => Ok(None),
            Some(Condition::Any) => Ok(Some(IfMatch::Any)),
            Some(Condition::Tags(tags)) => {
                let strong = tags.into_iter().filter(|tag| !tag.weak).map(|tag| tag.opaque).collect();
                Ok(Some(IfMatch::Tags(strong)))
            }
        }
    }
}

/// `If-None-Match`: what the client has already.
#[derive(Debug, Clone)]
pub struct IfNoneMatchHeader(HeaderMap);

impl IfNoneMatchHeader {
    /// Whether the client has the representation with this etag, given without quotes.
    ///
    /// One that cannot be read is ignored: the client then gets everything, which is never wrong.
    pub fn has(&self, etag: &str) -> bool {
        match read(&self.0, header::IF_NONE_MATCH) {
            Ok(Some(Condition::Any)) => true,
            Ok(Some(Condition::Tags(tags))) => tags.iter().any(|tag| tag.opaque == etag),
            Ok(None) | Err(_) => false,
        }
    }
}

impl IfNoneMatchHeader {
    /// The client's etag whose second part, after `~`, is this one.
    pub fn tag_ending_with(&self, context: &str) -> Option<String> {
        match read(&self.0, header::IF_NONE_MATCH) {
            Ok(Some(Condition::Tags(tags))) => tags
                .into_iter()
                .map(|tag| tag.opaque)
                .find(|opaque| opaque.split_once('~').is_some_and(|(_, known)| known == context)),
            _ => None,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatchHeader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(only(&parts.headers, &header::IF_MATCH)))
    }
}

impl<S: Sync> FromRequestParts<S> for IfNoneMatchHeader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(only(&parts.headers, &header::IF_NONE_MATCH)))
    }
}

fn only(headers: &HeaderMap, name: &HeaderName) -> HeaderMap {
    headers.get_all(name).iter().map(|value| (name.clone(), value.clone())).collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Condition {
    Any,
    Tags(Vec<Tag>),
}

#[derive(Debug, PartialEq, Eq)]
struct Tag {
    weak: bool,
    opaque: String,
}

/// Reads all headers of this name as one list.
fn read(headers: &HeaderMap, name: HeaderName) -> Result<Option<Condition>, Problem> {
    let mut values = Vec::new();
    for value in headers.get_all(&name) {
        match value.to_str() {
            Ok(text) => values.push(text),
            Err(_) => return Err(Problem::header(name, FieldCode::ForbiddenCharacter)),
        }
    }
    if values.is_empty() {
        return Ok(None);
    }
    if values == ["*"] {
        return Ok(Some(Condition::Any));
    }
    match tags(&values.join(",")) {
        Some(tags) => Ok(Some(Condition::Tags(tags))),
        None => Err(Problem::header(name, FieldCode::WrongType)),
    }
}

/// Reads `"a", W/"b"`. An etag may contain commas, so the quotes decide; empty elements are allowed in lists
/// (RFC 9110, section 5.6.1). `None` where something else stands there, or nothing.
fn tags(list: &str) -> Option<Vec<Tag>> {
    let mut tags = Vec::new();
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return (!tags.is_empty()).then_some(tags);
        }
        let (weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        let (opaque, after) = quoted.strip_prefix('"')?.split_once('"')?;
        let after = after.trim_start_matches([' ', '\t']);
        if opaque.contains(' ') || !(after.is_empty() || after.starts_with(',')) {
            return None;
        }
        tags.push(Tag { weak, opaque: opaque.to_owned() });
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &HeaderName, values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), value.parse().unwrap())).collect()
    }

    fn if_match(values: &[&str]) -> Result<IfMatch, Code> {
        IfMatchHeader(headers(&header::IF_MATCH, values)).required().map_err(|problem| problem.code())
    }

    fn tagged(tags: &[&str]) -> IfMatch {
        IfMatch::Tags(tags.iter().map(|tag| (*tag).to_owned()).collect())
    }

    #[test]
    fn a_condition_is_read_as_rfc_9110_writes_it() {
        assert_eq!(if_match(&[]), Err(Code::PreconditionRequired));
        assert_eq!(if_match(&["*"]), Ok(IfMatch::Any));
        assert_eq!(if_match(&["\"a\""]), Ok(tagged(&["a"])));
        assert_eq!(if_match(&["\"a\", \"b,c\" ,, \"\""]), Ok(tagged(&["a", "b,c", ""])));
        assert_eq!(if_match(&["\"a\"", "\"b\""]), Ok(tagged(&["a", "b"])));
    }

    #[test]
    fn weak_etags_never_meet_if_match() {
        assert_eq!(if_match(&["W/\"a\""]), Ok(tagged(&[])));
        assert_eq!(if_match(&["W/\"a\", \"b\""]), Ok(tagged(&["b"])));
    }

    #[test]
    fn garbage_is_refused() {
        for bad in ["a", "\"a", "\"a\" \"b\"", "w/\"a\"", "\"a\",*", "", ",", "\"a b\"", "W/"] {
            assert_eq!(if_match(&[bad]), Err(Code::InvalidHeader), "{bad}");
        }
    }

    #[test]
    fn if_none_match_compares_weakly_and_ignores_garbage() {
        let has = |value: &str| IfNoneMatchHeader(headers(&header::IF_NONE_MATCH, &[value])).has("a");
        for yes in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(has(yes), "{yes}");
        }
        for no in ["\"b\"", "a", "\"A\""] {
            assert!(!has(no), "{no}");
        }
    }
}
