//! A panic is a fault of the program: the client is told no more than that.

use std::any::Any;

use axum::response::{IntoResponse, Response};

use crate::problems::Problem;

#[expect(clippy::needless_pass_by_value, reason = "the layer that calls this gives it away")]
pub(super) fn answer(panic: Box<dyn Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    Problem::internal(format!("panic: {said}")).into_response()
}
