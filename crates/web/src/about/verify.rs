//! `GET /{language}/verify`: what the ledger proves, its newest signed checkpoint, and how to check it oneself.

use askama::Template;
use axum::response::Response;
use qadam_app::ledger::reading;
use qadam_app::ledger::receipts::{self, CheckedReceipt, Standing};

use super::described;
use crate::failure::Failure;
use crate::form::Form;
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
    form: &'a Form,
    /// What the receipt that was brought proves; none where it is no receipt of this register.
    checked: Option<CheckedReceipt>,
}

impl VerifyPage<'_> {
    /// Whether a receipt was brought.
    fn was_brought(&self) -> bool {
        !self.form.raw("receipt").is_empty()
    }

    /// What a receipt proves, in words.
    fn standing(&self, checked: &CheckedReceipt) -> String {
        match checked.standing {
            Standing::Admitted { seq } => self.page.say("verify-admitted", "seq", seq.to_string()),
            Standing::Waiting => {
                let day = crate::format::long_day(self.page.lang(), checked.admitted_by);
                self.page.say("verify-waiting", "day", day)
            }
            Standing::Dropped => self.page.t("verify-dropped"),
        }
    }
}

/// `GET /{language}/verify`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    verify_page(&visit, &Form::default(), None).await
}

/// `POST /{language}/verify`: checks a receipt that was pasted.
pub(super) async fn check(visit: Visit, form: Form) -> Result<Response, Failure> {
    let text = form.raw("receipt").replace("\r\n", "\n");
    let checked = receipts::check(visit.app(), &format!("{}\n", text.trim())).await?;
    verify_page(&visit, &form, checked).await
}

async fn verify_page(
    visit: &Visit,
    form: &Form,
    checked: Option<CheckedReceipt>,
) -> Result<Response, Failure> {
    let app = visit.app();
    let page = described(visit, "verify");
    let checkpoint = reading::checkpoint(app).await?;
    let key = reading::verifier_key(app).await?;
    let address = &app.settings().public_url;
    // The tree grows later than its entries.
    Ok(not_kept(render(&VerifyPage { page: &page, checkpoint, key, address, form, checked })))
}
