//! How long is kept what is nobody's record.

use qadam_domain::items::retention::DraftTerm;

use super::super::values::days;
use super::{Key, key};

pub(super) static RETENTION: [Key; 3] = [
    key("retention.draft_days", "retention-draft-days", "QADAM_RETENTION_DRAFT_DAYS")
        .says(
            "N",
            "365",
            "Days for which a draft is kept that nobody touches; its writers are told, and 30 more",
        )
        .sets(|to, text| days(text).map(|number| to.draft_term = DraftTerm(number))),
    key("retention.notification_days", "retention-notification-days", "QADAM_RETENTION_NOTIFICATION_DAYS")
        .says("N", "365", "Days for which accounts are shown what they were told")
        .sets(|to, text| days(text).map(|number| to.notification_days = number)),
    key("retention.reading_days", "retention-reading-days", "QADAM_RETENTION_READING_DAYS")
        .says("N", "730", "Days for which is kept who read what is not public")
        .sets(|to, text| days(text).map(|number| to.reading_days = number)),
];
