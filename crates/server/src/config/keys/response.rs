//! How many days there are for somebody's word, and when silence escalates.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::values::{days, switch};
use super::{Key, key};

/// Holidays at most: a few of a year, for as many years as anybody plans.
const HOLIDAYS_MAX: usize = 1_000;

pub(super) static RESPONSE: [Key; 8] = [
    key("response.review_days", "response-review-days", "QADAM_RESPONSE_REVIEW_DAYS")
        .says("N", "10", "Days for the secretariat's review of a proposal, from its first filing")
        .sets(|to, text| days(text).map(|number| to.response.terms.review = number)),
    key("response.answer_days", "response-answer-days", "QADAM_RESPONSE_ANSWER_DAYS")
        .says("N", "30", "Days for the lead's answer, from when it was asked")
        .sets(|to, text| days(text).map(|number| to.response.terms.answer = number)),
    key("response.confirmation_days", "response-confirmation-days", "QADAM_RESPONSE_CONFIRMATION_DAYS")
        .says("N", "30", "Days for the lead's confirmation of what was announced")
        .sets(|to, text| days(text).map(|number| to.response.terms.confirmation = number)),
    key("response.due_soon_days", "response-due-soon-days", "QADAM_RESPONSE_DUE_SOON_DAYS")
        .says("N", "5", "Days before the last one from which it is due soon")
        .sets(|to, text| days(text).map(|number| to.response.terms.due_soon = number)),
    key("response.letter_days", "response-letter-days", "QADAM_RESPONSE_LETTER_DAYS")
        .says("N", "10", "Days from overdue to the letter to the body's head")
        .sets(|to, text| days(text).map(|number| to.response.terms.letter = number)),
    key("response.meeting_days", "response-meeting-days", "QADAM_RESPONSE_MEETING_DAYS")
        .says("N", "10", "Days from the letter to the list of the next meeting")
        .sets(|to, text| days(text).map(|number| to.response.terms.meeting = number)),
    key("response.working_days", "response-working-days", "QADAM_RESPONSE_WORKING_DAYS")
        .says("BOOL", "false", "Whether these are working days, Monday to Friday without holidays")
        .sets(|to, text| switch(text).map(|on| to.response.working_days = on)),
    key("response.holidays", "response-holidays", "QADAM_RESPONSE_HOLIDAYS")
        .says("LIST", "", "Days that are no working days although they are none of a weekend")
        .sets(|to, text| holidays(text).map(|holidays| to.response.holidays = holidays)),
];

fn holidays(text: &str) -> Result<BTreeSet<NaiveDate>, String> {
    let wrong = || "must be days with commas between, 2026-01-01,2026-01-02".to_owned();
    let day = |text: &str| NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| wrong());
    let holidays = text.split(',').map(day).collect::<Result<BTreeSet<_>, _>>()?;
    if holidays.len() > HOLIDAYS_MAX {
        return Err(format!("must be at most {HOLIDAYS_MAX} days"));
    }
    Ok(holidays)
}
