//! What pages are made from.

use std::sync::Arc;

use qadam_app::App;

use crate::kept::KeptPages;

/// The state of the pages.
#[derive(Debug, Clone)]
pub(crate) struct Web {
    /// The application: use cases are called with it.
    pub(crate) app: Arc<App>,
    /// Pages that the public is given again.
    pub(crate) kept: KeptPages,
}

impl Web {
    /// The state for an application.
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, kept: KeptPages::default() }
    }

    /// Whether browsers reach the register by `https` alone.
    pub(crate) fn is_https(&self) -> bool {
        self.app.settings().public_url.starts_with("https://")
    }
}
