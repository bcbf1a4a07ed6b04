//! `qadam healthcheck`: for containers without a shell and without curl.

use std::time::Duration;

use crate::command_line::Healthcheck;
use crate::failure::Failure;
use crate::register::announced;
use crate::verify;

/// Shorter than what container runtimes wait for the check itself.
const PATIENCE: Duration = Duration::from_secs(4);

pub(super) async fn run(arguments: &Healthcheck) -> Result<(), Failure> {
    let url = match &arguments.url {
        Some(url) => url.clone(),
        None => announced(arguments.settings.load()?.listen.address),
    };
    let answer = tokio::time::timeout(PATIENCE, verify::fetch(&url, "/readyz"))
        .await
        .map_err(|_| Failure::Failed(format!("{url} does not answer")))?
        .map_err(Failure::Failed)?;
    if answer.status.is_success() {
        return Ok(());
    }
    Err(Failure::Failed(format!("{url} is not ready: {}", answer.status)))
}
