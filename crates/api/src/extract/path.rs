//! What the path of a request names. A name that cannot be one is answered as one that is not there.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use qadam_app::Code;

use crate::problems::Problem;

/// The one name in the path.
#[derive(Debug, Clone, Copy)]
pub struct ApiPath<T>(pub T);

/// The two names in the path, in their order.
#[derive(Debug, Clone, Copy)]
pub struct ApiPathPair<A, B>(pub A, pub B);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(Self(name(&params(parts, state).await?, 0)?))
    }
}

impl<A: FromStr, B: FromStr, S: Send + Sync> FromRequestParts<S> for ApiPathPair<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params = params(parts, state).await?;
        Ok(Self(name(&params, 0)?, name(&params, 1)?))
    }
}

async fn params<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<RawPathParams, Problem> {
    RawPathParams::from_request_parts(parts, state).await.map_err(|_| Code::NotFound.into())
}

fn name<T: FromStr>(params: &RawPathParams, index: usize) -> Result<T, Problem> {
    let text = params.iter().nth(index).map(|(_, text)| text);
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Code::NotFound.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{body_of, get, small};
    use axum::Router;
    use axum::routing::get as on_get;
    use qadam_domain::ids::ItemId;
    use qadam_domain::items::reference::Reference;

    fn router() -> Router {
        small(
            Router::new()
                .route("/items/{item}", on_get(async |ApiPath(id): ApiPath<ItemId>| id.to_string()))
                .route(
                    "/items/{item}/links/{link}",
                    on_get(async |ApiPathPair(reference, count): ApiPathPair<Reference, u32>| {
                        format!("{reference} {count}")
                    }),
                ),
        )
    }

    #[tokio::test]
    async fn names_are_read_in_their_order() {
        let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        assert_eq!(body_of(get(&router(), &format!("/items/{id}")).await).await, id.as_bytes());
        let pair = get(&router(), "/items/P-2026-0001/links/7").await;
        assert_eq!(body_of(pair).await, b"P-2026-0001 7");
    }

    #[tokio::test]
    async fn what_cannot_be_a_name_is_not_found() {
        for path in ["/items/7", "/items/%FF", "/items/P-2026-1/links/7", "/items/P-2026-0001/links/x"] {
            assert_eq!(get(&router(), path).await.status(), 404, "{path}");
        }
    }
}
