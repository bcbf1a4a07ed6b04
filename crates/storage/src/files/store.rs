//! Putting files down, taking them up and removing them.

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

/// How long a store may take for one answer, and for all attempts at one.
const ANSWER: Duration = Duration::from_secs(30);
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
                Ok(Self { objects: Arc::new(objects), prefix: Path::default() })
            }
            FilePlace::Bucket { name, prefix, endpoint, region } => {
                // Said once for the program; where somebody said it before, it stays so.
                let _said = rustls::crypto::ring::default_provider().install_default();
                let plain = endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
                let client = ClientOptions::new().with_timeout(ANSWER).with_allow_http(plain);
                let retry = RetryConfig { max_retries: 2, retry_timeout: ATTEMPTS, ..RetryConfig::default() };
                let mut builder = AmazonS3Builder::from_env()
                    .with_bucket_name(name)
                    .with_client_options(client)
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
                Ok(Self { objects: Arc::new(objects), prefix })
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

    /// Removes a file. One that is not there is removed already.
    pub async fn remove(&self, object: Uuid) -> Result<(), FileStoreError> {
        match self.objects.delete(&self.path(object)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Two letters of the name as a folder: file systems are slow with a hundred thousand files in one.
    fn path(&self, object: Uuid) -> Path {
        let name = object.simple().to_string();
        let folder = name.get(..2).unwrap_or_default().to_owned();
        self.prefix.clone().join(folder).join(name)
    }
}

/// Makes a folder that nobody else may look into.
fn make_folder(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
