//! Single keys for going through lists: whether they are on, and switching them.
//!
//! A cookie of the browser says it, which the script reads, and not the account: it then holds for the public and for
//! pages that are kept, and that somebody works without them, as those do who speak to their computer, is written down
//! nowhere. Where nothing was said they are on for accounts alone.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use http::{HeaderMap, HeaderValue, header};

use crate::form::Form;
use crate::page::Page;
use crate::signing_in::cookie_value;
use crate::state::Web;
use crate::visit::Visit;

/// The name of the cookie; the script knows it, too.
const COOKIE: &str = "qadam_shortcuts";
/// How long it is remembered: a year, in seconds.
const REMEMBERED: u32 = 31_536_000;

/// What is done with keys.
pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/shortcuts", post(switch))
}

/// Whether they are on for whoever asks.
pub(crate) fn are_on(headers: &HeaderMap, signed_in: bool) -> bool {
    match cookie_value(headers, COOKIE).as_deref() {
        Some("on") => true,
        Some("off") => false,
        _ => signed_in,
    }
}

/// `POST /{language}/shortcuts`
async fn switch(State(web): State<Web>, visit: Visit, form: Form) -> Response {
    let keys = if form.has("keys", "on") { "on" } else { "off" };
    let secure = if web.is_https() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={keys}; Path=/; SameSite=Lax; Max-Age={REMEMBERED}{secure}");
    let back = if form.has("back", "account") { "account" } else { "help" };
    let mut response =
        Redirect::to(&format!("{}?done=shortcuts_{keys}#keys", visit.to(back))).into_response();
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

impl Page {
    /// The keys and what each does: the keys that do the same stand together.
    pub(crate) fn keys(&self) -> Vec<(Vec<String>, String)> {
        let named = |keys: &[&str], key: &str| {
            let keys: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
            (keys, self.t(&format!("shortcuts-{key}")))
        };
        let mut all = vec![
            named(&["/"], "search"),
            named(&["j"], "next"),
            named(&["k"], "previous"),
            named(&["o"], "open"),
            named(&["x"], "choose"),
            named(&["?"], "help"),
        ];
        if let Some((keys, _)) = all.get_mut(3) {
            keys.push(self.t("shortcuts-enter"));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_as_the_browser_was_told_and_else_on_for_accounts() {
        let told =
            |cookie: &'static str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))]);
        for (cookie, expected) in
            [("qadam_shortcuts=on", [true, true]), ("a=b; qadam_shortcuts=off", [false, false])]
        {
            assert_eq!([false, true].map(|signed_in| are_on(&told(cookie), signed_in)), expected, "{cookie}");
        }
        for cookie in ["qadam_shortcuts=", "qadam_shortcuts=yes", "other=on"] {
            assert_eq!(
                [false, true].map(|signed_in| are_on(&told(cookie), signed_in)),
                [false, true],
                "{cookie}"
            );
        }
    }
}
