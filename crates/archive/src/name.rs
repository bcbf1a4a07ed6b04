//! What members are called, and in which order they come.

use std::fmt;
use std::str::FromStr;

/// A member's name. Names compare in the order in which members come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberName {
    /// What was backed up.
    Head,
    /// A part of a table's rows.
    Rows {
        /// The table's place in the head, from 1.
        table: u16,
        /// Its part, from 1.
        part: u32,
    },
    /// A file, by its name in the store.
    File(u128),
    /// A key of the register.
    Key(KeyName),
    /// What there has to be.
    Manifest,
}

/// The keys of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyName {
    /// The one that signs the ledger.
    Ledger,
    /// The one that signs access tokens.
    Token,
    /// The one that seals cursors and second factors.
    Sealing,
}

impl KeyName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ledger, Self::Token, Self::Sealing];

    /// What it is called in an archive.
    const fn file(self) -> &'static str {
        match self {
            Self::Ledger => "ledger.pem",
            Self::Token => "token.pem",
            Self::Sealing => "sealing.key",
        }
    }
}

/// A name that no member has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no member of an archive has this name")]
pub struct UnknownName;

impl MemberName {
    /// The whole name. That of a table's part says the table's name, too, for people who look into an archive.
    pub fn path(self, tables: &[String]) -> String {
        match self {
            Self::Rows { table, part } => {
                let name = usize::from(table).checked_sub(1).and_then(|place| tables.get(place));
                format!("tables/{table:03}-{}/{part:06}.jsonl", name.map_or("", String::as_str))
            }
            other => other.to_string(),
        }
    }
}

/// The name without what is there for people alone.
impl fmt::Display for MemberName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => formatter.write_str("backup.json"),
            Self::Rows { table, part } => write!(formatter, "tables/{table:03}/{part:06}.jsonl"),
            Self::File(object) => write!(formatter, "files/{object:032x}"),
            Self::Key(key) => write!(formatter, "keys/{}", key.file()),
            Self::Manifest => formatter.write_str("manifest.json"),
        }
    }
}

/// Takes the names that [`MemberName::path`] gives, whatever the table is called: that is compared with the head.
impl FromStr for MemberName {
    type Err = UnknownName;

    fn from_str(path: &str) -> Result<Self, UnknownName> {
        let name = match path.split_once('/') {
            None if path == "backup.json" => Self::Head,
            None if path == "manifest.json" => Self::Manifest,
            Some(("files", object)) => Self::File(u128::from_str_radix(object, 16).map_err(|_| UnknownName)?),
            Some(("keys", file)) => {
                let known = KeyName::ALL.into_iter().find(|key| key.file() == file);
                Self::Key(known.ok_or(UnknownName)?)
            }
            Some(("tables", rest)) => rows(rest).ok_or(UnknownName)?,
            _ => return Err(UnknownName),
        };
        // There is one way to write each number.
        let plain = !matches!(name, Self::File(_)) || name.to_string() == path;
        if plain { Ok(name) } else { Err(UnknownName) }
    }
}

fn rows(rest: &str) -> Option<MemberName> {
    let (folder, file) = rest.split_once('/')?;
    let (table, _name) = folder.split_once('-')?;
    let part = file.strip_suffix(".jsonl")?;
    let digits = |text: &str, least: usize| {
        text.len() >= least && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parsed = digits(table, 3) && digits(part, 6);
    parsed.then(|| Some(MemberName::Rows { table: table.parse().ok()?, part: part.parse().ok()? }))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let tables = ["organisation".to_owned(), "item".to_owned()];
        for (name, path) in [
            (MemberName::Head, "backup.json"),
            (MemberName::Rows { table: 2, part: 17 }, "tables/002-item/000017.jsonl"),
            (MemberName::File(0xab), "files/000000000000000000000000000000ab"),
            (MemberName::Key(KeyName::Sealing), "keys/sealing.key"),
            (MemberName::Manifest, "manifest.json"),
        ] {
            assert_eq!(name.path(&tables), path);
            assert_eq!(path.parse(), Ok(name), "{path}");
        }
    }

    #[test]
    fn what_is_no_member_is_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../manifest.json",
            "files/../../x",
            "files/AB",
            "files/000000000000000000000000000000AB",
            "files/+00000000000000000000000000000ab",
            "keys/other.pem",
            "keys/",
            "tables/1-a/000001.jsonl",
            "tables/001-a/1.jsonl",
            "tables/001-a/000001.json",
            "tables/+01-a/000001.jsonl",
            "tables/99999-a/000001.jsonl",
            "tables/000001.jsonl",
            "manifest.json/",
            "backup.json\0",
        ] {
            assert_eq!(path.parse::<MemberName>(), Err(UnknownName), "{path}");
        }
    }

    #[test]
    fn names_compare_in_the_order_of_members() {
        let mut names = [
            MemberName::Manifest,
            MemberName::Key(KeyName::Ledger),
            MemberName::File(2),
            MemberName::File(1),
            MemberName::Rows { table: 10, part: 1 },
            MemberName::Rows { table: 9, part: 2 },
            MemberName::Rows { table: 9, part: 10 },
            MemberName::Head,
        ];
        names.sort_unstable();
        let paths: Vec<_> = names.iter().map(ToString::to_string).collect();
        assert_eq!(paths.first().map(String::as_str), Some("backup.json"));
        assert_eq!(
            paths[1..4],
            ["tables/009/000002.jsonl", "tables/009/000010.jsonl", "tables/010/000001.jsonl"]
        );
        assert_eq!(paths.last().map(String::as_str), Some("manifest.json"));
    }
}
