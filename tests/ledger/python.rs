//! The verifier in Python, which outsiders use: on the real program, and on what was kept and tampered with.

mod forged;
mod running;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Where it lies in the repository.
const VERIFIER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/verifier/qadam_verify.py");

/// What it said.
#[derive(Debug)]
struct Told {
    /// With which code it ended: 0 proved, 1 not what it claims to be, 2 nothing is known.
    code: Option<i32>,
    /// Its one line.
    line: String,
}

/// Runs it. Python must be there: a register that nobody checks from outside proves nothing to anybody.
fn python(verifier: &Path, arguments: &[&str]) -> Told {
    let output = Command::new("python3")
        .arg("-B")
        .arg(verifier)
        .args(arguments)
        .output()
        .expect("python3 is installed: the verifier that outsiders use is written in it");
    let said = [output.stdout, output.stderr].concat();
    Told { code: output.status.code(), line: String::from_utf8(said).unwrap().trim().to_owned() }
}

/// A copy of a ledger as the verifier keeps one, in a folder.
fn keep(folder: &Path, entries: &[Value], keys: &Value, checkpoint: &str) {
    let lines = entries.iter().fold(String::new(), |lines, entry| lines + &entry.to_string() + "\n");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("entries.jsonl"), lines).unwrap();
    std::fs::write(folder.join("keys.json"), format!("{keys}\n")).unwrap();
    std::fs::write(folder.join("checkpoint"), checkpoint).unwrap();
}
