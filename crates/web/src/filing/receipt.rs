//! `GET /{language}/items/{item}/receipt`: the signed receipt of a filing, to read and to keep.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header;
use qadam_app::items::{self, ItemView, Key};
use qadam_domain::items::Status;

use crate::failure::Failure;
use crate::items::key;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/receipt.html")]
struct ReceiptPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    receipt: &'a str,
    /// Whether it can be taken back.
    withdraws: bool,
}

/// `GET /{language}/items/{item}/receipt`; with `?as=file` the receipt alone.
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(&item)?).await?;
    let receipt = items::receipt(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await?;
    if visit.parameter("as").as_deref() == Some("file") {
        let headers = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"qadam-receipt.txt\""),
        ];
        return Ok(not_kept((headers, receipt).into_response()));
    }
    let mut page = Page::new(&visit, "receipt-title");
    page.hide();
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    let withdraws = can.moves.iter().any(|row| row.to == Status::Withdrawn);
    Ok(not_kept(render(&ReceiptPage { page: &page, view: &view, receipt: &receipt, withdraws })))
}
