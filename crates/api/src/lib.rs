//! The REST face of the register: JSON over HTTP, described by OpenAPI.
//!
//! A handler has at most 25 lines and no rules: it takes what it needs from the request, calls one use case of
//! `qadam_app`, and writes down what that answers. What handlers share:
//!
//! * [`extract`] – taking things from requests, in the order of checks;
//! * [`values`] – what resources have in common in JSON: language maps, days, words, organisations;
//! * [`answer`], [`list`] – successful answers: etags, pages of lists;
//! * [`problems`] – refusals: RFC 9457, one code for each reason, three languages;
//! * [`mod@openapi`] – the description, made from the routes;
//! * [`links`] – absolute addresses.
//!
//! # Adding an operation
//!
//! 1. Write the handler in `<feature>/<verb>.rs` with its `#[utoipa::path]`: one tag, a summary, the success it
//!    answers with, and in `x-codes` every code it refuses with ([`openapi::codes`]). Its name is its operation id:
//!    `verb_noun`.
//! 2. Add it to the feature's `routes()`, and the feature to `router.rs` if it is new.
//! 3. Give it its rows in the tables of `tests/`: an operation without rows fails them.
//!
//! The order of arguments and of lines is the order of checks: 401 → 404 → 400, 415, 413 → 428 → 412 → 403,
//! 409 → 422. Only [`extract::Caller`], [`extract::SignedIn`] (401) and [`extract::ApiPath`] (404) refuse before
//! the first line; everything else waits until it is asked:
//!
//! ```text
//! /// Edit an item
//! #[utoipa::path(
//!     patch,
//!     path = "/items/{item}",
//!     tag = "items",
//!     params(("item" = String, Path, description = "Ref or id.")),
//!     request_body(content = ItemPatch, content_type = "application/merge-patch+json"),
//!     responses((status = OK, body = ItemView)),
//!     security(("bearer" = [])),
//!     extensions(("x-codes" = json!(codes::words(&[
//!         codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::CONDITION,
//!         &[Code::RoleRequired, Code::FieldLocked],
//!     ]))))
//! )]
//! async fn edit_item(
//!     State(api): State<ApiState>,
//!     caller: SignedIn,                                      // 401
//!     ApiPath(key): ApiPath<ItemKey>,                        // 404: cannot be a name
//!     query: ApiQuery<NoParameters>,
//!     condition: IfMatchHeader,
//!     body: ApiBody,
//! ) -> Result<Tagged<ItemView>, Problem> {
//!     items::get(&api.app, &caller.viewer(), key).await?;    // 404: absent or hidden, before the body is read
//!     query.checked()?;                                      // 400
//!     let body = body.merge_patch().await?;                  // 415, 413, 408, 400
//!     let condition = condition.required()?;                 // 400, 428
//!     let edit = body.input().and_then(ItemPatch::checked);  // kept for the last check
//!     let item = items::edit(&api.app, &caller.viewer(), key, condition, edit).await?; // 412, 403, 409, 422
//!     Ok(Tagged::new(item.etag.clone(), ItemView::new(&item, &api)))
//! }
//! ```
//!
//! A `POST` that may be repeated takes [`extract::IdempotencyKey`] too, reads it after the body, and answers a
//! repetition by rendering what the first one made; one whose path names nothing takes query, key and body together,
//! as `order::CreatingRequest`. The module `walkthrough`, a test, is such a resource from end to end, with every check
//! in its place.

pub mod answer;
mod authentication;
mod documentation;
pub mod extract;
pub mod fields;
mod health;
mod items;
#[cfg(test)]
mod labels;
mod layers;
mod ledger;
pub mod links;
pub mod list;
mod me;
mod meetings;
pub mod openapi;
mod order;
mod organisations;
mod pages;
pub mod problems;
mod reporting_rounds;
mod router;
mod state;
mod statistics;
#[cfg(test)]
mod testing;
mod users;
pub mod validators;
pub mod values;
mod vocabularies;
#[cfg(test)]
mod walkthrough;
mod workflow;

pub use router::{openapi, openapi_3_0, router, router_to_serve, router_with_pages};
pub use state::ApiState;
