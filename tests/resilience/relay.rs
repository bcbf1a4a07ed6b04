//! What stands between two programs and can be made to fail: passes bytes on, to the next of several addresses each
//! time, late, not at all, up to a number of them, or in one direction alone.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What the relay does to what it passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It comes so much later.
    Late(Duration),
    /// After so many more bytes from the far side each connection is closed, both ways.
    CutAfter(u64),
    /// After so many more bytes the far side is told that nothing more comes, and is heard still.
    HalfClosedAfter(u64),
    /// Nothing is passed on, and nothing is said.
    Swallowed,
}

/// A relay on a port of its own, until it is dropped.
#[derive(Debug)]
pub(crate) struct Relay {
    address: String,
    passing: Arc<Passing>,
}

/// What all connections share.
#[derive(Debug)]
struct Passing {
    targets: Vec<String>,
    next: AtomicUsize,
    fault: Mutex<Fault>,
    /// How many bytes the fault has left to pass.
    left: AtomicU64,
    over: AtomicBool,
    /// Connections of which one side is gone without a word.
    stranded: Mutex<Vec<TcpStream>>,
}

impl Relay {
    /// A relay to one or several addresses.
    pub(crate) fn to(targets: &[String]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let passing = Arc::new(Passing {
            targets: targets.to_vec(),
            next: AtomicUsize::new(0),
            fault: Mutex::new(Fault::None),
            left: AtomicU64::new(0),
            over: AtomicBool::new(false),
            stranded: Mutex::default(),
        });
        let shared = Arc::clone(&passing);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.over.load(Ordering::Acquire) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.connect(stream));
            }
        });
        Self { address, passing }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Does this from now on to everything, connections that stand included.
    pub(crate) fn set(&self, fault: Fault) {
        let bytes = match fault {
            Fault::CutAfter(bytes) | Fault::HalfClosedAfter(bytes) => bytes,
            Fault::None | Fault::Late(_) | Fault::Swallowed => 0,
        };
        self.passing.left.store(bytes, Ordering::Release);
        *self.passing.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.passing.over.store(true, Ordering::Release);
        // Wakes the one that waits for connections.
        let _woken = TcpStream::connect(&self.address);
    }
}

impl Passing {
    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes a connection on to the next address that takes it.
    fn connect(self: &Arc<Self>, near: TcpStream) {
        let far = (0..self.targets.len()).find_map(|_target| {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            TcpStream::connect(self.targets.get(number % self.targets.len())?).ok()
        });
        let Some(far) = far else { return };
        let (near_too, far_too) = (near.try_clone().expect("a socket"), far.try_clone().expect("a socket"));
        let shared = Arc::clone(self);
        thread::spawn(move || shared.pass(near_too, far_too, false));
        self.pass(far, near, true);
    }

    /// Passes on what comes, until one side ends. `answers` is the direction from the far side.
    fn pass(&self, mut from: TcpStream, mut to: TcpStream, answers: bool) {
        let mut bytes = [0; 4096];
        loop {
            let count = from.read(&mut bytes).unwrap_or(0);
            let Some(read) = bytes.get(..count).filter(|read| !read.is_empty()) else {
                if self.fault() == Fault::Swallowed {
                    // An end is not passed on either: the other side goes on in the belief that somebody is there.
                    self.stranded.lock().unwrap_or_else(PoisonError::into_inner).push(to);
                    return;
                }
                break;
            };
            match self.fault() {
                Fault::Late(by) => late(by),
                Fault::Swallowed => continue,
                Fault::CutAfter(_) if answers && !self.has_left(count) => {
                    let _closed = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
                    return;
                }
                Fault::HalfClosedAfter(_) if answers && !self.has_left(count) => {
                    let _closed = from.shutdown(Shutdown::Write);
                }
                Fault::None | Fault::CutAfter(_) | Fault::HalfClosedAfter(_) => {}
            }
            if to.write_all(read).is_err() {
                break;
            }
        }
        let _closed = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }

    /// Takes from the bytes that are left; false once there are none.
    fn has_left(&self, count: usize) -> bool {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let taken =
            self.left.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(count));
        taken.is_ok()
    }
}

/// Waits, as a slow network does.
fn late(by: Duration) {
    thread::park_timeout(by);
}
