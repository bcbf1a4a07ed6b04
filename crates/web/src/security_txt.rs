//! `/.well-known/security.txt` (RFC 9116): whom to tell of a fault in the register's safety.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::{Days, NaiveTime};
use http::header;
use qadam_app::Code;
use qadam_domain::language::Language;

use crate::failure::Failure;
use crate::state::Web;

/// For how many days what is said is to be believed: less than a year (RFC 9116, section 2.5.5).
const DAYS: u64 = 180;

/// `GET /.well-known/security.txt`: nothing where the deployment names nobody.
pub(crate) async fn show(State(web): State<Web>) -> Result<Response, Failure> {
    let settings = web.app.settings();
    let contact = settings.security_contact.as_deref().ok_or(Code::NotFound)?;
    // By the day, so that the answer is the same all day.
    let expires = web.app.today().checked_add_days(Days::new(DAYS)).unwrap_or_default();
    let expires =
        expires.and_time(NaiveTime::MIN).and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let languages: Vec<_> = settings.languages.iter().map(Language::tag).collect();
    let (languages, root) = (languages.join(", "), &settings.public_url);
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: {languages}\nCanonical: \
         {root}/.well-known/security.txt\n"
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
