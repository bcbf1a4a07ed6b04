//! The log: on stderr always, for people on a terminal and one JSON object a line elsewhere.
//!
//! What may stand in it is described in `docs/LOGGING.md`: never a body, a token, a query or an address.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Libraries that would tell statements with their values, or headers, on the levels for developers. Whoever
/// wants to see that names the library itself.
const QUIET: &str = "sqlx=warn,sea_orm=warn,sea_orm_migration=warn,hyper=info,hyper_util=info,rustls=info";

/// Begins to log. A second call changes nothing.
pub(crate) fn start(log: &Log) {
    let filter = EnvFilter::new(directives(&log.filter));
    let terminal = io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(|| Lossy(io::stderr()));
    let json = match log.format {
        LogFormat::Auto => !terminal,
        LogFormat::Json => true,
        LogFormat::Pretty => false,
    };
    let _already_logging = if json {
        builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        builder.with_ansi(terminal).with_target(false).try_init()
    };
}

/// What was asked for, with the libraries kept quiet that it does not name.
fn directives(asked: &str) -> String {
    format!("{QUIET},{asked}")
}

/// A writer that never fails: a line that cannot be written is lost, and nothing else.
///
/// The log may lie on the disk that is full, or its reader be gone. The library says so on stderr, and who prints there
/// what cannot be printed panics: amid the very work that was just found to have failed.
struct Lossy<W>(W);

impl<W: io::Write> io::Write for Lossy<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _lost = self.0.write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _lost = self.0.flush();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// A disk that is full.
    struct Full;

    impl io::Write for Full {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
    }

    #[test]
    fn a_line_that_cannot_be_written_is_lost_without_a_word() {
        assert!(writeln!(Full, "a line").is_err());
        let mut log = Lossy(Full);
        assert!(writeln!(log, "a line").is_ok() && log.flush().is_ok());
        let mut kept = Lossy(Vec::new());
        write!(kept, "a line").unwrap();
        assert_eq!(kept.0, b"a line");
    }

    #[test]
    fn a_level_for_all_leaves_talkative_libraries_quiet_and_naming_one_does_not() {
        let all = EnvFilter::new(directives("trace")).to_string();
        assert!(all.contains("sqlx=warn") && all.contains("trace"), "{all}");
        let named = EnvFilter::new(directives("info,sqlx=debug")).to_string();
        assert!(named.contains("sqlx=debug") && !named.contains("sqlx=warn"), "{named}");
    }
}
