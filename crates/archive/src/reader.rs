//! Reading an archive.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use tar::{Archive, Entries, EntryType};
use zstd::Decoder;

use crate::MEMBER_MAX;
use crate::error::ArchiveError;
use crate::lock::Unlock;
use crate::manifest::{FORMAT, Head, Manifest, Member, sha256};
use crate::name::MemberName;
use crate::seal::Sealed;

/// What an encrypted archive begins with.
const LOCKED: &[u8] = b"age-encryption.org/";
/// What one that is not encrypted begins with.
const FRAME: &[u8] = b"\x28\xB5\x2F\xFD";
/// The largest window that is taken, as a power of two: what zstd takes by itself, and much more than is written.
const WINDOW_MAX: u32 = 27;

type Plain = Box<dyn Read>;
type Frames = Decoder<'static, BufReader<Sealed<Plain>>>;

/// A member with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its name.
    pub name: MemberName,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was read so far.
struct Progress {
    head: Option<Head>,
    tables: Vec<String>,
    last: Option<MemberName>,
    members: Vec<Member>,
    manifest: Option<Manifest>,
}

/// An archive that is being read.
///
/// Whatever it gives was not compared with the manifest yet, which comes last: nothing may be believed before
/// [`Reader::read`] has come to its end.
pub struct Reader {
    archive: Archive<Frames>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Reader(…)")
    }
}

impl Reader {
    /// Opens an archive, with what opens it where it is encrypted.
    pub fn open(place: &Path, unlock: Option<&Unlock>) -> Result<Self, ArchiveError> {
        let mut file = BufReader::with_capacity(256 * 1024, File::open(place)?);
        let beginning = file.fill_buf()?;
        let (locked, open) = (beginning.starts_with(LOCKED), beginning.starts_with(FRAME));
        let plain: Plain = match unlock {
            _ if !locked && !open => return Err(ArchiveError::Foreign),
            None if locked => return Err(ArchiveError::Locked),
            Some(_) if open => return Err(ArchiveError::NotLocked),
            Some(unlock) => Box::new(unlock.open(file)?),
            None => Box::new(file),
        };
        let mut frames = Decoder::new(Sealed::new(plain))?;
        frames.window_log_max(WINDOW_MAX)?;
        Ok(Self { archive: Archive::new(frames) })
    }

    /// Reads it to its end, and hands every member but the last to `take`, with the head once that was read. Gives the
    /// manifest, when each member is as that says and the whole is as it was written.
    ///
    /// # Errors
    ///
    /// Fails with the first thing that is wrong, or that `take` finds wrong.
    pub async fn read<E: From<ArchiveError>>(
        mut self,
        mut take: impl AsyncFnMut(&Head, Content) -> Result<(), E>,
    ) -> Result<Manifest, E> {
        let mut progress =
            Progress { head: None, tables: Vec::new(), last: None, members: Vec::new(), manifest: None };
        {
            let entries = self.archive.entries().map_err(ArchiveError::System)?;
            // Raw: nothing but plain files is taken, so that no header speaks for another.
            let mut entries: Entries<'_, Frames> = entries.raw(true);
            while let Some((path, content)) = next(&mut entries)? {
                if let Some((head, content)) = progress.note(&path, content)? {
                    take(head, content).await?;
                }
            }
        }
        let manifest = progress.compared()?;
        self.end()?;
        Ok(manifest)
    }

    /// That nothing follows, and that the whole is as it was written.
    fn end(self) -> Result<(), ArchiveError> {
        let mut frames = self.archive.into_inner();
        let mut rest = [0; 4096];
        loop {
            let read = match frames.read(&mut rest) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                outcome => outcome.map_err(|error| ArchiveError::reading("its end", &error))?,
            };
            if read == 0 {
                break;
            }
            if rest.get(..read).unwrap_or_default().iter().any(|byte| *byte != 0) {
                return Err(ArchiveError::damaged("something follows its last member"));
            }
        }
        let mut sealed = frames.finish().into_inner();
        let more = sealed.read(&mut rest).map_err(|error| ArchiveError::reading("its end", &error))?;
        if more > 0 || !sealed.into_whole() {
            return Err(ArchiveError::damaged("the digest over the whole is not that of what was read"));
        }
        Ok(())
    }
}

