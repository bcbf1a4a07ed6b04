//! The description for people: Swagger UI at `/docs`, from files within the binary.
//!
//! Its page loads scripts and styles from this host alone and contains none itself, so its content security
//! policy needs no exception.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::header;
use qadam_app::Code;
use utoipa_swagger_ui::{Config, serve};

use crate::links::path_to;
use crate::problems::Problem;

/// Its pictures stand in its style sheet as data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static CONFIG: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    // The validator would be a request to another host.
    Arc::new(
        Config::from(path_to(&["openapi.json"]))
            .validator_url("none")
            .deep_linking(true)
            .display_request_duration(true)
            .try_it_out_enabled(true)
            .with_credentials(false),
    )
});

/// The pages below `/docs`. They are no operations and do not stand in the description.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/docs", get(async || Redirect::permanent("/docs/")))
        .route("/docs/", get(async || file("index.html")))
        .route("/docs/{*file}", get(async |Path(name): Path<String>| file(&name)))
}

fn file(name: &str) -> Result<Response, Problem> {
    let found = serve(name, Arc::clone(&CONFIG)).map_err(|error| Problem::internal(error.to_string()))?;
    let file = found.ok_or(Code::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "public, max-age=86400".to_owned()),
    ];
    Ok((headers, file.bytes.into_owned()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{body_of, get, small};

    async fn text(path: &str) -> String {
        let answer = get(&small(routes()), path).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'self'"));
        String::from_utf8_lossy(&body_of(answer).await).into_owned()
    }

    #[tokio::test]
    async fn the_page_loads_nothing_from_elsewhere_and_holds_no_script() {
        let page = text("/docs/").await;
        for attribute in ["src=\"", "href=\""] {
            for address in page.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(!address.contains("//"), "{address}");
                text(&format!("/docs/{}", address.trim_start_matches("./"))).await;
            }
        }
        let inline = page.split("<script").skip(1).filter(|rest| !rest.starts_with(" src=")).count();
        assert_eq!((inline, page.contains("<style"), page.contains("style=")), (0, false, false));
    }

    #[tokio::test]
    async fn it_describes_this_api_and_asks_no_validator() {
        let script = text("/docs/swagger-initializer.js").await;
        assert!(
            script.contains("/api/v1/openapi.json") && script.contains("\"validatorUrl\": \"none\""),
            "{script}"
        );
        assert!(!script.contains("petstore"), "{script}");
    }

    #[tokio::test]
    async fn other_files_are_not_found_and_the_bare_path_leads_in() {
        assert_eq!(get(&small(routes()), "/docs/nothing.js").await.status(), 404);
        assert_eq!(get(&small(routes()), "/docs/../Cargo.toml").await.status(), 404);
        let answer = get(&small(routes()), "/docs").await;
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["location"]),
            (308, &"/docs/".parse().unwrap())
        );
    }
}
