//! Receipts: what a submitter gets in hand, and with which it proves later that it filed, even if the server
//! dropped the record.

use chrono::{Days, NaiveDate};
use qadam_domain::ids::ItemId;
pub use qadam_ledger::Standing;
use qadam_ledger::{Day, Digest, Receipt, Salt, SignedNote, Verifier};
use qadam_storage::ledger as stored;

use super::signing_keys;
use crate::application::App;
use crate::error::AppError;

/// How many days after the day of filing an entry is admitted at the latest: the batch follows the day, and a
/// server may be down for another.
const ADMITTED_WITHIN_DAYS: u64 = 2;

/// What a receipt that somebody holds proves here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedReceipt {
    /// The day of the filing.
    pub day: NaiveDate,
    /// The day by which its entry is in the tree.
    pub admitted_by: NaiveDate,
    /// Where the entry stands.
    pub standing: Standing,
}

/// Checks a receipt: that this register signed it, and that what it promised is in the ledger. Nothing where it is no
/// receipt of this register.
pub async fn check(app: &App, text: &str) -> Result<Option<CheckedReceipt>, AppError> {
    let known: Vec<Verifier> =
        signing_keys::keys(app).await?.iter().filter_map(|key| key.key.parse().ok()).collect();
    let receipt = text.parse::<SignedNote>().ok().and_then(|note| Receipt::open(&note, &known).ok());
    let Some(receipt) = receipt else { return Ok(None) };
    let promised =
        stored::promised(&app.store.read(), ItemId(receipt.subject), receipt.digest.as_bytes()).await?;
    let (day, admitted_by) = (receipt.day.date(), receipt.admitted_by.date());
    let standing = match promised {
        Some(Some(seq)) => Standing::Admitted { seq },
        Some(None) if app.today() <= admitted_by => Standing::Waiting,
        _ => Standing::Dropped,
    };
    Ok(Some(CheckedReceipt { day, admitted_by, standing }))
}

/// The signed receipt for an entry made on a local day: a text to keep.
pub(crate) fn receipt(
    app: &App,
    item: ItemId,
    day: NaiveDate,
    digest: Digest,
    salt: Salt,
) -> Result<String, AppError> {
    let failed = |error: &dyn std::fmt::Display| AppError::Internal(format!("receipt: {error}"));
    let latest = day.checked_add_days(Days::new(ADMITTED_WITHIN_DAYS)).unwrap_or(day);
    let receipt = Receipt {
        origin: app.signer.verifier().name().clone(),
        subject: item.0,
        digest,
        salt,
        day: Day::new(day).map_err(|error| failed(&error))?,
        admitted_by: Day::new(latest).map_err(|error| failed(&error))?,
    };
    Ok(receipt.sign(&[&app.signer]).map_err(|error| failed(&error))?.to_string())
}
