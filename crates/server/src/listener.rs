//! The accept loop: connections that are slow, silent or too many must not keep others out.
//!
//! * at most so many connections at once; more wait in the system's queue;
//! * a connection that does not say anything is closed before anything is set aside for it;
//! * [`connection`] – one connection: its header in time, no more headers than allowed, answers that are taken;
//! * [`stall`] – the guard against clients that take nothing of an answer.
//!
//! Bodies have limits of their own where they are read, in the API. When told to stop, the loop takes no more
//! connections, lets requests under way finish for a while, and then cuts them.

mod connection;
mod stall;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

use crate::config::Limits;
use crate::shutdown::Stop;

/// How long to wait when the system has no more sockets to give.
const EXHAUSTED: Duration = Duration::from_millis(200);

/// Serves connections until told to stop, and then those requests that are under way. Tells how many of them had
/// to be cut.
pub(crate) async fn serve(socket: TcpListener, router: Router, limits: Limits, mut stop: Stop) -> usize {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.requested() => break,
            // Ended connections are forgotten; a panic in one is its own affair.
            Some(_ended) = connections.join_next() => {}
            accepted = accept(&socket, &slots) => {
                let Some((stream, peer, slot)) = accepted else { break };
                let conversation = connection::converse(stream, peer, router.clone(), limits, stop.clone());
                connections.spawn(async move {
                    conversation.await;
                    drop(slot);
                });
            }
        }
    }
    // From here on the system refuses new connections instead of letting them wait for nobody.
    drop(socket);
    finish(connections, limits.shutdown).await
}

/// The next connection, once there is room for it; `None` if there never will be.
async fn accept(
    socket: &TcpListener,
    slots: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.ok()?;
    loop {
        match socket.accept().await {
            Ok((stream, peer)) => return Some((stream, peer, slot)),
            // The client was gone before it was its turn.
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted; trying again");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset
    )
}

/// Waits for the connections to end, and cuts those that take too long. How many were cut.
async fn finish(mut connections: JoinSet<()>, within: Duration) -> usize {
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(within, all_ended).await.is_ok() {
        return 0;
    }
    let cut = connections.len();
    connections.shutdown().await;
    cut
}
