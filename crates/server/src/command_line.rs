//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::SettingFlags;

/// How every command ends.
const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong arguments or settings";

/// A register of recommendations and commitments against torture
#[derive(Debug, Parser)]
#[command(
    name = "qadam",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  \
        qadam demo                                   fill a throw-away register from public sources and serve it\n  \
        qadam --listen 0.0.0.0:8080 --data-dir /srv  serve a register of one's own (the same as `qadam serve`)\n\n\
        Exit codes: 0 done, 1 failed, 2 wrong arguments or settings"
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

impl CommandLine {
    /// The command; without one the register is served.
    pub(crate) fn into_command(self) -> Command {
        self.command.unwrap_or(Command::Serve(self.serve))
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the register (the default)
    #[command(after_help = format!(
        "An empty database gets a one-time link for its first administrator. SIGTERM and Ctrl-C end it after the \
         requests under way.\n\nExamples:\n  qadam serve --data-dir /srv/qadam\n  DATABASE_URL_FILE=/run/secrets/db \
         qadam serve --listen 0.0.0.0:8080 --public-url https://register.example\n\n{EXIT_CODES}"
    ))]
    Serve(Serve),
    /// Fill a register from public sources and serve it
    #[command(after_help = format!(
        "Without --data-dir and --database-url everything is thrown away at the end. Passwords are new on each \
         run.\n\nExamples:\n  qadam demo\n  qadam demo --json --listen 127.0.0.1:0\n\n{EXIT_CODES}"
    ))]
    Demo(Demo),
    /// Bring the database's schema up to date
    #[command(after_help = format!(
        "Examples:\n  qadam migrate --data-dir /srv/qadam\n  qadam migrate --check --database-url \
         postgres://qadam@localhost/qadam\n\n{EXIT_CODES}; --check fails when a migration is missing"
    ))]
    Migrate(Migrate),
    /// Create an administrator
    #[command(after_help = format!(
        "Prints a one-time link, or takes the password from the first line of stdin.\n\nExamples:\n  qadam \
         create-admin --email admin@register.example --link\n  qadam create-admin --email admin@register.example \
         < password-file\n\n{EXIT_CODES}"
    ))]
    CreateAdmin(CreateAdmin),
    /// Let somebody into the secretariat whom no colleague is left to confirm
    #[command(after_help = format!(
        "Newcomers to the secretariat are confirmed by a colleague, on the page of colleagues; no administrator can do it. \
         Where no colleague is left, whoever runs the machine says here that the account belongs to the secretariat. \
         The ledger records that it was done.\n\nExamples:\n  qadam confirm-account --email \
         somebody@ministry.example --data-dir /srv/qadam\n  qadam confirm-account --email somebody@ministry.example \
         --database-url postgres://qadam@localhost/qadam\n\n{EXIT_CODES}"
    ))]
    ConfirmAccount(ConfirmAccount),
    /// Prove that no recorded change was rewritten or dropped
    #[command(after_help = format!(
        "Says in one line what it proved, or the first thing that fails. Give --key, and a checkpoint that you kept, \
         and you need not trust the server for anything. Of files it proves which hash was recorded; their bytes \
         are read by doctor alone.\n\nExamples:\n  qadam verify --url https://register.example \
         --since checkpoint-of-may.txt\n  qadam verify --database sqlite:///srv/qadam/qadam.db --data-dir /srv/qadam\
         \n\n{EXIT_CODES}; 1 also where nothing could be read"
    ))]
    Verify(Verify),
    /// Write everything into one file, while the register goes on
    #[command(after_help = format!(
        "The file holds the data and the files of evidence; not sessions, links and tokens, which are made anew, and not \
         the register's keys, so that whoever finds it cannot sign: keep them apart, or add them to an encrypted backup \
         by --with-keys. Texts and names are in it: encrypt it. age-keygen makes a pair for --encrypt-to.\n\nExamples:\n  \
         qadam backup --data-dir /srv/qadam --to /backups/2026-03-01.qadam --encrypt-to age1…\n  qadam backup \
         --database-url postgres://qadam@localhost/qadam --to 2026-03-01.qadam --passphrase-file passphrase --with-keys\
         \n\n{EXIT_CODES}; 1 also where a file of evidence is missing, everything else being backed up"
    ))]
    Backup(Backup),
    /// Make a register from a backup, where there is none
    #[command(after_help = format!(
        "The backup is verified first; then everything is restored or nothing, and verified as `qadam verify` does. A \
         backup of SQLite is restored into PostgreSQL as well, and the other way round. The data directory holds nothing \
         but keys, and the database no table.\n\nExamples:\n  qadam restore 2026-03-01.qadam --identity key.txt \
         --data-dir /srv/new\n  qadam restore 2026-03-01.qadam --passphrase-file passphrase --database-url \
         postgres://qadam@localhost/new\n\n{EXIT_CODES}"
    ))]
    Restore(Restore),
    /// Prove that a backup is whole
    #[command(after_help = format!(
        "Says in one line what it proved, or the first thing that fails. Nothing is written.\n\nExamples:\n  qadam \
         verify-backup 2026-03-01.qadam --identity key.txt\n  qadam verify-backup 2026-03-01.qadam --key \
         register.example+0f8fad5b+AXs…\n\n{EXIT_CODES}; 1 also where nothing could be read"
    ))]
    VerifyBackup(VerifyBackup),
    /// Let another key sign the ledger from now on
    #[command(after_help = format!(
        "Stop all nodes first. Both keys sign the newest checkpoint and the note by which the new one follows the old \
         one, so that whoever knows the old key goes on with it. Without --new-key a key is made in the data \
         directory, and the old one is kept beside it.\n\nExamples:\n  qadam rotate-ledger-key --data-dir /srv/qadam\n  \
         QADAM_LEDGER_KEY_FILE=/run/secrets/old.pem qadam rotate-ledger-key --new-key /run/secrets/new.pem\n\n\
         {EXIT_CODES}"
    ))]
    RotateLedgerKey(RotateLedgerKey),
    /// Let another key sign access tokens, while people work
    #[command(after_help = format!(
        "Nodes go on running. The new key is announced first, and signs once all of them accept it; what the old key \
         signed is accepted until it ends. Where the old key is known to others, --at-once ends that too: who is signed in \
         stays so.\n\nExamples:\n  qadam rotate-token-key --data-dir /srv/qadam\n  qadam rotate-token-key --at-once \
         --data-dir /srv/qadam\n\n{EXIT_CODES}"
    ))]
    RotateTokenKey(RotateTokenKey),
    /// Let another key seal what only the program reads
    #[command(after_help = format!(
        "Stop all nodes first. The secrets of authenticator apps are sealed anew; lists that were being read in pages are \
         begun again. The old key is kept beside the new one: backups that were made until now need it.\n\nExamples:\n  \
         qadam rotate-sealing-key --data-dir /srv/qadam\n  qadam rotate-sealing-key --data-dir /srv/qadam --database-url \
         postgres://qadam@localhost/qadam\n\n{EXIT_CODES}"
    ))]
    RotateSealingKey(RotateSealingKey),
    /// Look for what is wrong with an installation
    #[command(after_help = format!(
        "One line a check.\n\nExamples:\n  qadam doctor --data-dir /srv/qadam\n  qadam doctor --database-url \
         postgres://qadam@localhost/qadam\n\n{EXIT_CODES}; 1 where a check fails"
    ))]
    Doctor(Doctor),
    /// Print the description of the API
    #[command(after_help = format!(
        "Examples:\n  qadam openapi > openapi.json\n  qadam openapi --operations\n\n{EXIT_CODES}"
    ))]
    Openapi(Openapi),
    /// Ask a running register whether it is ready
    #[command(after_help = format!(
        "Examples:\n  qadam healthcheck\n  qadam healthcheck --url http://127.0.0.1:9000\n\n{EXIT_CODES}; 1 where it \
         is not ready"
    ))]
    Healthcheck(Healthcheck),
    /// Fill an empty database with generated items, to measure with
    #[command(after_help = format!(
        "The same seed gives the same register; a run that was interrupted goes on where it \
         stopped. Commits do not wait for the disk.\n\nExamples:\n  qadam bench-data --items 10000 --seed 1 --data-dir \
         /tmp/bench\n  qadam bench-data --items 100000 --seed 1 --database-url postgres://qadam@localhost/bench\
         \n\n{EXIT_CODES}"
    ))]
    BenchData(BenchData),
}

