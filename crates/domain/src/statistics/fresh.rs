//! What is known of items on their way, and how fresh that is.

use chrono::{Days, NaiveDate};

use crate::items::Status;

/// Where somebody owes progress, and evidence of it.
pub const ON_THEIR_WAY: [Status; 3] = [Status::Planned, Status::InProgress, Status::ReportedDone];

/// For how many days what was reported, found or shown is fresh: half a year, as often as bodies report.
const FRESH_DAYS: u64 = 183;

/// The first day of what is fresh on a local day.
pub fn fresh_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(FRESH_DAYS)).unwrap_or(today)
}
