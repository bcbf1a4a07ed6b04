//! One connection.

use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use qadam_http::origin::Peer;
use tokio::net::TcpStream;
use tower_http::add_extension::AddExtension;

use super::stall::StallGuard;
use crate::config::Limits;
use crate::shutdown::Stop;

/// Answers the requests of a connection until the client, a limit or the end of the program ends it.
pub(super) async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stop: Stop,
) {
    // Answers are written whole: waiting for more to send with them only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended before it began");
        return;
    }
    tokio::select! {
        () = stop.requested() => return,
        speaks = speaks(&stream, limits) => if !speaks { return },
    }
    let io = TokioIo::new(StallGuard::new(stream, limits.stall));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // Also ends connections that are kept alive for nothing: the time runs from the end of the last answer.
        .header_read_timeout(limits.header)
        .max_headers(limits.headers)
        .max_buf_size(limits.header_bytes)
        .serve_connection(io, TowerToHyperService::new(AddExtension::new(router, Peer(peer))));
    let mut connection = pin!(connection);
    let outcome = tokio::select! {
        outcome = connection.as_mut() => outcome,
        () = stop.requested() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = outcome {
        // Clients break off, stall and talk nonsense all day: of interest only when looking for it.
        tracing::debug!(%error, "a connection was cut");
    }
}

/// Whether the client says anything in time. Looks without taking, and before anything is set aside for it.
async fn speaks(stream: &TcpStream, limits: Limits) -> bool {
    let mut first = [0];
    let looked = tokio::time::timeout(limits.header, stream.peek(&mut first)).await;
    matches!(looked, Ok(Ok(1..)))
}
