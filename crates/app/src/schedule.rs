//! What the program does because a day has come: stages of response clocks, reminders of reporting rounds.
//!
//! Every node looks for what is due. Each step is a write of its own in which what it is about is read anew: writes take
//! turns, so the second node finds it done. After a pause what was missed is done; a clock that was set back finds
//! nothing due.

use std::sync::Arc;
use std::time::Duration;

use crate::application::App;
use crate::error::AppError;
use crate::{reporting_rounds, response_clocks};

/// How often a node looks whether the day of something has come.
const TICK: Duration = Duration::from_secs(30);

/// Does what is due until the future is dropped.
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        told("stages of response clocks", response_clocks::advance(&app).await);
        told("reminders of reporting rounds", reporting_rounds::remind_due(&app).await);
    }
}

/// Tells the log what was done of something, or that it will be tried again.
fn told(what: &str, outcome: Result<usize, AppError>) {
    match outcome {
        Ok(0) => {}
        Ok(recorded) => tracing::debug!(recorded, "{what} were recorded"),
        Err(error) => tracing::warn!(%error, "{what} were not looked for; trying again"),
    }
}
