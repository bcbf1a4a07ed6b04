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
        let examples = examples();
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
    fn the_verifier_finds_the_demonstration_unbroken() {
        let demonstration = Demonstration::start();
        let output = demonstration.verify();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
