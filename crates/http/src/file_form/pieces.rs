//! The bytes of a form as they come.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream::{Stream, unfold};
use http_body_util::BodyExt as _;
use qadam_app::Code;
use tokio::sync::Notify;

use super::{FORM_MAX, HEAD_MAX};
use crate::bodies::SILENCE_MAX;

/// Where a form stops until it is decided that its file is read.
///
/// Whoever takes a form apart takes all that is there, wanted or not, and a file is there as fast as it is sent.
#[derive(Debug, Default)]
pub(super) struct Gate {
    reached: AtomicBool,
    opened: Notify,
}

impl Gate {
    /// Lets the rest of the form through.
    pub(super) fn open(&self) {
        self.opened.notify_one();
    }

    /// Whether everything that comes before it was read.
    pub(super) fn is_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    async fn passed(&self) {
        self.reached.store(true, Ordering::Relaxed);
        self.opened.notified().await;
    }
}

/// What is left of a body.
struct Rest {
    body: Body,
    taken: usize,
    /// Until it was passed.
    gate: Option<Arc<Gate>>,
}

/// The bytes of a body, within the limits of size and silence, and no more than [`HEAD_MAX`] and a piece before the gate is
/// open.
pub(super) fn pieces(body: Body, gate: Arc<Gate>) -> impl Stream<Item = Result<Bytes, Refused>> + Send {
    let rest = Rest { body, taken: 0, gate: Some(gate) };
    unfold(Some(rest), |rest| async move {
        let mut rest = rest?;
        match rest.next().await {
            Ok(Some(piece)) => Some((Ok(piece), Some(rest))),
            Ok(None) => None,
            Err(code) => Some((Err(Refused(code)), None)),
        }
    })
}

impl Rest {
    async fn next(&mut self) -> Result<Option<Bytes>, Code> {
        if self.taken >= HEAD_MAX
            && let Some(gate) = self.gate.take()
        {
            gate.passed().await;
        }
        loop {
            let frame = tokio::time::timeout(SILENCE_MAX, self.body.frame()).await;
            let Some(frame) = frame.map_err(|_| Code::RequestTimeout)? else { return Ok(None) };
            let Ok(data) = frame.map_err(|_| Code::MalformedRequest)?.into_data() else { continue };
            self.taken += data.len();
            return if self.taken > FORM_MAX { Err(Code::BodyTooLarge) } else { Ok(Some(data)) };
        }
    }
}

/// Why a body is not read on.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.as_str())]
pub(super) struct Refused(pub(super) Code);
