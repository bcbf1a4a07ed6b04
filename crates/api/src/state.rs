//! What handlers need beside the request.

use std::sync::Arc;

use qadam_app::authentication::{Signed, authenticate};
use qadam_app::{App, AppError};

use crate::extract::Authenticate;
use crate::links::Links;
use crate::statistics::Answers;

/// The state of the API.
#[derive(Debug, Clone)]
pub struct ApiState {
    /// The application: use cases are called with it.
    pub app: Arc<App>,
    /// Builds addresses.
    pub links: Links,
    /// Answers that the public is given again.
    pub(crate) answers: Answers,
}

impl ApiState {
    /// The state for an application.
    pub fn new(app: Arc<App>) -> Self {
        let links = Links::new(&app.settings().public_url);
        Self { app, links, answers: Answers::default() }
    }
}

impl Authenticate for ApiState {
    async fn authenticate(&self, token: Option<&str>) -> Result<Option<Signed>, AppError> {
        authenticate(&self.app, token).await
    }
}
