//! The one table of routes.

use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use qadam_app::random::Random;
use qadam_app::{App, Code};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::links::BASE;
use crate::openapi::{Description, complete, document, in_3_0};
use crate::problems::Problem;
use crate::state::ApiState;
use crate::{
    authentication, documentation, health, items, layers, ledger, me, meetings, organisations, problems,
    reporting_rounds, statistics, users, vocabularies, workflow,
};

/// The API, ready to be served. `random` gives requests their identifiers.
pub fn router(app: Arc<App>, random: Arc<dyn Random>) -> Router {
    let (https, trusted) = (is_https(&app), app.settings().trusted_proxies.clone());
    layers::wrap(operations(app), random, https, &trusted)
}

/// The API with pages beside it: they are asked for whatever is none of its own. Its layers for values are not theirs,
/// those that hold for any answer are.
pub fn router_with_pages(app: Arc<App>, random: Arc<dyn Random>, pages: Router) -> Router {
    let (https, trusted) = (is_https(&app), app.settings().trusted_proxies.clone());
    layers::wrap(operations(app).fallback_service(pages), random, https, &trusted)
}

/// The same for clients that come over a network: they name their host once.
pub fn router_to_serve(app: Arc<App>, random: Arc<dyn Random>, pages: Router) -> Router {
    let (https, trusted) = (is_https(&app), app.settings().trusted_proxies.clone());
    let languages = app.settings().languages;
    let router = layers::named_once(operations(app).fallback_service(pages), languages);
    layers::wrap(router, random, https, &trusted)
}

/// Whether browsers reach the register by `https` alone.
fn is_https(app: &App) -> bool {
    app.settings().public_url.starts_with("https://")
}

/// Every operation, with what happens to its answers as values.
fn operations(app: Arc<App>) -> Router {
    let languages = app.settings().languages;
    let router = routes().split_for_parts().0.merge(documentation::routes());
    // Below the root of the API nothing is a page.
    let router = router.route("/api/{*rest}", any(async || Problem::new(Code::NotFound)));
    layers::wrap_values(router.with_state(ApiState::new(app)), languages)
}

/// The description of the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut description = routes().into_openapi();
    complete(&mut description);
    description
}

/// The same description in OpenAPI 3.0.
pub fn openapi_3_0() -> serde_json::Value {
    // A description is made of texts and numbers, which always can be a value.
    in_3_0(serde_json::to_value(openapi()).unwrap_or_default())
}

/// Every operation, with its description.
fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(health::routes())
        .merge(authentication::well_known())
        .routes(routes!(problems::page::get_problem))
        .nest(BASE, resources())
}

/// The resources: a line for each feature.
fn resources() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(document::get_openapi))
        .routes(routes!(document::get_openapi_3_0))
        .merge(authentication::routes())
        .merge(me::routes())
        .merge(users::routes())
        .merge(organisations::routes())
        .merge(items::routes())
        .merge(meetings::routes())
        .merge(reporting_rounds::routes())
        .merge(statistics::routes())
        .merge(vocabularies::routes())
        .merge(workflow::routes())
        .merge(ledger::routes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use crate::openapi::operations;

    fn document() -> Value {
        serde_json::to_value(super::openapi()).unwrap()
    }

    /// Every operation of the description, with its path.
    fn each(document: &Value) -> Vec<(String, &Value)> {
        let paths = document["paths"].as_object().unwrap();
        paths
            .iter()
            .flat_map(|(path, item)| item.as_object().unwrap().values().map(move |it| (path.clone(), it)))
            .filter(|(_, operation)| operation.is_object())
            .collect()
    }

    #[test]
    fn the_operations_of_the_foundation_are_listed() {
        let lines = operations(&super::openapi());
        for line in [
            "GET /api/v1/openapi.json get_openapi",
            "GET /livez get_liveness",
            "GET /problems/{slug} get_problem",
            "GET /readyz get_readiness",
        ] {
            assert!(lines.iter().any(|known| known == line), "{line} is not in {lines:#?}");
        }
    }

    #[test]
    fn every_operation_has_an_id_of_verb_and_noun_one_tag_and_a_summary() {
        let document = document();
        let mut seen = BTreeSet::new();
        for (path, operation) in each(&document) {
            let id = operation["operationId"].as_str().unwrap_or_default();
            assert!(id.contains('_') && seen.insert(id.to_owned()), "{path}: {id:?}");
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{path}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{path}");
        }
    }

    #[test]
    fn every_code_an_operation_names_is_described_by_its_status() {
        let document = document();
        for (path, operation) in each(&document) {
            let responses = &operation["responses"];
            for word in operation["x-codes"].as_array().into_iter().flatten() {
                let word = word.as_str().unwrap();
                let code = qadam_app::Code::ALL.iter().find(|code| code.as_str() == word);
                let status = crate::problems::status(*code.unwrap_or_else(|| panic!("{path}: {word}")));
                let description = responses[status.as_str()]["description"].as_str().unwrap_or_default();
                assert!(description.contains(&format!("`{word}`")), "{path}: {word}");
            }
            let problem = &responses["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{path}");
        }
    }

    #[test]
    fn every_schema_that_is_named_is_there() {
        let text = document().to_string();
        let document = document();
        for name in text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
    }

    #[test]
    fn signing_in_is_by_bearer_token_and_reading_needs_none() {
        let document = document();
        assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
        assert_eq!(document["security"], serde_json::json!([{}, {"bearer": []}]));
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    }
}
