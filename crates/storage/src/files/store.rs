//! Putting files down, taking them up and removing them.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, Error, ObjectStore, ObjectStoreExt as _, RetryConfig};
use qadam_domain::ids::Uuid;

use super::place::FilePlace;

/// How long a store may say nothing, and take for all attempts at one request. The first word of an answer comes after the
/// whole of what was put down: 10 MiB at 3 Mbit/s take 30 seconds.
const SILENCE: Duration = Duration::from_secs(30);
const ATTEMPTS: Duration = Duration::from_mins(1);

/// A failure of the store. Its text is for the log: it may tell where files lie.
#[derive(Debug, thiserror::Error)]
#[error("the store of files: {0}")]
pub struct FileStoreError(String);

impl From<Error> for FileStoreError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// Where files lie.
#[derive(Debug, Clone)]
pub struct FileStore {
    objects: Arc<dyn ObjectStore>,
    prefix: Path,
    /// The folder that it is, where it is one.
    folder: Option<PathBuf>,
}

/// A file that lies in the store.
pub struct Lying {
    /// How many bytes it has.
    pub size: u64,
    /// Its bytes.
    pub content: BoxStream<'static, Result<Bytes, FileStoreError>>,
}

impl std::fmt::Debug for Lying {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lying").field("size", &self.size).finish_non_exhaustive()
    }
}

impl FileStore {
    /// Opens the place; a folder is made where there is none. A store beyond the network is not asked yet.
    pub fn open(place: &FilePlace) -> Result<Self, FileStoreError> {
        match place {
            FilePlace::Folder(folder) => {
                let failed = |error: std::io::Error| FileStoreError(format!("{}: {error}", folder.display()));
                make_folder(folder).map_err(failed)?;
                // A file that was acknowledged outlives a power cut, as the row that names it does.
                let objects = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
                let folder = Some(folder.clone());
                Ok(Self { objects: Arc::new(objects), prefix: Path::default(), folder })
            }
            FilePlace::Bucket { name, prefix, endpoint, region } => {
                // Said once for the program; where somebody said it before, it stays so.
                let _said = rustls::crypto::ring::default_provider().install_default();
                let plain = endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
                let retry = RetryConfig { max_retries: 2, retry_timeout: ATTEMPTS, ..RetryConfig::default() };
                let mut builder = AmazonS3Builder::from_env()
                    .with_bucket_name(name)
                    .with_client_options(client(plain))
                    .with_retry(retry)
                    // Files are removed one by one, and not every store knows the other way.
                    .with_disable_bulk_delete(true);
                if let Some(region) = region {
                    builder = builder.with_region(region);
                }
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint);
                }
                let objects = builder.build()?;
                let prefix = Path::parse(prefix).map_err(|error| FileStoreError(error.to_string()))?;
                Ok(Self { objects: Arc::new(objects), prefix, folder: None })
            }
        }
    }

    /// Puts a file down.
    pub async fn put(&self, object: Uuid, content: Bytes) -> Result<(), FileStoreError> {
        self.objects.put(&self.path(object), content.into()).await?;
        Ok(())
    }

    /// Takes a file up, if it is there.
    pub async fn get(&self, object: Uuid) -> Result<Option<Lying>, FileStoreError> {
        match self.objects.get(&self.path(object)).await {
            Ok(found) => {
                let size = found.meta.size;
                let content = found.into_stream().map(|piece| piece.map_err(FileStoreError::from)).boxed();
                Ok(Some(Lying { size, content }))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a file, with what is left of it where a node died that was putting it down. One that is not there is removed
    /// already.
    pub async fn remove(&self, object: Uuid) -> Result<(), FileStoreError> {
        match self.objects.delete(&self.path(object)).await {
            Ok(()) | Err(Error::NotFound { .. }) => self.remove_begun(object).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Removes the beginning of a file: in a folder, one is written beside its place under this name and moved there when it
    /// is whole. As each is put down once, there is no second.
    async fn remove_begun(&self, object: Uuid) -> Result<(), FileStoreError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let begun = folder.join(format!("{}#1", self.path(object)));
        let removed = tokio::task::spawn_blocking(move || std::fs::remove_file(begun)).await;
        match removed.map_err(|error| FileStoreError(error.to_string()))? {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(FileStoreError(error.to_string())),
            _ => Ok(()),
        }
    }

    /// Two letters of the name as a folder: file systems are slow with a hundred thousand files in one.
    fn path(&self, object: Uuid) -> Path {
        let name = object.simple().to_string();
        let folder = name.get(..2).unwrap_or_default().to_owned();
        self.prefix.clone().join(folder).join(name)
    }
}

/// How a store beyond the network is asked. Nothing is said of how long a file takes in all: a large one that goes to somebody
/// with a slow line takes as long as it takes.
fn client(plain: bool) -> ClientOptions {
    ClientOptions::new().with_timeout_disabled().with_read_timeout(SILENCE).with_allow_http(plain)
}

/// Makes a folder that nobody else may look into.
fn make_folder(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use object_store::ClientConfigKey;

    #[test]
    fn a_store_is_given_up_when_it_is_silent_and_not_when_a_file_is_long() {
        let client = client(false);
        assert_eq!(client.get_config_value(&ClientConfigKey::Timeout), None);
        assert_eq!(client.get_config_value(&ClientConfigKey::ReadTimeout).as_deref(), Some("30s"));
    }

    #[tokio::test]
    async fn a_file_goes_with_what_was_left_when_it_was_begun() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(&FilePlace::Folder(folder.path().to_owned())).unwrap();
        let object = Uuid::from_u128(0x0f8f_ad5b);
        let place = folder.path().join("00").join(object.simple().to_string());
        let begun = place.with_file_name(format!("{}#1", object.simple()));
        for whole in [true, false] {
            if whole {
                store.put(object, Bytes::from_static(b"Seen.")).await.unwrap();
            }
            std::fs::write(&begun, b"Se").unwrap();
            store.remove(object).await.unwrap();
            assert!(!place.exists() && !begun.exists(), "{whole}");
        }
    }
}
