//! Files of evidence: bringing one, reading one.
//!
//! The bytes are put down before the write that brings the evidence, so that no write waits for a disk or a network.
//! A row says so before that ([`rows::announce`]): whatever happens in between, the file is known of and swept.

mod removal;
mod turns;

use std::sync::Arc;

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use futures_util::stream::{BoxStream, try_unfold};
use futures_util::{StreamExt as _, TryStreamExt as _};
use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{ContributionId, Uuid};
use qadam_domain::items::Item;
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::evidence::ItemEvidence;
use qadam_domain::items::files::{File, safe_name};
use qadam_files::{Kept, Refusal};
use qadam_storage::files::{FileStoreError, rows};
use qadam_storage::items::Key;
use qadam_storage::{Db, StorageError};

use super::contributions::{Addition as _, Contributed, add, contribution, may_add};
use super::editing::{Editing, find_visible};
use super::evidence::ItemEvidenceInput;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::random::uuid;

pub(crate) use removal::{remove, sweep};
pub use turns::Turn;
pub(crate) use turns::Turns;

/// In what time an account's files are counted, in milliseconds.
const HOUR: i64 = 60 * 60 * 1000;
/// A file as it was sent.
#[derive(Debug)]
pub struct SentFile {
    /// What the sender calls it.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl SentFile {
    /// SHA-256 of its bytes as they were sent.
    pub fn digest(&self) -> [u8; 32] {
        sha256(&self.content)
    }
}

/// The bytes of a file as they come.
pub type FileContent = BoxStream<'static, Result<Bytes, AppError>>;

/// Whether the viewer may bring a file to an item that it sees: asked before the file is read, so that who may not bring
/// one sends none. Gives the turn to send it.
pub async fn may_bring_file(app: &App, viewer: &Viewer, key: Key) -> Result<Turn, AppError> {
    may_add(app, viewer, key, None, ItemEvidenceInput::action).await?;
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    let reader = app.store.read();
    within_limits(app, &reader, &find_visible(&reader, viewer, key).await?, actor).await?;
    turn(app, viewer)
}

/// The viewer's turn to send a file: only so many are held in memory at the same time, and few of one account.
pub fn turn(app: &App, viewer: &Viewer) -> Result<Turn, AppError> {
    app.turns.take(viewer.actor().ok_or(Code::Unauthenticated)?.user)
}

/// Brings evidence with its file. What is refused counts as much as what is taken, for looking at it took as long.
pub async fn bring_file(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    evidence: ItemEvidenceInput,
    (sent, turn): (SentFile, Turn),
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let account = viewer.actor().ok_or(Code::Unauthenticated)?.user;
    let outcome = take(app, viewer, key, evidence, (sent, turn), retry).await;
    if matches!(outcome, Err(AppError::Invalid(_))) {
        app.turns.note_refusal(account, app.now(), Timestamp(app.now().0 - HOUR));
    }
    outcome
}

async fn take(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    evidence: ItemEvidenceInput,
    (sent, turn): (SentFile, Turn),
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    // An archive is unpacked to look into it, which takes longer than others should wait.
    let SentFile { name, content } = sent;
    let (_turn, kept) = turn.work(move || qadam_files::take(content, &name).map(|kept| (kept, name))).await?;
    let (Kept { file_type, bytes, metadata_removed }, name) = kept.map_err(refused)?;
    let file = File {
        object: uuid(app.random.as_ref()),
        name: safe_name(&name, file_type),
        file_type,
        size: bytes.len() as u64,
        sha256: sha256(&bytes),
        metadata_removed,
    };
    let object = file.object;
    announce(app, actor, key, object).await?;
    let outcome = match app.files.put(object, bytes.into()).await {
        Ok(()) => {
            qadam_failpoints::reach("file.put");
            add(app, viewer, key, ItemEvidenceInput { file: Some(file), ..evidence }, retry).await
        }
        Err(error) => Err(unavailable(&error)),
    };
    if outcome.is_err()
        && let Err(error) = remove(app, &[object]).await
    {
        tracing::warn!(%error, "a file that nobody needs was not removed; it is tried again later");
    }
    outcome
}

