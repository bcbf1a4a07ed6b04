//! Places at which a test has the program end as if its power were cut, so that "in the middle of a commit" is met
//! every time and not by luck.
//!
//! They are there in what is built for development alone. Where `debug_assertions` are off, as in everything that is
//! released, [`reach`] is an empty function and the name of the variable is in no binary: nobody can arm a place that
//! does not exist. A feature of cargo would say the same, for the price of a second program: these crates compiled
//! and linked once more in every run of the tests, and a release with the feature on by mistake.

/// Arms one place, as `commit.before@3`: the program ends when it reaches that place for the third time.
///
/// Variables that begin like this are the tests' own; the program's configuration passes over them.
#[cfg(debug_assertions)]
const VARIABLE: &str = "QADAM_TEST_FAILPOINT";

/// Says that the program is at a place, where it ends if that place is armed.
#[cfg(debug_assertions)]
pub fn reach(place: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static ARMED: OnceLock<Option<(String, usize)>> = OnceLock::new();
    static REACHED: AtomicUsize = AtomicUsize::new(0);
    let armed = ARMED.get_or_init(|| parse(&std::env::var_os(VARIABLE)?.into_string().ok()?));
    if let Some((name, times)) = armed
        && name == place
        && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == *times
    {
        // Nothing is written, closed or undone any more.
        std::process::abort();
    }
}

/// Says nothing: there are no places in what is released.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub const fn reach(_place: &str) {}

/// The place, and the how manieth time.
#[cfg(debug_assertions)]
fn parse(armed: &str) -> Option<(String, usize)> {
    let (place, times) = armed.split_once('@')?;
    Some((place.to_owned(), times.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Says to a copy of these tests that it is one.
    const COPY: &str = "QADAM_TEST_FAILPOINT_COPY";

    #[cfg(debug_assertions)]
    #[test]
    fn a_place_is_armed_with_the_number_of_times_it_is_passed() {
        assert_eq!(parse("commit.before@3"), Some(("commit.before".to_owned(), 3)));
        assert_eq!(parse("commit.before"), None);
        assert_eq!(parse("commit.before@soon"), None);
    }

    #[test]
    fn where_nothing_is_armed_every_place_is_passed() {
        if std::env::var_os(COPY).is_none() {
            reach("commit.before");
            reach("commit.after");
        }
    }

    #[test]
    fn an_armed_place_ends_what_is_built_for_development_and_nothing_that_is_released() {
        if std::env::var_os(COPY).is_some() {
            reach("commit.before");
            return;
        }
        let name = "an_armed_place_ends_what_is_built_for_development_and_nothing_that_is_released";
        let mut copy = Command::new(std::env::current_exe().unwrap());
        copy.arg(name).env(COPY, "1").env("QADAM_TEST_FAILPOINT", "commit.before@1");
        let output = copy.output().unwrap();
        assert_eq!(output.status.success(), cfg!(not(debug_assertions)), "{output:?}");
    }
}
