//! The beginning of a list of items, with the way to the whole of it.

use qadam_app::items::{self, ItemView};
use qadam_http::addresses::write_query;
use qadam_http::item_filters::ItemFilters;
use qadam_http::parameters;

use qadam_app::Code;

use crate::failure::Failure;
use crate::page::Page;
use crate::visit::Visit;

/// How many items it shows; the whole list is one click away.
const SHORT: usize = 10;

/// The beginning of a list.
#[derive(Debug)]
pub(crate) struct ShortList {
    pub(crate) name: String,
    pub(crate) items: Vec<ItemView>,
    /// How many the whole list has.
    pub(crate) total: u64,
    /// The whole list.
    pub(crate) path: String,
}

/// The beginning of the list that these parameters ask for: the same as its address gives.
pub(crate) async fn short_list(
    visit: &Visit,
    page: &Page,
    name: &str,
    parameters: &[(&str, &str)],
) -> Result<ShortList, Failure> {
    beginning(visit, page, name, parameters, SHORT).await
}

/// As [`short_list`], with so many items.
pub(crate) async fn beginning(
    visit: &Visit,
    page: &Page,
    name: &str,
    parameters: &[(&str, &str)],
    limit: usize,
) -> Result<ShortList, Failure> {
    let mut path = page.to("items");
    write_query(&mut path, parameters.iter().copied());
    let limit = limit.to_string();
    let pairs = parameters.iter().copied().chain([("limit", limit.as_str())]);
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let filters: ItemFilters = parameters::read(pairs).map_err(|_unread| Code::InvalidParameter)?;
    let request = filters.request(visit.app(), &path, visit.language, true)?;
    let listed = items::list(visit.app(), &visit.viewer(), request).await?;
    let total = listed.total.unwrap_or_default();
    Ok(ShortList { name: page.t(name), items: listed.items, total, path })
}
