//! Absolute addresses, built from the configured public address and never from what a request claims.

use std::borrow::Cow;
use std::sync::Arc;

use http::Uri;
use qadam_http::addresses::{write_query, write_segment};

/// Where the API is.
pub(crate) const BASE: &str = "/api/v1";
/// The query parameter that names a page of a list.
const CURSOR: &str = "cursor";

/// Builds addresses of this register.
#[derive(Debug, Clone)]
pub struct Links {
    root: Arc<str>,
}

impl Links {
    /// Addresses below a public address such as `https://register.example`.
    pub fn new(public_url: &str) -> Self {
        Self { root: public_url.trim_end_matches('/').into() }
    }

    /// The address of a resource of the API: `links.to(&["items", "P-2026-0001"])`.
    pub fn to(&self, segments: &[&str]) -> String {
        format!("{}{}", self.root, path_to(segments))
    }

    /// The address of what was asked for.
    pub fn here(&self, uri: &Uri) -> String {
        self.with_query(uri, pairs(uri))
    }

    /// The address of a list narrowed by filters: names and values.
    pub fn list<'a>(&self, segments: &[&str], filters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let mut address = self.to(segments);
        write_query(&mut address, filters);
        address
    }

    /// The address of another page of the list that was asked for.
    pub fn page(&self, uri: &Uri, cursor: &str) -> String {
        let others = pairs(uri).filter(|(name, _)| name != CURSOR);
        self.with_query(uri, others.chain([(CURSOR.into(), cursor.into())]))
    }

    /// The name of the list that was asked for: its address without the page. Its cursors are bound to it.
    pub fn list_name(&self, uri: &Uri) -> String {
        self.with_query(uri, pairs(uri).filter(|(name, _)| name != CURSOR))
    }

    fn with_query<'a>(&self, uri: &Uri, pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> String {
        let mut address = format!("{}{}", self.root, uri.path());
        write_query(&mut address, pairs);
        address
    }
}

/// The path of a resource of the API, without the public address.
pub fn path_to(segments: &[&str]) -> String {
    let mut path = BASE.to_owned();
    for segment in segments {
        path.push('/');
        write_segment(&mut path, segment);
    }
    path
}

fn pairs(uri: &Uri) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_have_absolute_addresses() {
        let links = Links::new("https://register.example/");
        assert_eq!(links.to(&["items", "P-2026-0001"]), "https://register.example/api/v1/items/P-2026-0001");
        assert_eq!(links.to(&["a/b?c"]), "https://register.example/api/v1/a%2Fb%3Fc");
    }

    #[test]
    fn a_page_keeps_the_filters_and_replaces_the_cursor() {
        let links = Links::new("https://register.example");
        let uri: Uri = "/api/v1/items?status=planned,closed&cursor=old&q=%D0%B0+b".parse().unwrap();
        assert_eq!(
            links.page(&uri, "new_-"),
            "https://register.example/api/v1/items?status=planned,closed&q=%D0%B0%20b&cursor=new_-"
        );
        assert_eq!(
            links.here(&uri),
            "https://register.example/api/v1/items?status=planned,closed&cursor=old&q=%D0%B0%20b"
        );
        assert_eq!(
            links.page(&"/api/v1/items".parse().unwrap(), "c"),
            "https://register.example/api/v1/items?cursor=c"
        );
    }

    #[test]
    fn nothing_in_a_query_breaks_out_of_a_link() {
        let links = Links::new("https://register.example");
        let uri: Uri = "/api/v1/items?q=%3E%3B%20rel%3D%22next%22%0D%0A".parse().unwrap();
        assert_eq!(
            links.here(&uri),
            "https://register.example/api/v1/items?q=%3E%3B%20rel%3D%22next%22%0D%0A"
        );
    }
}
