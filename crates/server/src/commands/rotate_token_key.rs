//! `qadam rotate-token-key`: while nodes run.

use std::time::Duration;

use qadam_app::authentication::ANNOUNCED_SECONDS;
use qadam_app::clock::{Clock as _, SystemClock};
use qadam_app::keys::KeyFiles;

use crate::command_line::RotateTokenKey;
use crate::failure::Failure;
use crate::output;
use crate::register::explained;

/// How long after the last token of the old key has ended that key is accepted: clocks of nodes differ, and a node looks
/// at the files only so often.
const LEEWAY: i64 = 60;

pub(super) async fn run(arguments: &RotateTokenKey) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    let settings = configuration.settings(configuration.listen.address);
    let files = KeyFiles::of(&settings);
    let failed = |error: qadam_app::AppError| Failure::failed("the key was not changed", explained(&error));
    if !files.token.exists() && !arguments.at_once {
        let place = files.token.display();
        return Err(Failure::Misused(format!("{place} is not there: --at-once makes one")));
    }
    if arguments.at_once {
        files.forget_next_token_key().map_err(failed)?;
    }
    let is_new = files.announce_token_key().map_err(failed)?;
    if arguments.announce {
        let place = files.next_token();
        return output::line(&format!(
            "Announced: {}. Nodes with a data directory of their own need a copy of it; then run this again without \
             --announce, on every one of them.",
            place.display()
        ));
    }
    if arguments.at_once {
        files.change_token_key(SystemClock.now(), 0).map_err(failed)?;
        return output::line(
            "Changed. Nodes that read this file refuse tokens of the old key within seconds, and say so in their log; \
             sessions go on. Nodes with a data directory of their own go on accepting them until they have a copy of it.",
        );
    }
    if is_new {
        tokio::time::sleep(Duration::from_secs(ANNOUNCED_SECONDS)).await;
    }
    let seconds = settings.authentication.access_token_seconds + LEEWAY;
    files.change_token_key(SystemClock.now(), seconds).map_err(failed)?;
    output::line(&format!("Changed. Tokens that the old key signed are accepted for {seconds} seconds more."))
}
