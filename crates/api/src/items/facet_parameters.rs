//! The query of counts by facets: the list's, without what is about pages and members.

use http::Uri;
use qadam_app::error::FieldCode;
use qadam_app::items::Filter;
use qadam_app::{App, Code};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::problems::Problem;
use qadam_http::item_filters::ItemFilters;

/// Parameters of the list that narrow nothing.
const NARROWS_NOTHING: [&str; 5] = ["sort", "fields", "embed", "limit", "cursor"];

/// The parameters of counts by facets.
#[derive(Debug)]
pub(crate) struct FacetParameters;

impl FacetParameters {
    /// What the list is narrowed to; 400 where a parameter stands there that narrows nothing.
    pub(crate) fn filter(asked: ItemFilters, uri: &Uri, app: &App) -> Result<Filter, Problem> {
        let query = uri.query().unwrap_or_default();
        let mut names = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name);
        if let Some(name) = names.find(|name| NARROWS_NOTHING.contains(&&**name)) {
            return Err(Problem::parameter(Code::UnknownParameter, &*name, FieldCode::UnknownField));
        }
        Ok(asked.filter(app)?)
    }
}

impl IntoParams for FacetParameters {
    fn into_params(parameter_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut parameters = ItemFilters::into_params(parameter_in);
        parameters.retain(|parameter| !NARROWS_NOTHING.contains(&parameter.name.as_str()));
        parameters
    }
}
