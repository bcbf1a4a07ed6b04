//! A small resource from end to end, as an example of how operations are written and as a test that every check
//! stands in its place: notes, which somebody writes and everybody reads, except for hidden ones.

mod notebook;

use axum::extract::State;
use axum::response::Response;
use http::{Request, StatusCode};
use qadam_app::{AppError, Code};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::notebook::{Note, NoteEdit, Notebook, Retry};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiQuery, Caller, IdempotencyKey, IfMatchHeader, IfNoneMatchHeader, Input,
    NoParameters, SignedIn,
};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::testing::{json_of, send, small};
use crate::values::{Checks, LanguageMapInput, LanguageMapView, TextLimit};

/// A note as it is read.
#[derive(Debug, Serialize, ToSchema)]
struct NoteView {
    /// Its number.
    id: u32,
    /// What it says.
    text: LanguageMapView,
}

/// A note as it is changed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotePatch {
    /// What it says.
    #[serde(default)]
    text: LanguageMapInput,
}

impl NotePatch {
    fn checked(self) -> Input<NoteEdit> {
        let mut checks = Checks::new();
        let text = self.text.changes("/text", TextLimit::BODY, &mut checks);
        checks.finish(NoteEdit { text })
    }
}

fn view(note: &Note) -> Tagged<NoteView> {
    Tagged::new(note.etag(), NoteView { id: note.id, text: (&note.text).into() })
}

/// Read a note
#[utoipa::path(
    get,
    path = "/notes/{note}",
    tag = "notes",
    params(("note" = u32, Path, description = "Its number.")),
    responses((status = OK, body = NoteView)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
async fn get_note(
    State(notebook): State<Notebook>,
    caller: Caller,
    ApiPath(id): ApiPath<u32>,
    query: ApiQuery<NoParameters>,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let note = notebook.find(&caller.viewer(), id)?;
    query.checked()?;
    Ok(view(&note).unless_known(&known))
}

/// Write a note
#[utoipa::path(
    post,
    path = "/notes",
    tag = "notes",
    request_body = NotePatch,
    responses((status = CREATED, body = NoteView)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY]))))
)]
async fn create_note(
    State(notebook): State<Notebook>,
    caller: SignedIn,
    query: ApiQuery<NoParameters>,
    key: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    query.checked()?;
    let body = body.json().await?;
    let key = key.read()?.map(|text| Retry::new(key.route(), text, body.bytes()));
    if let Some(id) = key.as_ref().map(|key| notebook.replay(key)).transpose()?.flatten() {
        // What the first request made is found with the rights of now and rendered as it is now.
        let note = notebook.find(&caller.viewer(), id)?;
        return Ok(view(&note).created(&format!("/notes/{id}")));
    }
    let note = notebook.create(body.input().and_then(NotePatch::checked), key)?;
    Ok(view(&note).created(&format!("/notes/{}", note.id)))
}

