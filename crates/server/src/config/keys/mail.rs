//! Settings of letters.

use qadam_app::settings::{CHECKPOINT_KEEPERS_MAX, check_mail_server, check_recipient, check_sender};

use super::super::Secret;
use super::{Key, key};

/// How letters leave the machine.
pub(super) static MAIL: [Key; 3] = [
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
    key("mail.checkpoints_to", "mail-checkpoints-to", "QADAM_MAIL_CHECKPOINTS_TO")
        .says("ADDRESSES", "", "Who keeps the day's signed head of the log, told daily; with commas between")
        .sets(|to, text| keepers(text).map(|keepers| to.checkpoint_keepers = keepers)),
];

/// Addresses with commas between, each once.
fn keepers(text: &str) -> Result<Vec<String>, String> {
    let mut keepers: Vec<String> = Vec::new();
    for keeper in text.split(',').map(str::trim) {
        if check_recipient(keeper).is_err() || keepers.iter().any(|known| known == keeper) {
            return Err("must be mail addresses, each once, with commas between".to_owned());
        }
        keepers.push(keeper.to_owned());
    }
    if keepers.len() > CHECKPOINT_KEEPERS_MAX {
        return Err(format!("must be at most {CHECKPOINT_KEEPERS_MAX} addresses"));
    }
    Ok(keepers)
}
