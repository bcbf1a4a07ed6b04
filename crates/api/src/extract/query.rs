//! The query of a request.

use std::convert::Infallible;
use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use http::Uri;
use http::request::Parts;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::settings::Languages;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problems::Problem;
use qadam_http::language::{LANG, offered};
use qadam_http::parameters;

/// The query, to be read as `T` when its turn comes in the order of checks.
///
/// Every parameter of `T` is optional or required as its field is; lists are separated by commas; `lang` is known
/// to every operation. An operation without parameters takes [`NoParameters`], so that unknown ones are refused.
#[derive(Debug, Clone)]
pub struct ApiQuery<T> {
    uri: Uri,
    languages: Languages,
    read_as: PhantomData<fn() -> T>,
}

/// For operations that have no parameters.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct NoParameters {}

impl<T: DeserializeOwned> ApiQuery<T> {
    /// The parameters; 400 names the first that is unknown, stands twice or cannot be read.
    pub fn checked(&self) -> Result<T, Problem> {
        let query = self.uri.query().unwrap_or_default();
        let mut pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        check_language(self.languages, &pairs)?;
        pairs.retain(|(name, _)| name != LANG);
        parameters::read(pairs).map_err(|unread| {
            let code = match unread.code {
                FieldCode::UnknownField => Code::UnknownParameter,
                _ => Code::InvalidParameter,
            };
            Problem::parameter(code, unread.member(), unread.code)
        })
    }

    /// The address that was asked for, for links to other pages of a list.
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }
}

/// `lang` stands at most once and names a language on offer.
fn check_language(offered: Languages, pairs: &[(String, String)]) -> Result<(), Problem> {
    let mut named = pairs.iter().filter(|(name, _)| name == LANG);
    let wrong = match (named.next(), named.next()) {
        (_, Some(_)) => FieldCode::Duplicate,
        (Some((_, tag)), None) if offered.find(tag).is_none() => FieldCode::UnknownValue,
        _ => return Ok(()),
    };
    Err(Problem::parameter(Code::InvalidParameter, LANG, wrong))
}

impl<T, S: Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        // Nested routers shorten the path; links need all of it.
        let uri = parts.extensions.get::<axum::extract::OriginalUri>().map(|original| original.0.clone());
        Ok(Self {
            uri: uri.unwrap_or_else(|| parts.uri.clone()),
            languages: offered(&parts.extensions),
            read_as: PhantomData,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems::Place;

    #[derive(Debug, Deserialize, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Proposal,
        PartOf,
    }

    #[derive(Debug, Default, Deserialize, PartialEq, Eq)]
    struct Filter {
        #[serde(default)]
        kind: Vec<Kind>,
        overdue: Option<bool>,
        q: Option<String>,
        limit: Option<u16>,
    }

    fn asked<T>(address: &str) -> ApiQuery<T> {
        let uri = address.parse().unwrap();
        ApiQuery { uri, languages: Languages::default(), read_as: PhantomData }
    }

    fn read(query: &str) -> Result<Filter, Problem> {
        asked(&format!("/items?{query}")).checked()
    }

    fn refusal(query: &str) -> (String, String, &'static str) {
        let problem = read(query).unwrap_err();
        let wrong = problem.errors()[0].clone();
        let Place::Parameter(name) = wrong.place else { panic!("{wrong:?}") };
        (problem.code().as_str().to_owned(), name, wrong.code.as_str())
    }

    #[test]
    fn commas_mean_or_and_everything_is_decoded() {
        let filter = read("kind=proposal,part_of&overdue=true&q=%D0%B0+b%2Cc&limit=20&lang=kk").unwrap();
        assert_eq!(
            filter,
            Filter {
                kind: vec![Kind::Proposal, Kind::PartOf],
                overdue: Some(true),
                q: Some("а b,c".to_owned()),
                limit: Some(20)
            }
        );
        assert_eq!(read("").unwrap(), Filter::default());
    }

    #[test]
    fn every_refusal_names_the_parameter() {
        let cases = [
            ("kinds=proposal", "unknown_parameter", "kinds", "unknown_field"),
            ("kind=proposal&kind=part_of", "invalid_parameter", "kind", "duplicate"),
            ("kind=proposal,draft", "invalid_parameter", "kind", "unknown_value"),
            ("kind=proposal,", "invalid_parameter", "kind", "required"),
            ("kind=", "invalid_parameter", "kind", "required"),
            ("overdue=yes", "invalid_parameter", "overdue", "unknown_value"),
            ("limit=-1", "invalid_parameter", "limit", "wrong_type"),
            ("limit=99999999999999999999", "invalid_parameter", "limit", "unknown_value"),
            ("q=a%00b", "invalid_parameter", "q", "forbidden_character"),
            ("lang=xx", "invalid_parameter", "lang", "unknown_value"),
            ("lang=kk&lang=ru", "invalid_parameter", "lang", "duplicate"),
            (&format!("q={}", "я".repeat(1_001)), "invalid_parameter", "q", "too_long"),
            (&format!("kind={}", "я".repeat(101)), "invalid_parameter", "kind", "too_long"),
            (&format!("kind=proposal{}", ",proposal".repeat(100)), "invalid_parameter", "kind", "too_many"),
            ("q[]=1", "unknown_parameter", "q[]", "unknown_field"),
        ];
        for (query, code, name, what) in cases {
            assert_eq!(refusal(query), (code.to_owned(), name.to_owned(), what), "{query}");
        }
    }

    #[test]
    fn an_operation_without_parameters_refuses_all() {
        let query: ApiQuery<NoParameters> = asked("/x?a=1");
        assert_eq!(query.checked().unwrap_err().code(), Code::UnknownParameter);
    }
}