/// Edit a note
#[utoipa::path(
    patch,
    path = "/notes/{note}",
    tag = "notes",
    params(("note" = u32, Path, description = "Its number.")),
    request_body(content = NotePatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = NoteView)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::ONE, codes::QUERY, codes::BODY, codes::CONDITION, &[Code::RoleRequired],
    ]))))
)]
async fn edit_note(
    State(notebook): State<Notebook>,
    caller: SignedIn,
    ApiPath(id): ApiPath<u32>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<NoteView>, Problem> {
    notebook.find(&caller.viewer(), id)?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    let edit = body.input().and_then(NotePatch::checked);
    Ok(view(&notebook.edit(id, &condition, edit)?))
}

fn router(notebook: &Notebook) -> axum::Router {
    let routes = OpenApiRouter::new().routes(routes!(create_note)).routes(routes!(get_note, edit_note));
    small(routes.split_for_parts().0.with_state(notebook.clone()))
}

/// A request as it would be done: signed in, conditional on what is there, of the right type.
fn patch(path: &str, body: &str) -> http::request::Builder {
    let kind = if body.is_empty() { "text/plain" } else { "application/merge-patch+json" };
    Request::patch(path).header("authorization", "Bearer good").header("content-type", kind)
}

async fn answer(notebook: &Notebook, request: http::request::Builder, body: &str) -> (StatusCode, Value) {
    let answer = send(&router(notebook), request.body(body.to_owned().into()).unwrap()).await;
    (answer.status(), json_of(answer).await)
}

#[tokio::test]
async fn each_check_comes_before_those_after_it() {
    let notebook = Notebook::default();
    // Each request has everything wrong that is checked after what it is refused for.
    let bad = r#"{"text": {"kk": 1}, "x": 1}"#;
    let old = |request: http::request::Builder| request.header("if-match", "\"old\"");
    let now = |request: http::request::Builder| request.header("if-match", "\"note-1-1\"");
    let locked = |request: http::request::Builder| request.header("if-match", "\"note-3-1\"");
    let cases = [
        (Request::patch("/notes/9?x=1"), "", 401, "unauthenticated"),
        (patch("/notes/x?x=1", ""), "", 404, "not_found"),
        (patch("/notes/2?x=1", ""), "", 404, "not_found"),
        (patch("/notes/1?x=1", ""), "", 400, "unknown_parameter"),
        (patch("/notes/1", ""), "", 415, "unsupported_media_type"),
        (patch("/notes/1", "{"), "{", 400, "malformed_json"),
        (patch("/notes/1", bad), bad, 428, "precondition_required"),
        (old(patch("/notes/1", bad)), bad, 412, "precondition_failed"),
        (locked(patch("/notes/3", bad)), bad, 403, "role_required"),
        (now(patch("/notes/1", bad)), bad, 422, "invalid"),
    ];
    for (request, body, status, code) in cases {
        let (answered, problem) = answer(&notebook, request, body).await;
        assert_eq!((answered.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
    }
    assert_eq!(notebook.find_any(1).unwrap().etag(), "note-1-1");
}

#[tokio::test]
async fn a_good_patch_changes_one_language_and_the_etag() {
    let notebook = Notebook::default();
    let body = r#"{"text": {"ru": "два", "en": null}}"#;
    let request = patch("/notes/1", body).header("if-match", "\"note-1-1\"");
    let (status, note) = answer(&notebook, request, body).await;
    assert_eq!((status, note), (StatusCode::OK, json!({"id": 1, "text": {"kk": "бір", "ru": "два"}})));
    assert_eq!(notebook.find_any(1).unwrap().etag(), "note-1-2");
}

#[tokio::test]
async fn hidden_and_absent_are_the_same_bytes() {
    let notebook = Notebook::default();
    let mut answers = Vec::new();
    for path in ["/notes/2", "/notes/9", "/notes/x", "/nowhere"] {
        let request =
            Request::get(path).header("x-request-id", "same").body(axum::body::Body::empty()).unwrap();
        let answer = send(&router(&notebook), request).await;
        let headers = format!("{:?}", answer.headers());
        answers.push((answer.status(), headers, crate::testing::body_of(answer).await));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn a_repetition_is_answered_like_the_first_and_makes_nothing() {
    let notebook = Notebook::default();
    let post = || {
        Request::post("/notes")
            .header("authorization", "Bearer good")
            .header("content-type", "application/json")
            .header("idempotency-key", "k-1")
    };
    let first = answer(&notebook, post(), r#"{"text": {"kk": "жаңа"}}"#).await;
    let second = answer(&notebook, post(), r#"{"text": {"kk": "жаңа"}}"#).await;
    assert_eq!((first.0.as_u16(), &first), (201, &second));
    let (status, problem) = answer(&notebook, post(), r#"{"text": {"kk": "басқа"}}"#).await;
    assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("idempotency_key_reused")));
    assert_eq!(notebook.len(), 4);
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_and_may_be_kept_for_a_minute() {
    let notebook = Notebook::default();
    let get = |etag: &'static str| Request::get("/notes/1").header("if-none-match", etag);
    let ask = async |request: http::request::Builder| {
        send(&router(&notebook), request.body(axum::body::Body::empty()).unwrap()).await
    };
    let fresh = ask(get("\"other\"")).await;
    assert_eq!((fresh.status().as_u16(), &fresh.headers()["etag"]), (200, &"\"note-1-1\"".parse().unwrap()));
    assert_eq!(fresh.headers()["cache-control"], "public, max-age=60");
    assert_eq!(ask(get("\"note-1-1\"")).await.status(), 304);
    let signed = ask(get("\"other\"").header("authorization", "Bearer good")).await;
    assert_eq!(signed.headers()["cache-control"], "no-store");
    assert_eq!(ask(get("\"other\"").header("authorization", "Bearer bad")).await.status(), 401);
}

/// What a use case does with an input that may be wrong: refuse it when its turn has come.
fn checked<T>(input: Input<T>) -> Result<T, AppError> {
    input.map_err(AppError::Invalid)
}
