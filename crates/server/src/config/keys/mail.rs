//! Settings of letters.

use qadam_app::settings::{check_mail_server, check_sender};

use super::super::Secret;
use super::{Key, key};

/// How letters leave the machine.
pub(super) static MAIL: [Key; 2] = [
    key("mail.url", "mail-url", "QADAM_MAIL_URL")
        .secret("QADAM_MAIL_URL_FILE")
        .says(
            "URL",
            "",
            "The mail server, smtps://name:password@host or smtp://…; without it no letters are posted",
        )
        .sets(|to, text| {
            check_mail_server(text).map_err(|error| error.to_string())?;
            to.mail_url = Some(Secret(text.to_owned()));
            Ok(())
        }),
    key("mail.from", "mail-from", "QADAM_MAIL_FROM")
        .says(
            "ADDRESS",
            "",
            "Where letters come from, as \"Register <register@example.org>\"; else no-reply@ its host",
        )
        .sets(|to, text| {
            check_sender(text).map_err(|error| error.to_string())?;
            to.mail_from = Some(text.to_owned());
            Ok(())
        }),
];
