//! Files of evidence: sending one with its evidence, reading one.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, header};
use qadam_app::idempotency::Retry;
use qadam_app::items::{self, SentFile};
use qadam_app::{App, AppError};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::files::File;
use qadam_http::file_answer;
use qadam_ledger::Digest;
use serde::Serialize;
use utoipa::ToSchema;

use super::adding::{Asking, added};
use super::evidence::{ItemEvidenceBody, ItemEvidenceCreate};
use super::{ItemKey, once};
use crate::answer::not_modified;
use crate::extract::{
    ApiBody, ApiPathPair, ApiQuery, Caller, IdempotencyKey, IfNoneMatchHeader, JsonBody, NoParameters,
    SignedIn,
};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// A file that is kept as evidence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EvidenceFile)]
pub(crate) struct FileBody {
    /// What it is called.
    name: String,
    /// What it is by its content.
    media_type: &'static str,
    /// Its length, in bytes.
    size: u64,
    /// SHA-256 of its bytes, in hexadecimal digits: the ledger's entry has the same.
    sha256: String,
    /// Whether what does not draw the image (place, time, device, comments, small copies) was in it and was removed
    /// before it was kept. Documents are kept as they are, with what they say of their authors.
    metadata_removed: bool,
    /// Its address.
    url: String,
}

/// A piece of evidence with its file.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "described and read part by part")]
pub(crate) struct EvidenceForm {
    /// The evidence, of kind `file`. It comes before the file.
    evidence: ItemEvidenceCreate,
    /// The file, of 10 MiB at most: PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS, text or CSV in UTF-8.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

impl FileBody {
    /// The file of the evidence at an address.
    pub(super) fn new(file: &File, evidence: &str) -> Self {
        Self {
            name: file.name.clone(),
            media_type: file.file_type.media_type(),
            size: file.size,
            sha256: Digest::from_bytes(file.sha256).to_string(),
            metadata_removed: file.metadata_removed,
            url: format!("{evidence}/file"),
        }
    }
}

/// Brings evidence with its file: the evidence is read first, then whether the caller may send a file is decided, then
/// the file is read.
pub(super) async fn add(
    asking: Asking<'_>,
    repeated: &IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let (api, viewer, key) = (asking.api, asking.caller.viewer(), asking.key);
    items::get(&api.app, &viewer, key).await?;
    asking.query.checked()?;
    let mut form = request.form()?;
    let evidence = form.json("evidence").await?;
    let turn = if is_repeated(&api.app, asking.caller, repeated).await? {
        items::turn(&api.app, &viewer)?
    } else {
        items::may_bring_file(&api.app, &viewer, key).await?
    };
    let (evidence, input) = ItemEvidenceCreate::with_file(evidence).map_err(AppError::Invalid)?;
    let sent = form.file("file").await?;
    let retry = retry(&api.app, asking.caller, repeated, &evidence, &sent)?;
    let work = Box::pin(items::bring_file(&api.app, &viewer, key, input, (sent, turn), retry));
    let outcome = once(&api.app, retry, work).await?;
    added::<ItemEvidenceBody>(api, &viewer, outcome).await
}

/// Whether a request with this key came before.
async fn is_repeated(app: &App, caller: &SignedIn, key: &IdempotencyKey) -> Result<bool, Problem> {
    let Some(named) = key.read()? else { return Ok(false) };
    Ok(Retry::is_known(app, caller.0.account.id, key.route(), named).await?)
}

/// The key of a request that may be a repetition, where it has one: the same evidence with the same file.
fn retry(
    app: &App,
    caller: &SignedIn,
    key: &IdempotencyKey,
    evidence: &JsonBody,
    sent: &SentFile,
) -> Result<Option<Retry>, Problem> {
    let Some(named) = key.read()? else { return Ok(None) };
    // The digest has one length, and the JSON is one text: nothing else can be written so.
    let body = [sent.digest().as_slice(), evidence.bytes(), sent.name.as_bytes()].concat();
    Ok(Some(Retry::new(app, caller.0.account.id, key.route(), named, &body)?))
}

/// Get the file of a piece of evidence
///
/// For whoever reads the evidence; as an attachment, of the media type that its content has, and in its whole length.
#[utoipa::path(
    get,
    path = "/items/{item}/evidence/{evidence}/file",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("evidence" = String, Path, description = "Id of the evidence.", format = Uuid)
    ),
    responses(
        (status = OK, description = "The file.", content(
            (Vec<u8> = "application/pdf"),
            (Vec<u8> = "image/jpeg"),
            (Vec<u8> = "image/png"),
            (Vec<u8> = "image/webp"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/vnd.oasis.opendocument.text"),
            (Vec<u8> = "application/vnd.oasis.opendocument.spreadsheet"),
            (Vec<u8> = "text/plain"),
            (Vec<u8> = "text/csv"),
        )),
        (status = NOT_MODIFIED, description = "What you have holds.")
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_evidence_file(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let file = items::file(&api.app, &caller.viewer(), key, id).await?;
    query.checked()?;
    let etag = Digest::from_bytes(file.sha256).to_string();
    if known.has(&etag) {
        return Ok(not_modified(&etag));
    }
    let content = items::file_content(&api.app, &file).await?;
    let mut response = file_answer(&file, content)?;
    let etag = HeaderValue::try_from(format!("\"{etag}\"")).map_err(|_| Problem::internal("no etag"))?;
    response.headers_mut().insert(header::ETAG, etag);
    Ok(response)
}
