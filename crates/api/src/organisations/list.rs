//! `GET /organisations`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::organisations::{self, OrganisationFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::OrganisationBody;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, Prefer, RequestLanguage};
use crate::fields::{Fields, Members};
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::OrganisationKindWord;

/// Filters of the list of organisations. Values separated by commas are alternatives; different filters must all
/// hold.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrganisationsQuery {
    /// Kinds.
    #[param(value_type = Option<Vec<OrganisationKindWord>>, inline, style = Form, explode = false, example = json!(["state_body", "independent"]))]
    kind: Vec<OrganisationKindWord>,
    /// Words, or beginnings of words, of a name, an alias or the code, in any language.
    #[param(max_length = 1000, example = "прокуратура")]
    q: Option<String>,
    /// Still taking part, or no longer.
    active: Option<bool>,
    /// The members of each entry that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["id", "url"]))]
    fields: Fields,
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 50)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl OrganisationsQuery {
    fn filter(&self) -> Result<OrganisationFilter, Problem> {
        let wrong = |code| Err(Problem::parameter(Code::InvalidParameter, "q", code));
        match &self.q {
            // A search for nothing would find everything.
            Some(text) if !text.contains(char::is_alphanumeric) => wrong(FieldCode::Required),
            text => Ok(OrganisationFilter {
                kinds: self.kind.iter().map(|kind| kind.0).collect(),
                text: text.clone(),
                active: self.active,
            }),
        }
    }
}

/// List organisations
///
/// By code, filtered; with `q`, a search in names, aliases and codes.
#[utoipa::path(
    get,
    path = "/organisations",
    tag = "organisations",
    params(OrganisationsQuery),
    responses(
        (status = OK, body = Page<OrganisationBody>),
        (status = NOT_MODIFIED, description = "What you have holds.")
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::LIST]))))
)]
pub(crate) async fn list_organisations(
    State(api): State<ApiState>,
    caller: Caller,
    query: ApiQuery<OrganisationsQuery>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
    prefer: Prefer,
) -> Result<Response, Problem> {
    let context = match ask(&api.app, &caller.viewer(), query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let asked = query.checked()?;
    let members = Members::of::<OrganisationBody>(asked.fields.clone())?;
    let list = api.links.list_name(query.uri());
    let read = |code: &str| Some(code.to_owned());
    let edge = asked.cursor.as_deref().map(|sealed| api.app.open_edge(&list, sealed, read)).transpose()?;
    let limit = usize::from(asked.limit.get());
    let page = organisations::list(&api.app, &asked.filter()?, edge.as_ref(), limit);
    let neighbours = Neighbours::sealed(&api.app, &list, page.next, page.previous)?;
    let body = |organisation| OrganisationBody::new(&api.app, &api.links, organisation);
    let bodies = page.organisations.iter().map(body).collect();
    let total = prefer.exact_count.then(|| u64::try_from(page.total).unwrap_or(u64::MAX));
    let page = Page::new(bodies, &api.links, query.uri(), &neighbours).showing(members);
    Ok(context.tag_list(page.with_total(total)))
}
