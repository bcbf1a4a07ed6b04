//! The keys of access tokens change while the program runs: their files are looked at again and again.

use std::sync::Arc;
use std::time::Duration;

use super::access_tokens::Terms;
use crate::application::App;
use crate::error::AppError;
use crate::keys::{KeyFiles, TokenKeys};

/// How often a node looks.
const EVERY: Duration = Duration::from_secs(2);

/// After how many seconds every node that runs accepts a key that was announced.
pub const ANNOUNCED_SECONDS: u64 = 5;

impl App {
    /// Looks at the files of the keys of access tokens again, and goes on with what they say now. Whether that is new.
    pub async fn reread_token_keys(&self) -> Result<bool, AppError> {
        let files = KeyFiles::of(&self.settings);
        let keys = tokio::task::spawn_blocking(move || TokenKeys::read(&files))
            .await
            .map_err(|error| AppError::Internal(error.to_string()))??;
        let present = self.tokens.load_full();
        if present.keys.says_what(&keys) {
            return Ok(false);
        }
        let terms = Terms::new(keys, &present.issuer, present.seconds)?;
        self.tokens.store(Arc::new(terms));
        Ok(true)
    }
}

/// Looks at the files of the keys again and again until the future is dropped.
pub async fn watch_token_keys(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut is_well = true;
    loop {
        tick.tick().await;
        match app.reread_token_keys().await {
            Ok(is_new) => {
                if is_new {
                    tracing::info!("the keys of access tokens are others now");
                }
                is_well = true;
            }
            Err(error) => {
                // Said once, not every time.
                if is_well {
                    tracing::error!(%error, "the keys of access tokens cannot be read; those that are known stay in use");
                }
                is_well = false;
            }
        }
    }
}
