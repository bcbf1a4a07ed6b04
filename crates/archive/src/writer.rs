//! Writing an archive.

use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use tar::{Builder, EntryType, Header};
use tempfile::{NamedTempFile, TempPath};
use zstd::Encoder;

use crate::MEMBER_MAX;
use crate::error::ArchiveError;
use crate::lock::{Door, Lock};
use crate::manifest::{Absent, Head, Ledger, Manifest, Member, TableRows, hexadecimal, sha256};
use crate::name::{KeyName, MemberName};
use crate::seal::Digesting;

/// What zstd is asked for: its own default, which gives most of what can be had in little time.
const COMPRESSION: i32 = 3;

/// Through what a member goes: tar, zstd, the digest of the whole, encryption, the digest of the file, the file.
type Layers = Builder<Encoder<'static, Digesting<Door<Digesting<BufWriter<std::fs::File>>>>>>;

/// An archive that is being written, under another name until it is whole: dropped before, it leaves nothing.
pub struct Writer {
    layers: Layers,
    begun: TempPath,
    place: PathBuf,
    locked: bool,
    head: Head,
    tables: Vec<String>,
    last: MemberName,
    members: Vec<Member>,
    rows: Vec<u64>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Writer").field("place", &self.place).finish_non_exhaustive()
    }
}

/// An archive that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// What it says at its end.
    pub manifest: Manifest,
    /// How many bytes the file has.
    pub size: u64,
    /// The SHA-256 of the file as it lies there, in hexadecimal.
    pub sha256: String,
}

impl Writer {
    /// Begins an archive that will lie at a place where nothing is yet, read by its owner alone.
    pub fn begin(place: &Path, lock: Option<&Lock>, head: Head) -> Result<Self, ArchiveError> {
        if place.symlink_metadata().is_ok() {
            return Err(ArchiveError::Exists);
        }
        let folder = folder_of(place);
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Made with the rights of its owner alone.
        let begun =
            tempfile::Builder::new().prefix(&format!(".{name}.")).suffix(".part").tempfile_in(folder)?;
        let (file, begun) = NamedTempFile::into_parts(begun);
        let door = Door::new(Digesting::new(BufWriter::with_capacity(256 * 1024, file)), lock)?;
        let mut encoder = Encoder::new(Digesting::new(door), COMPRESSION)?;
        encoder.include_checksum(true)?;
        let rows = vec![0; head.tables.len()];
        let content = json(&head)?;
        let mut writer = Self {
            layers: Builder::new(encoder),
            begun,
            place: place.to_owned(),
            locked: lock.is_some(),
            tables: head.table_names(),
            head,
            last: MemberName::Head,
            members: Vec::new(),
            rows,
        };
        writer.put(MemberName::Head, &content)?;
        Ok(writer)
    }

    /// Adds rows of a table, whose place in the head counts from 0: lines, as many as are said.
    pub fn rows(&mut self, table: usize, lines: &[u8], rows: u64) -> Result<(), ArchiveError> {
        let number = u16::try_from(table + 1).map_err(|_| out_of_order())?;
        let part = match self.last {
            MemberName::Rows { table, part } if table == number => part + 1,
            _ => 1,
        };
        *self.rows.get_mut(table).ok_or_else(out_of_order)? += rows;
        self.add(MemberName::Rows { table: number, part }, lines)
    }

    /// Adds a file. Files come in the order of their names.
    pub fn file(&mut self, object: u128, content: &[u8]) -> Result<(), ArchiveError> {
        self.add(MemberName::File(object), content)
    }

    /// Adds a key, if the archive is encrypted.
    pub fn key(&mut self, key: KeyName, content: &[u8]) -> Result<(), ArchiveError> {
        if !self.locked {
            return Err(ArchiveError::KeysInTheOpen);
        }
        self.add(MemberName::Key(key), content)
    }

    /// Ends it: writes the manifest, waits for the disk, and gives it its name, unless somebody else took it meanwhile.
    pub fn finish(mut self, ledger: Ledger, absent_files: Vec<Absent>) -> Result<Finished, ArchiveError> {
        let rows = self.tables.iter().zip(&self.rows);
        let manifest = Manifest {
            head: self.head.clone(),
            rows: rows.map(|(table, rows)| TableRows { table: table.clone(), rows: *rows }).collect(),
            ledger,
            absent_files,
            members: std::mem::take(&mut self.members),
        };
        let content = json(&manifest)?;
        self.append(MemberName::Manifest, &content)?;
        let sealing = self.layers.into_inner()?.finish()?;
        let (file, digest) = sealing.seal()?.finish()?.finish();
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let size = file.metadata()?.len();
        self.begun.persist_noclobber(&self.place).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => ArchiveError::Exists,
            _ => ArchiveError::System(error.error),
        })?;
        sync_folder_of(&self.place)?;
        Ok(Finished { manifest, size, sha256: hexadecimal(digest.as_ref()) })
    }

    fn add(&mut self, name: MemberName, content: &[u8]) -> Result<(), ArchiveError> {
        if name <= self.last {
            return Err(out_of_order());
        }
        self.put(name, content)
    }

    /// Writes a member and notes it for the manifest.
    fn put(&mut self, name: MemberName, content: &[u8]) -> Result<(), ArchiveError> {
        self.append(name, content)?;
        self.last = name;
        let size = content.len() as u64;
        self.members.push(Member { name: name.path(&self.tables), size, sha256: sha256(content) });
        Ok(())
    }

    fn append(&mut self, name: MemberName, content: &[u8]) -> Result<(), ArchiveError> {
        let size = content.len() as u64;
        if size > MEMBER_MAX {
            return Err(ArchiveError::Refused(format!(
                "{name} has {size} bytes, which is more than a member may have"
            )));
        }
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_path(name.path(&self.tables))?;
        header.set_size(size);
        header.set_mode(0o600);
        header.set_cksum();
        self.layers.append(&header, content)?;
        Ok(())
    }
}

fn out_of_order() -> ArchiveError {
    ArchiveError::Refused("members were written out of their order".to_owned())
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, ArchiveError> {
    let mut content = serde_json::to_vec_pretty(value).map_err(io::Error::from)?;
    content.push(b'\n');
    Ok(content)
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// Writes the folder in which a file lies to the disk: before, its name does not outlive a power cut.
pub fn sync_folder_of(place: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder_of(place))?.sync_all() } else { Ok(()) }
}
