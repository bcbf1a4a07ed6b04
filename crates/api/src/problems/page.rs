//! `GET /problems/{slug}`: the address that a problem's `type` names, in all three languages at once.

use std::fmt::Write as _;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use qadam_app::Code;
use qadam_domain::language::{Language, LanguageMap};
use qadam_localisation::{Argument, text, text_with};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{detail, explanation, title};
use super::problem::Problem;
use super::slug;
use crate::openapi::codes;
use crate::pages::accepts_html;
use crate::values::LanguageMapView;
use qadam_http::status;

/// What a code means.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemDescription)]
pub struct ProblemPage {
    /// The code.
    code: &'static str,
    /// The HTTP status it is answered with.
    status: u16,
    /// What is wrong, in a few words.
    title: LanguageMapView,
    /// What is wrong, in a sentence.
    detail: LanguageMapView,
    /// Why it is so, and what to do.
    explanation: LanguageMapView,
}

/// Describe a problem
///
/// JSON, or a page for people where `Accept` names `text/html`.
#[utoipa::path(
    get,
    path = "/problems/{slug}",
    tag = "problems",
    params(("slug" = String, Path, description = "The code with hyphens, as in `type`.", example = "not-found")),
    responses((status = OK, content((ProblemPage = "application/json"), (String = "text/html")))),
    extensions(("x-codes" = json!(codes::words(&[&[Code::NotFound]]))))
)]
pub(crate) async fn get_problem(Path(slug): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let code = slug::code(&slug).ok_or(Code::NotFound)?;
    if accepts_html(&headers) {
        return Ok(html(code).into_response());
    }
    let page = ProblemPage {
        code: code.as_str(),
        status: status(code).as_u16(),
        title: in_all(|language| title(code, language)),
        detail: in_all(|language| detail(code, language)),
        explanation: in_all(|language| explanation(code, language)),
    };
    Ok(axum::Json(page).into_response())
}

fn in_all(text: impl Fn(Language) -> String) -> LanguageMapView {
    let mut map = LanguageMap::default();
    for language in Language::ALL {
        map.set(language, Some(text(language)));
    }
    map.into()
}

/// A page without styles and scripts: it is read when something went wrong. Its texts are our own and contain no
/// markup.
fn html(code: Code) -> impl IntoResponse {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n",
        code.as_str()
    );
    let arguments =
        [("status", Argument::Number(status(code).as_u16().into())), ("code", Argument::Text(code.as_str()))];
    for language in Language::ALL {
        let tag = language.tag();
        // Writing into a text does not fail.
        let _ = write!(
            page,
            "<section lang=\"{tag}\">\n<p>{}</p>\n<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n<p><small>{}</small></p>\n</section>\n",
            text(tag, "problem-page-title"),
            title(code, language),
            detail(code, language),
            explanation(code, language),
            text_with(tag, "problem-page-status", &arguments),
        );
    }
    page.push_str("</html>\n");
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{body_of, get, json_of, small};
    use axum::Router;
    use axum::routing::get as on_get;

    fn pages() -> Router {
        small(Router::new().route("/problems/{slug}", on_get(get_problem)))
    }

    #[tokio::test]
    async fn every_code_is_described_in_three_languages() {
        for code in Code::ALL {
            let answer = get(&pages(), &slug::path(*code)).await;
            assert_eq!(answer.status(), 200, "{code:?}");
            let page = json_of(answer).await;
            for member in ["title", "detail", "explanation"] {
                for language in Language::ALL {
                    assert!(page[member][language.tag()].as_str().is_some_and(|text| text.len() > 3));
                }
            }
        }
    }

    #[tokio::test]
    async fn a_browser_gets_a_page_and_an_unknown_code_is_not_found() {
        let request = http::Request::get("/problems/not-found").header("accept", "text/html,*/*;q=0.8");
        let answer = crate::testing::send(&pages(), request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        let page = String::from_utf8(body_of(answer).await).unwrap();
        assert!(page.contains("<h1>Табылмады</h1>") && page.contains("<h1>Не найдено</h1>"));
        assert!(!page.contains("{ $"), "{page}");
        assert_eq!(get(&pages(), "/problems/nothing").await.status(), 404);
    }
}
