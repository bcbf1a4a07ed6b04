//! Lists: one shape for all, with links to the neighbouring pages in the body and in `Link`.

use std::fmt::Write as _;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Uri, header};
use qadam_app::cursors::Edge;
use qadam_app::{App, AppError};
pub use qadam_http::limit::{LIMIT_MAX, Limit};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::fields::Members;
use crate::links::Links;
use crate::problems::Problem;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// The entries of this page.
    items: Vec<T>,
    /// This page.
    #[serde(rename = "self")]
    #[schema(format = "uri")]
    here: String,
    /// The next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    next: Option<String>,
    /// The page before; absent on the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri")]
    prev: Option<String>,
    /// How many entries all pages have together, with `Prefer: count=exact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// What is shown of the entries.
    #[serde(skip)]
    members: Option<Members>,
}

/// The cursors of the neighbouring pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The cursor of the next page.
    pub next: Option<String>,
    /// The cursor of the page before.
    pub prev: Option<String>,
}

impl Neighbours {
    /// The cursors of neighbouring pages: where the next one begins and where the previous one ends.
    pub fn sealed(
        app: &App,
        list: &str,
        next: Option<String>,
        previous: Option<String>,
    ) -> Result<Self, AppError> {
        Ok(Self {
            next: next.map(|place| app.seal_edge(list, &Edge::After(place))).transpose()?,
            prev: previous.map(|place| app.seal_edge(list, &Edge::Before(place))).transpose()?,
        })
    }
}

impl<T> Page<T> {
    /// A page of the list at `uri`.
    pub fn new(items: Vec<T>, links: &Links, uri: &Uri, neighbours: &Neighbours) -> Self {
        let page = |cursor: &Option<String>| cursor.as_deref().map(|cursor| links.page(uri, cursor));
        Self {
            items,
            here: links.here(uri),
            next: page(&neighbours.next),
            prev: page(&neighbours.prev),
            total: None,
            members: None,
        }
    }

    /// A list that has one page.
    pub fn whole(items: Vec<T>, links: &Links, uri: &Uri) -> Self {
        Self::new(items, links, uri, &Neighbours::default())
    }

    /// The same with no more of the entries than these members.
    #[must_use]
    pub fn showing(mut self, members: Option<Members>) -> Self {
        self.members = members;
        self
    }

    /// The same with the number of entries on all pages.
    #[must_use]
    pub fn with_total(mut self, total: Option<u64>) -> Self {
        self.total = total;
        self
    }

    fn headers(&self) -> HeaderMap {
        let mut link = format!("<{}>; rel=\"self\"", self.here);
        for (relation, address) in [("next", &self.next), ("prev", &self.prev)] {
            if let Some(address) = address {
                // Writing into a text does not fail.
                let _ = write!(link, ", <{address}>; rel=\"{relation}\"");
            }
        }
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::try_from(link) {
            headers.insert(header::LINK, value);
        }
        if self.total.is_some() {
            headers.insert("preference-applied", HeaderValue::from_static("count=exact"));
        }
        headers
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(mut self) -> Response {
        let headers = self.headers();
        let Some(members) = self.members.take() else { return (headers, Json(self)).into_response() };
        match serde_json::to_value(self) {
            Ok(mut page) => {
                if let Some(Value::Array(entries)) = page.get_mut("items") {
                    for entry in entries {
                        *entry = members.shown(entry.take());
                    }
                }
                (headers, Json(page)).into_response()
            }
            Err(error) => Problem::internal(error.to_string()).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::json_of;
    use serde_json::json;

    fn page(neighbours: &Neighbours) -> Page<u8> {
        let uri = "/api/v1/items?status=planned".parse().unwrap();
        Page::new(vec![1, 2], &Links::new("https://register.example"), &uri, neighbours)
    }

    #[tokio::test]
    async fn links_stand_in_the_body_and_in_the_header() {
        let neighbours = Neighbours { next: Some("n".to_owned()), prev: Some("p".to_owned()) };
        let answer = page(&neighbours).with_total(Some(2)).into_response();
        let list = "https://register.example/api/v1/items?status=planned";
        assert_eq!(
            answer.headers()["link"],
            format!(
                "<{list}>; rel=\"self\", <{list}&cursor=n>; rel=\"next\", <{list}&cursor=p>; rel=\"prev\""
            )
        );
        assert_eq!(answer.headers()["preference-applied"], "count=exact");
        assert_eq!(
            json_of(answer).await,
            json!({
                "items": [1, 2],
                "self": list,
                "next": format!("{list}&cursor=n"),
                "prev": format!("{list}&cursor=p"),
                "total": 2,
            })
        );
    }

    #[tokio::test]
    async fn links_are_absent_at_the_ends_and_totals_unless_asked_for() {
        let answer = page(&Neighbours::default()).into_response();
        assert!(!answer.headers().contains_key("preference-applied"));
        let body = json_of(answer).await;
        let names: Vec<_> = body.as_object().unwrap().keys().collect();
        assert_eq!(names, ["items", "self"]);
    }

    #[test]
    fn who_asks_for_no_entries_is_told_how_many_a_page_may_have_in_every_language() {
        let most = [u64::from(LIMIT_MAX), qadam_app::ledger::reading::ENTRIES_MAX];
        for language in ["kk", "ru", "en"] {
            let told = qadam_localisation::text(language, "field-invalid_page_size");
            for number in [1].into_iter().chain(most) {
                let there = told.split(|character: char| !character.is_ascii_digit());
                assert!(there.into_iter().any(|digits| digits == number.to_string()), "{number}: {told}");
            }
        }
    }
}
