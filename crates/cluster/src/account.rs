//! Whom PostgreSQL runs as: it refuses to be root, and containers often are.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::programs::caller_is_root;

/// Accounts to run as instead of root, in order of preference.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// The account that owns the cluster's files and processes.
pub(super) enum Account {
    /// Whoever called the command.
    Caller,
    /// Another one, because the caller is root.
    Other { user: u32, group: u32 },
}

impl Account {
    /// The caller, or where that is root, the first of [`CANDIDATES`] that exists.
    pub(super) fn choose() -> Result<Self> {
        if !caller_is_root()? {
            return Ok(Self::Caller);
        }
        let accounts = std::fs::read_to_string("/etc/passwd").context("reading the list of accounts")?;
        let (user, group) = CANDIDATES
            .iter()
            .find_map(|name| identity(&accounts, name))
            .with_context(|| format!("PostgreSQL refuses root and there is none of {CANDIDATES:?}"))?;
        Ok(Self::Other { user, group })
    }

    /// A command that runs `program` as this account, in `folder`.
    pub(super) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = match self {
            Self::Caller => Command::new(program),
            Self::Other { user, group } => {
                let mut command = Command::new("setpriv");
                command.arg(format!("--reuid={user}")).arg(format!("--regid={group}"));
                // The kernel stops the server when this process dies without having done so.
                command.args(["--clear-groups", "--pdeathsig=INT"]).arg(program);
                command
            }
        };
        command.current_dir(folder);
        command
    }

    /// Gives `folder` to this account.
    pub(super) fn take_over(&self, folder: &Path) -> Result<()> {
        match self {
            Self::Caller => Ok(()),
            Self::Other { user, group } => std::os::unix::fs::chown(folder, Some(*user), Some(*group))
                .with_context(|| format!("giving {} to the account of PostgreSQL", folder.display())),
        }
    }
}

/// User and group number of `name` in the text of a passwd file.
fn identity(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::identity;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0:root:/home:/bin/sh\npostgresx:x:1:2::/:/bin/sh\npostgres:x:104:112:,,,:/var:/bin/sh\n";
        assert_eq!(identity(accounts, "postgres"), Some((104, 112)));
        assert_eq!(identity(accounts, "nobody"), None);
    }
}
