//! `GET /{language}/verify`: what the ledger proves, its newest signed checkpoint, and how to check it oneself.

use askama::Template;
use axum::response::Response;
use qadam_app::ledger::reading;

use super::described;
use crate::failure::Failure;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "about/verify.html")]
struct VerifyPage<'a> {
    page: &'a Page,
    checkpoint: String,
    key: String,
    address: &'a str,
}

/// `GET /{language}/verify`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let app = visit.app();
    let page = described(&visit, "verify");
    let checkpoint = reading::checkpoint(app).await?;
    let key = reading::verifier_key(app).await?;
    let address = &app.settings().public_url;
    // The tree grows later than its entries.
    Ok(not_kept(render(&VerifyPage { page: &page, checkpoint, key, address })))
}
