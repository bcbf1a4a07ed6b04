//! The one table of pages.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderMap, Uri};
use qadam_app::settings::Languages;
use qadam_app::{App, AppError, Code};
use qadam_domain::language::Language;
use qadam_http::language::language_of;
use tower_http::catch_panic::CatchPanicLayer;

use crate::failure::Failure;
use crate::state::Web;
use crate::{
    about, account, administration, approvals, assets, calendar, filing, forgotten, home, items, meetings,
    moderation, organisations, rounds, security_txt, shortcuts, signing_in, sitemap, topics, translations,
    visit, work,
};

/// The pages, ready to be served beside the API.
pub fn router(app: Arc<App>) -> Router {
    let languages = app.settings().languages;
    let web = Web::new(app);
    let mut router = Router::new()
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/.well-known/security.txt", get(security_txt::show))
        .route("/", get(async move |headers: HeaderMap, uri: Uri| to_home(languages, &uri, &headers)))
        .route("/openid", get(signing_in::openid::come_back))
        .route("/setup", get(async move |headers: HeaderMap, uri: Uri| to_setup(languages, &uri, &headers)));
    for language in languages.iter() {
        let root = format!("/{}/", language.tag());
        let to_root = root.clone();
        router = router
            .route(&root, get(home::show))
            .route(&format!("{root}sitemap.xml"), get(sitemap::map))
            .route(root.trim_end_matches('/'), get(async move || Redirect::permanent(&to_root)))
            .nest(root.trim_end_matches('/'), pages());
    }
    router
        .fallback(async || Failure::from(Code::NotFound))
        .method_not_allowed_fallback(async || Failure::from(Code::MethodNotAllowed))
        .layer(CatchPanicLayer::custom(|_panic: Box<dyn std::any::Any + Send>| {
            Failure::from(AppError::Internal("panic".to_owned())).into_response()
        }))
        .layer(from_fn_with_state(web.clone(), visit::enter))
        .route("/assets/{name}", get(assets::get))
        .with_state(web)
}

/// The pages in each language: a line for each feature.
fn pages() -> Router<Web> {
    Router::new()
        .merge(about::routes())
        .merge(account::routes())
        .merge(administration::routes())
        .merge(approvals::routes())
        .merge(calendar::routes())
        .merge(filing::routes())
        .merge(items::routes())
        .merge(meetings::routes())
        .merge(moderation::routes())
        .merge(organisations::routes())
        .merge(rounds::routes())
        .merge(shortcuts::routes())
        .merge(signing_in::routes())
        .merge(forgotten::routes())
        .merge(topics::routes())
        .merge(translations::routes())
        .merge(work::routes())
}

/// The state language where nothing else is asked for.
fn asked_language(languages: Languages, uri: &Uri, headers: &HeaderMap) -> Language {
    let says = headers.contains_key(http::header::ACCEPT_LANGUAGE);
    let state_language = languages.find(Language::Kazakh.tag());
    match state_language {
        Some(language) if !says => language,
        _ => language_of(languages, uri, headers),
    }
}

fn to_home(languages: Languages, uri: &Uri, headers: &HeaderMap) -> Response {
    let language = asked_language(languages, uri, headers);
    let vary = [(http::header::VARY, "Accept-Language")];
    (vary, Redirect::temporary(&format!("/{language}/"))).into_response()
}

/// The one-time link that an administrator hands over, in the language of whoever opens it.
fn to_setup(languages: Languages, uri: &Uri, headers: &HeaderMap) -> Response {
    let language = asked_language(languages, uri, headers);
    let query = uri.query().unwrap_or_default();
    Redirect::temporary(&format!("/{language}/password?{query}")).into_response()
}
