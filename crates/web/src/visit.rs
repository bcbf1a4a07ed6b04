//! Who asks for which page in which language, and what is done for every page: the session is looked up, a page of the
//! public is given again while nothing has changed, a refusal becomes a page.

use std::ops::Deref;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use http_body_util::BodyExt as _;
use qadam_app::authentication::{Signed, authenticate_by_cookie};
use qadam_app::ledger::day_checkpoint::{DayCheckpoint, day_checkpoint};
use qadam_app::throttling::Origin;
use qadam_app::{App, AppError, Code, notifications, statistics};
use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::language::Language;
use qadam_http::language::language_of;
use qadam_http::origin;
use qadam_http::request_id::RequestId;

use crate::failure::{self, Failure};
use crate::kept::{KeptPage, MadeAt, accepts_gzip, gzip};
use crate::shortcuts;
use crate::signing_in;
use crate::state::Web;

/// A request for a page.
#[derive(Debug, Clone)]
pub(crate) struct Visit(Arc<Asked>);

/// What is known of a request before its page is made.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    web: Web,
    /// The language of the page: the address says it.
    pub(crate) language: Language,
    /// The account that asks, if one does.
    pub(crate) signed: Option<Signed>,
    /// How many notifications the account has not seen.
    pub(crate) unseen: u64,
    /// The address below the language, without a slash at its beginning.
    pub(crate) path: String,
    /// What follows the question mark.
    pub(crate) query: String,
    /// The identifier of the request.
    pub(crate) request_id: String,
    /// Where the request comes from.
    pub(crate) origin: Origin,
    /// Whether single keys are on for whoever asks.
    pub(crate) keys: bool,
    /// The day's checkpoint of the ledger; none where there is none, or the database did not answer.
    pub(crate) checkpoint: Option<Arc<DayCheckpoint>>,
}

impl Visit {
    /// The same visit in another language: of an address that says none.
    pub(crate) fn in_language(&self, language: Language) -> Self {
        Self(Arc::new(Asked { language, ..Asked::clone(self) }))
    }
}

impl Deref for Visit {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        &self.0
    }
}

impl Asked {
    /// The application.
    pub(crate) fn app(&self) -> &Arc<App> {
        &self.web.app
    }

    /// Who is looking.
    pub(crate) fn viewer(&self) -> Viewer {
        self.signed.as_ref().map_or(Viewer::Anonymous, |signed| signed.viewer)
    }

    /// The account that asks; without one it is asked to sign in.
    pub(crate) fn actor(&self) -> Result<Actor, Failure> {
        self.signed.as_ref().map(Signed::actor).ok_or_else(|| Code::Unauthenticated.into())
    }

    /// The address of a page in the same language.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("/{}/{path}", self.language.tag())
    }

    /// The values of a parameter, decoded.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Code::NotFound.into())
    }
}

/// What is done for every page.
pub(crate) async fn enter(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let address = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let cookie = signing_in::cookie(&web, &headers);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let public = reads && cookie.is_none();
    let at = if public { made_at(&web).await } else { None };
    if let Some(page) = at.and_then(|at| web.kept.find(&address, at)) {
        return page.answer(&headers);
    }
    let (uri, from) = (request.uri().clone(), (id_of(&request), origin::of(request.extensions())));
    let visit = match begin(&web, &uri, &headers, cookie.as_deref(), from).await {
        Ok(visit) => visit,
        Err(failure) => return failure.into_response(),
    };
    if let Some(response) = lacking(&visit, reads) {
        return response;
    }
    request.extensions_mut().insert(visit.clone());
    let gets = *request.method() == Method::GET;
    let response = next.run(request).await;
    let response = match response.extensions().get::<Failure>().cloned() {
        None => response,
        Some(failure) if reads && failure.code() == Code::Unauthenticated => {
            return Redirect::to(&signing_in::address(&visit)).into_response();
        }
        Some(failure) => failure::page(&visit, &failure),
    };
    match at {
        Some(at) if gets => keep(&web, address, at, response, &headers).await,
        _ => send(response, &headers).await,
    }
}

/// What an account does that must have a second factor and has none.
const ENROLLING: [&str; 4] = ["account/second-factor", "account/passkeys", "sign-out", "help"];

/// The answer to an account that must turn a second factor on first; nothing to all others.
fn lacking(visit: &Visit, reads: bool) -> Option<Response> {
    let lacks = visit.signed.as_ref().is_some_and(|signed| signed.lacks_second_factor);
    if !lacks || ENROLLING.contains(&visit.path.as_str()) {
        return None;
    }
    let to = format!("{}?done=second_factor_missing", visit.to("account/second-factor"));
    let form = || failure::page(visit, &Code::SecondFactorMissing.into());
    Some(if reads { Redirect::to(&to).into_response() } else { form() })
}

fn id_of(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(|id| id.as_str().to_owned()).unwrap_or_default()
}

/// What a page of the public is made at now; nothing where the database does not answer.
async fn made_at(web: &Web) -> Option<MadeAt> {
    let version = statistics::version(&web.app, &Viewer::Anonymous).await.ok()?;
    let checkpoint = day_checkpoint(&web.app).await.ok()?;
    Some((version, web.app.today(), checkpoint.map_or(0, |of_day| of_day.checkpoint.size)))
}

async fn begin(
    web: &Web,
    uri: &Uri,
    headers: &HeaderMap,
    cookie: Option<&str>,
    (request_id, origin): (String, Origin),
) -> Result<Visit, Failure> {
    let signed = match cookie {
        Some(cookie) => authenticate_by_cookie(&web.app, cookie).await?,
        None => None,
    };
    let unseen = match &signed {
        Some(signed) => notifications::unseen(&web.app, &signed.viewer).await?,
        None => 0,
    };
    let offered = web.app.settings().languages;
    let whole = uri.path().trim_start_matches('/');
    let (first, rest) = whole.split_once('/').unwrap_or((whole, ""));
    let (language, path) = match offered.find(first) {
        Some(language) => (language, rest),
        None => (language_of(offered, uri, headers), whole),
    };
    let keys = shortcuts::are_on(headers, signed.is_some());
    Ok(Visit(Arc::new(Asked {
        web: web.clone(),
        keys,
        checkpoint: day_checkpoint(&web.app).await.unwrap_or_default(),
        language,
        signed,
        unseen,
        path: path.to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        request_id,
        origin,
    })))
}

/// Keeps a page that may be kept, and sends it.
async fn keep(web: &Web, address: String, at: MadeAt, response: Response, asked: &HeaderMap) -> Response {
    let headers = response.headers();
    let kept = response.status() == StatusCode::OK && !headers.contains_key(header::CACHE_CONTROL);
    if !kept || headers.contains_key(header::CONTENT_ENCODING) {
        return send(response, asked).await;
    }
    let (parts, body) = response.into_parts();
    let Ok(html) = body.collect().await else { return failure::broken().into_response() };
    let page = KeptPage::new(&html.to_bytes(), parts.headers);
    web.kept.keep(address, at, &page);
    page.answer(asked)
}

/// Sends a page that nobody keeps, compressed where that is taken.
async fn send(response: Response, asked: &HeaderMap) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let is_page =
        parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/"));
    // A file goes as it comes, whatever is in it.
    let is_file = parts.headers.contains_key(header::CONTENT_DISPOSITION);
    if !is_page || is_file || !accepts_gzip(asked) {
        return Response::from_parts(parts, body);
    }
    let Ok(html) = body.collect().await else { return failure::broken().into_response() };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(gzip(&html.to_bytes())))
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::new(error)
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::new(code.into())
    }
}
