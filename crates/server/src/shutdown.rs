//! The end of the program: asked for once, seen by all parts.

use std::io;

use tokio::sync::watch;

/// Asks for the end.
#[derive(Debug)]
pub(crate) struct StopSwitch(watch::Sender<bool>);

/// Tells whether the end was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

/// A switch and what it switches.
pub(crate) fn switch() -> (StopSwitch, Stop) {
    let (sender, receiver) = watch::channel(false);
    (StopSwitch(sender), Stop(receiver))
}

impl StopSwitch {
    /// Asks for the end.
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Waits until the end is asked for.
    pub(crate) async fn requested(&mut self) {
        // A switch that is gone can ask for nothing any more; then there is nothing to go on for either.
        let _gone = self.0.wait_for(|stopped| *stopped).await;
    }

    /// Whether the end was asked for.
    pub(crate) fn is_requested(&self) -> bool {
        *self.0.borrow()
    }
}

/// Waits until the system asks the program to end: SIGTERM, or Ctrl-C.
pub(crate) async fn signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            interrupted = tokio::signal::ctrl_c() => interrupted,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
