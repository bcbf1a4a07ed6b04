//! Files that are brought as evidence: where they lie, and how many there may be.

use qadam_app::settings::InvalidPlace;

use super::super::values::positive;
use super::{Key, key};

pub(super) static FILES: [Key; 4] = [
    key("files.url", "files-url", "QADAM_FILES_URL")
        .says(
            "URL",
            "",
            "file:///path or s3://bucket/prefix?endpoint=https://…&region=…, the same on all nodes; without it the folder \
             files in the data directory",
        )
        .sets(|to, text| {
            let place = text.parse().map_err(|error: InvalidPlace| error.to_string())?;
            to.files.place = Some(place);
            Ok(())
        }),
    key("files.an_hour", "files-per-hour", "QADAM_FILES_PER_HOUR")
        .says("N", "30", "Files that an account brings within an hour, with those that are refused")
        .sets(|to, text| positive(text).map(|number| to.files.limits.an_hour = number)),
    key("files.an_item", "files-per-item", "QADAM_FILES_PER_ITEM")
        .says("N", "50", "Files that an organisation brings to one item")
        .sets(|to, text| positive(text).map(|number| to.files.limits.an_item = number)),
    key("files.at_once", "concurrent-files", "QADAM_CONCURRENT_FILES")
        .says("N", "8", "Files that are taken at the same time, each in memory and two of one account")
        .sets(|to, text| positive(text).map(|number| to.files.at_once = number)),
];
