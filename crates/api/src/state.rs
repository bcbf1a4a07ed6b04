//! What handlers need beside the request.

use std::sync::Arc;

use qadam_app::authentication::{Signed, authenticate};
use qadam_app::{App, AppError};

use crate::extract::Authenticate;
use crate::links::Links;

/// The state of the API.
#[derive(Debug, Clone)]
pub struct ApiState {
    /// The application: use cases are called with it.
    pub app: Arc<App>,
    /// Builds addresses.
    pub links: Links,
}

impl ApiState {
    /// The state for an application.
    pub fn new(app: Arc<App>) -> Self {
        let links = Links::new(&app.settings().public_url);
        Self { app, links }
    }
}

impl Authenticate for ApiState {
    async fn authenticate(&self, token: Option<&str>) -> Result<Option<Signed>, AppError> {
        authenticate(&self.app, token).await
    }
}
