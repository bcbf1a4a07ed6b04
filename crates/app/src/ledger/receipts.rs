//! Receipts: what a submitter gets in hand, and with which it proves later that it filed, even if the server
//! dropped the record.

use chrono::{Days, NaiveDate};
use qadam_domain::ids::ItemId;
use qadam_ledger::{Day, Digest, Receipt, Salt};

use crate::application::App;
use crate::error::AppError;

/// How many days after the day of filing an entry is admitted at the latest: the batch follows the day, and a
/// server may be down for another.
const ADMITTED_WITHIN_DAYS: u64 = 2;

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