/// Serving.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// A demonstration.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// When ready, print one line of JSON: {"url", "accounts": [{"role", "organisation", "email", "password"}]}
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Migrating.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Change nothing, and fail when a migration is missing
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Confirming an account.
#[derive(Debug, Args)]
pub(crate) struct ConfirmAccount {
    /// The address it signs in with
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Creating an administrator.
#[derive(Debug, Args)]
pub(crate) struct CreateAdmin {
    /// The address it signs in with
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,
    /// The person's name
    #[arg(long, value_name = "NAME", default_value = "Administrator")]
    pub(crate) name: String,
    /// Print a one-time link instead of taking a password from stdin; always so on a terminal
    #[arg(long)]
    pub(crate) link: bool,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Verifying.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The register's address: verify what it serves to everybody
    #[arg(long, value_name = "URL", conflicts_with = "database", required_unless_present = "database")]
    pub(crate) url: Option<String>,
    /// A database's address: verify everything that is stored
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// A receipt: verify also that its filing was not dropped
    #[arg(long, value_name = "FILE")]
    pub(crate) receipt: Option<PathBuf>,
    /// An earlier checkpoint, or a folder with one and the entries it covers: verify also that nothing was rewritten
    /// since
    #[arg(long, value_name = "FILE-OR-FOLDER")]
    pub(crate) since: Option<PathBuf>,
    /// The ledger's key as you know it, instead of the one that is served or lies in the data directory
    #[arg(long, value_name = "VERIFIER-KEY")]
    pub(crate) key: Option<String>,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Backing up.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; there must be none
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// For whom it is encrypted (age1…); may be given several times
    #[arg(long, value_name = "RECIPIENT", conflicts_with = "passphrase_file")]
    pub(crate) encrypt_to: Vec<String>,
    /// A file whose first line is the passphrase that it is encrypted with
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Add the register's keys; only to an encrypted backup
    #[arg(long)]
    pub(crate) with_keys: bool,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// What opens an encrypted backup.
#[derive(Debug, Args)]
pub(crate) struct Opening {
    /// A file of keys as age-keygen makes it, one of which the backup was encrypted for
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub(crate) identity: Option<PathBuf>,
    /// A file whose first line is the passphrase that the backup was encrypted with
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Restoring.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) opening: Opening,
    /// The ledger's key as you know it, instead of the one that the backup names
    #[arg(long, value_name = "VERIFIER-KEY")]
    pub(crate) key: Option<String>,
    /// Go on where files of the backup lie in their place already, because no register runs on it any more
    #[arg(long)]
    pub(crate) files_may_lie: bool,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Verifying a backup.
#[derive(Debug, Args)]
pub(crate) struct VerifyBackup {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) opening: Opening,
    /// The ledger's key as you know it, instead of the one that the backup names
    #[arg(long, value_name = "VERIFIER-KEY")]
    pub(crate) key: Option<String>,
}

/// Replacing the key of the ledger.
#[derive(Debug, Args)]
pub(crate) struct RotateLedgerKey {
    /// The new key (Ed25519, PKCS#8 PEM), as `openssl genpkey -algorithm ed25519` makes one
    #[arg(long, value_name = "FILE")]
    pub(crate) new_key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Replacing the key of access tokens.
#[derive(Debug, Args)]
pub(crate) struct RotateTokenKey {
    /// Only lay the next key beside the present one, to be copied to nodes that have a data directory of their own
    #[arg(long, conflicts_with = "at_once")]
    pub(crate) announce: bool,
    /// Accept nothing any more that the present key signed
    #[arg(long)]
    pub(crate) at_once: bool,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Replacing the key that seals.
#[derive(Debug, Args)]
pub(crate) struct RotateSealingKey {
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Examining an installation.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Describing the API.
#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// One line an operation instead: method, path, identifier
    #[arg(long)]
    pub(crate) operations: bool,
}

/// Asking for readiness.
#[derive(Debug, Args)]
pub(crate) struct Healthcheck {
    /// The register's address; without it the one that the settings say to listen on
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

/// Generating items.
#[derive(Debug, Args)]
pub(crate) struct BenchData {
    /// How many items
    #[arg(long, value_name = "N")]
    pub(crate) items: u64,
    /// What the generator begins with
    #[arg(long, value_name = "S")]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) settings: SettingFlags,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_register_is_served() {
        for arguments in [&["qadam"][..], &["qadam", "--listen", "127.0.0.1:0"], &["qadam", "serve"]] {
            let command = CommandLine::try_parse_from(arguments).unwrap().into_command();
            assert!(matches!(command, Command::Serve(_)), "{arguments:?}");
        }
    }

    #[test]
    fn every_command_has_two_examples_and_its_exit_codes_in_its_help() {
        for command in CommandLine::command().get_subcommands() {
            let name = command.get_name();
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Exit codes: 0"), "{name}");
            let (_, examples) = help.split_once("Examples:\n").unwrap_or_default();
            let examples = examples.split("\n\n").next().unwrap_or_default();
            assert_eq!(examples.matches(&format!("qadam {name}")).count(), 2, "{name}: {examples}");
        }
    }

    #[test]
    fn verifying_needs_one_thing_to_verify() {
        assert!(CommandLine::try_parse_from(["qadam", "verify"]).is_err());
        assert!(CommandLine::try_parse_from(["qadam", "verify", "--url", "a", "--database", "b"]).is_err());
        assert!(CommandLine::try_parse_from(["qadam", "verify", "--database", "b"]).is_ok());
    }
}