/// The file of evidence that the viewer reads.
pub async fn file(app: &App, viewer: &Viewer, key: Key, id: ContributionId) -> Result<File, AppError> {
    let found = contribution(app, viewer, key, ContributionKind::Evidence, id).await?;
    match found.contribution.contribution.content {
        Content::Evidence(ItemEvidence { file: Some(file), .. }) => Ok(file),
        _ => Err(AppError::NotFound),
    }
}

/// The bytes of a file. Where they are not those that were brought, the stream fails before its end.
pub async fn file_content(app: &App, file: &File) -> Result<FileContent, AppError> {
    let lying = app.files.get(file.object).await.map_err(|error| unavailable(&error))?;
    let wrong = |what| AppError::Internal(format!("the file {} {what}", file.object));
    let lying = lying.ok_or_else(|| wrong("is not in the store"))?;
    if lying.size != file.size {
        return Err(wrong("has another length than was recorded"));
    }
    let content = lying.content.map_err(|error| unavailable(&error)).boxed();
    let checked = Checked { content, context: Context::new(&SHA256), held: None, sha256: file.sha256 };
    Ok(try_unfold(checked, Checked::next).boxed())
}

/// Notes that a file is going to be put down, if the actor may bring it still.
async fn announce(app: &Arc<App>, actor: Actor, key: Key, object: Uuid) -> Result<(), AppError> {
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                editing.may(ItemEvidenceInput::action(editing.contributor().await?))?;
                within_limits(&shared, tx, &editing.before, &actor).await?;
                let item = editing.before.id;
                let (organisation, account, at) = (actor.organisation, actor.user, shared.now());
                rows::announce(tx, rows::NewFile { object, item, organisation, account, at }).await?;
                Ok(())
            })
        })
        .await
}

/// Whether somebody may bring one more file.
async fn within_limits(app: &App, db: &impl Db, item: &Item, actor: &Actor) -> Result<(), AppError> {
    let limits = app.settings().files.limits;
    let since = Timestamp(app.now().0 - HOUR);
    let tried =
        rows::brought_since(db, actor.user, since).await? + app.turns.refused_since(actor.user, since);
    if tried >= u64::from(limits.an_hour) {
        return Err(Code::TooManyUploads.into());
    }
    if rows::of_organisation(db, item.id, actor.organisation).await? >= u64::from(limits.an_item) {
        return Err(Code::TooManyFiles.into());
    }
    Ok(())
}

fn refused(refusal: Refusal) -> AppError {
    let code = match refusal {
        Refusal::Empty => FieldCode::TooShort,
        Refusal::UnknownType => FieldCode::UnsupportedFile,
        Refusal::Damaged => FieldCode::DamagedFile,
        Refusal::Unsafe => FieldCode::UnsafeFile,
    };
    AppError::field("/file", code)
}

fn unavailable(error: &FileStoreError) -> AppError {
    StorageError::Unavailable(error.to_string()).into()
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    context.update(bytes);
    finished(context)
}

fn finished(context: Context) -> [u8; 32] {
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

/// A file on its way out, compared with what was recorded.
struct Checked {
    content: FileContent,
    context: Context,
    /// The newest piece: it goes out once it is certain that it is not the last of a wrong file.
    held: Option<Bytes>,
    sha256: [u8; 32],
}

impl Checked {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, AppError> {
        while let Some(piece) = self.content.try_next().await? {
            self.context.update(&piece);
            if let Some(held) = self.held.replace(piece) {
                return Ok(Some((held, self)));
            }
        }
        if finished(self.context.clone()) != self.sha256 {
            return Err(AppError::Internal("a file is not the one that was recorded".to_owned()));
        }
        let last = self.held.take();
        self.content = futures_util::stream::empty().boxed();
        Ok(last.map(|piece| (piece, self)))
    }
}