/// The next member, with its whole name.
fn next(entries: &mut Entries<'_, Frames>) -> Result<Option<(String, Content)>, ArchiveError> {
    let Some(entry) = entries.next() else { return Ok(None) };
    let mut entry = entry.map_err(|error| ArchiveError::reading("a member's header", &error))?;
    let header = entry.header();
    let path = String::from_utf8_lossy(&header.path_bytes()).into_owned();
    if header.entry_type() != EntryType::Regular || header.as_ustar().is_none() {
        return Err(ArchiveError::Refused(format!("{path:?} is no plain file")));
    }
    let name: MemberName = path
        .parse()
        .map_err(|_| ArchiveError::Refused(format!("{path:?} is nothing that a backup holds")))?;
    let size = header.entry_size().map_err(|error| ArchiveError::reading("a member's length", &error))?;
    if size > MEMBER_MAX {
        return Err(ArchiveError::Refused(format!("{path} says that it has {size} bytes")));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(|error| ArchiveError::reading(&path, &error))?;
    if bytes.len() as u64 != size {
        return Err(ArchiveError::damaged(format!("{path} ends before its end")));
    }
    Ok(Some((path, Content { name, bytes })))
}

impl Progress {
    /// Takes note of a member, and gives it back unless it is one that says what the others are.
    fn note(&mut self, path: &str, content: Content) -> Result<Option<(&Head, Content)>, ArchiveError> {
        let name = content.name;
        if self.last.is_some_and(|last| name <= last) {
            return Err(ArchiveError::Refused(format!("{name} comes twice or out of order")));
        }
        self.last = Some(name);
        match name {
            MemberName::Head => self.begin(&content.bytes)?,
            MemberName::Manifest => {
                self.manifest = Some(parsed("manifest.json", &content.bytes)?);
                return Ok(None);
            }
            _ => {}
        }
        let Some(head) = &self.head else {
            return Err(ArchiveError::Refused("it does not begin with backup.json".to_owned()));
        };
        if let MemberName::Rows { table, .. } = name
            && !(1..=head.tables.len()).contains(&usize::from(table))
        {
            return Err(ArchiveError::Refused(format!("{name} belongs to no table")));
        }
        if name.path(&self.tables) != path {
            return Err(ArchiveError::Refused(format!("{path:?} is not what its table's part is called")));
        }
        let (size, sha256) = (content.bytes.len() as u64, sha256(&content.bytes));
        self.members.push(Member { name: path.to_owned(), size, sha256 });
        Ok((name != MemberName::Head).then_some((head, content)))
    }

    fn begin(&mut self, bytes: &[u8]) -> Result<(), ArchiveError> {
        #[derive(serde::Deserialize)]
        struct Format {
            format: u32,
        }
        // Asked by itself: a newer one may say more than is known here.
        let Format { format } = parsed("backup.json", bytes)?;
        if format > FORMAT {
            return Err(ArchiveError::Newer(format, FORMAT));
        }
        let head: Head = parsed("backup.json", bytes)?;
        self.tables = head.table_names();
        self.head = Some(head);
        Ok(())
    }

    /// The manifest, when there is one and the members are those that it names.
    fn compared(self) -> Result<Manifest, ArchiveError> {
        let manifest = self.manifest.ok_or_else(|| ArchiveError::damaged("it ends without a manifest"))?;
        if self.head.as_ref() != Some(&manifest.head) {
            return Err(ArchiveError::damaged("manifest.json says something else of it than backup.json"));
        }
        let pairs = manifest.members.iter().zip(&self.members);
        if let Some((named, found)) = pairs.clone().find(|(named, found)| named != found) {
            let what =
                if named.name == found.name { "is not as the manifest says" } else { "is not the next" };
            return Err(ArchiveError::damaged(format!("{} {what}", found.name)));
        }
        if manifest.members.len() != self.members.len() {
            let (named, found) = (manifest.members.len(), self.members.len());
            return Err(ArchiveError::damaged(format!(
                "it has {found} members, and the manifest names {named}"
            )));
        }
        Ok(manifest)
    }
}

fn parsed<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, ArchiveError> {
    serde_json::from_slice(bytes).map_err(|error| ArchiveError::damaged(format!("{name}: {error}")))
}
