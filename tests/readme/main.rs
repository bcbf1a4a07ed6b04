//! The examples of the README, run as written against the demonstration.

#[cfg(test)]
mod demonstration;
#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use crate::demonstration::Demonstration;
    use crate::examples::examples;

    #[test]
    fn every_example_of_the_readme_runs_against_the_demonstration() {
        let examples = examples("Ten things");
        assert_eq!(examples.len(), 10, "the README promises ten");
        let demonstration = Demonstration::start();
        // One shell for all: later examples use what earlier ones found. It stops at the first that fails.
        let script = format!("set -euo pipefail\n{}", examples.join("\necho\n"));
        let output = demonstration.shell(&script);
        assert!(output.status.success(), "{}\n{}", script, String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        for expected in ["\"status\":\"in_progress\"", "qadam receipt v1", "/ledger\n"] {
            assert!(said.contains(expected), "{expected} is not in {said}");
        }
    }

    #[test]
    fn the_tour_of_the_readme_ends_with_positions_that_differ_and_a_meeting_that_remembers() {
        let examples = examples("A tour");
        assert_eq!(examples.len(), 12, "the README promises twelve steps");
        let demonstration = Demonstration::start();
        let script = format!("set -euo pipefail\n{}", examples.join("\necho\necho ---\n"));
        let output = demonstration.shell(&script);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{script}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
        let steps: Vec<&str> = said.split("\n---\n").collect();
        let [.., positions, told, carried] = steps.as_slice() else { panic!("{said}") };
        for expected in [
            "\"status\":\"reported_done\"",
            // 181, or a day more in a leap year.
            "\"slippage_days\":18",
            "\"disagreement\":true",
            "\"independent\":{\"counts\":{\"partly_implemented\":1}",
            "\"civil_society\":{\"counts\":{\"not_implemented\":1}",
        ] {
            assert!(positions.contains(expected), "{expected} is not in {positions}");
        }
        // Passed on, published, discussed, decided, announced, confirmed, moved, reported, found.
        for expected in [
            "item.status_changed",
            "item.level_changed",
            "meeting.",
            "item.deadline_revised",
            "update.published",
            "assessment.given",
            "\"reason\":\"submitted\"",
            "\"reason\":\"implements_submitted\"",
        ] {
            assert!(told.contains(expected), "{expected} is not in {told}");
        }
        assert!(carried.contains("\"group\":\"open_decision\""), "{carried}");
        assert!(demonstration.verify().status.success());
    }

    #[test]
    fn the_verifier_finds_the_demonstration_unbroken() {
        let demonstration = Demonstration::start();
        let output = demonstration.verify();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
