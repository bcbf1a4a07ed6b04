//! Signing in with a provider of identities: `POST /{language}/sign-in/openid` sets out, `GET /openid` comes back.
//!
//! Browsers go to the provider by a page that sends them on and not by a redirect: those that hold `form-action` against
//! redirects, too, would stop there, and no form of ours is to go anywhere else. They come back to one address without a
//! language, which is all that a provider has to be told; the language is that of the page that they set out from. Where
//! somebody is refused, another redirect takes the code out of the address.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, header};
use qadam_app::authentication::{
    FromProvider, JOURNEY_SECONDS, Journey, PageSignIn, ToProvider, begin_sign_in_with_provider,
    connect_identity, provider_name, sign_in_with_provider,
};
use qadam_app::{AppError, Code};

use super::{code_page, cookie_value, refused_page, signed_in};
use crate::failure::{self, Failure};
use crate::form::Form;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::state::Web;
use crate::visit::Visit;

/// What of a journey's end is said on the page that it was begun from.
const SAID: [Code; 8] = [
    Code::IdentityRefused,
    Code::IdentityProviderUnavailable,
    Code::IdentityConflict,
    Code::NoIdentityProvider,
    Code::SignInExpired,
    Code::PasskeyRequired,
    Code::TooOften,
    Code::Busy,
];

/// The refusal that the address of a page names.
pub(crate) fn refused(visit: &Visit) -> Option<Code> {
    let named = visit.parameter("refused")?;
    SAID.into_iter().find(|code| code.as_str() == named)
}

const fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-qadam-openid" } else { "qadam-openid" }
}

/// The header that has a browser keep a journey; without one it forgets it. The answer comes from another site, so the cookie
/// goes along with what is followed from there.
fn keep(is_https: bool, journey: Option<&str>) -> HeaderValue {
    let (name, secure) = (cookie_name(is_https), if is_https { "; Secure" } else { "" });
    let seconds = if journey.is_some() { JOURNEY_SECONDS } else { 0 };
    let journey = journey.unwrap_or_default();
    let text = format!("{name}={journey}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={seconds}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[derive(Template)]
#[template(path = "to_provider.html")]
struct ToProviderPage<'a> {
    page: &'a Page,
    name: &'a str,
    url: &'a str,
}

/// The page that sends a browser on to the provider.
pub(crate) fn going(visit: &Visit, to: &ToProvider) -> Response {
    let mut page = Page::new(visit, "to_provider-title");
    page.hide();
    let name = provider_name(visit.app(), visit.language).unwrap_or_default();
    let mut response = not_kept(render(&ToProviderPage { page: &page, name, url: &to.url }));
    let Ok(refresh) = HeaderValue::try_from(format!("0;url={}", to.url)) else {
        return failure::broken().into_response();
    };
    response.headers_mut().insert(header::REFRESH, refresh);
    let is_https = visit.app().settings().public_url.starts_with("https://");
    response.headers_mut().append(header::SET_COOKIE, keep(is_https, Some(&to.journey)));
    response
}

/// `POST /{language}/sign-in/openid`
pub(super) async fn set_out(visit: Visit, form: Form) -> Result<Response, Failure> {
    let asked = form.text("next");
    match begin_sign_in_with_provider(visit.app(), visit.language, asked).await {
        Ok(to) => Ok(going(&visit, &to)),
        Err(error) if SAID.contains(&error.code()) => Ok(not_kept(refused_page(&visit, "", asked, &error))),
        Err(error) => Err(error.into()),
    }
}

/// `GET /openid`
pub(crate) async fn come_back(
    State(web): State<Web>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let kept = cookie_value(&headers, cookie_name(web.is_https()));
    let journey = kept.and_then(|sealed| Journey::open(visit.app(), &sealed));
    let mut response = match journey {
        None => said(&visit, "sign-in", Code::SignInExpired),
        Some(journey) => {
            let visit =
                journey.language().map_or_else(|| visit.clone(), |language| visit.in_language(language));
            arrive(&web, &visit, &journey).await?
        }
    };
    response.headers_mut().append(header::SET_COOKIE, keep(web.is_https(), None));
    Ok(response)
}

async fn arrive(web: &Web, visit: &Visit, journey: &Journey) -> Result<Response, Failure> {
    let [state, code, issuer] = ["state", "code", "iss"].map(|name| visit.parameter(name));
    let answer = FromProvider {
        state: state.as_deref().unwrap_or_default(),
        code: code.as_deref().filter(|code| !code.is_empty()),
        issuer: issuer.as_deref(),
    };
    let begun = if journey.is_connection() { "account/identities" } else { "sign-in" };
    let refuse = |error: AppError| {
        if SAID.contains(&error.code()) { Ok(said(visit, begun, error.code())) } else { Err(error.into()) }
    };
    if journey.is_connection() {
        let signed = visit.signed.as_ref().ok_or(Code::Unauthenticated)?;
        return match connect_identity(visit.app(), &visit.origin, signed, journey, answer).await {
            Ok(()) => Ok(Redirect::to(&format!("{}?done=identity_added", visit.to(begun))).into_response()),
            Err(error) => refuse(error),
        };
    }
    match sign_in_with_provider(visit.app(), &visit.origin, journey, answer).await {
        Ok(PageSignIn::Done(cookie)) => Ok(signed_in(web, visit, journey.next(), &cookie)),
        Ok(PageSignIn::CodeMissing(pending)) => {
            Ok(not_kept(code_page(visit, &pending, journey.next(), None)))
        }
        Err(error) => refuse(error),
    }
}

/// Back to the page that a journey was begun from, which says how it ended.
fn said(visit: &Visit, path: &str, code: Code) -> Response {
    Redirect::to(&format!("{}?refused={}", visit.to(path), code.as_str())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_is_kept_for_ten_minutes_where_no_script_reads_it() {
        let cookie = |is_https, value| keep(is_https, value).to_str().unwrap().to_owned();
        let kept = "__Host-qadam-openid=a; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600";
        assert_eq!(cookie(true, Some("a")), kept);
        assert_eq!(cookie(false, None), "qadam-openid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
