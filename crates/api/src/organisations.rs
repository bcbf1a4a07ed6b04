//! Organisations: who takes part, under which names, part of whom. Everybody reads them.

mod create;
mod edit;
mod get;
mod inputs;
mod list;
mod view;

use axum::response::Response;
use qadam_app::Code;
use qadam_app::organisations::{self, Organisation};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Tagged;
use crate::items::Once;
use crate::problems::Problem;
use crate::state::ApiState;

pub(crate) use view::OrganisationBody;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_organisations, create::create_organisation))
        .routes(routes!(get::get_organisation, edit::edit_organisation))
}

/// An organisation with its validator.
fn tagged(api: &ApiState, organisation: &Organisation) -> Tagged<OrganisationBody> {
    let etag = organisations::etag(&api.app, organisation);
    Tagged::new(etag, OrganisationBody::new(&api.app, &api.links, organisation))
}

/// The organisation that a request made, now or before: 201 with its address.
fn made(api: &ApiState, outcome: Once<Organisation>) -> Result<Response, Problem> {
    let organisation = match outcome {
        Once::Done(organisation) => organisation,
        Once::Repeated(replay) => {
            let id = replay.location.split('/').nth(4).ok_or(Code::NotFound)?;
            organisations::get(&api.app, id)?
        }
    };
    let location = api.links.to(&["organisations", &organisation.code]);
    Ok(tagged(api, &organisation).created(&location))
}

#[cfg(test)]
mod tests;
