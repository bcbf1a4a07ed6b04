//! Vocabularies: the code lists of this deployment, in three languages. Everybody reads them.

use std::str::FromStr;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::vocabularies::{Term, VocabularyKind};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, NoParameters, RequestLanguage};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::LanguageMapView;
use crate::workflow::label;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_vocabularies)).routes(routes!(get_vocabulary))
}

/// A vocabulary as a path names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VocabularyKey(VocabularyKind);

impl FromStr for VocabularyKey {
    type Err = Code;

    fn from_str(code: &str) -> Result<Self, Code> {
        VocabularyKind::from_code(code).map(Self).ok_or(Code::NotFound)
    }
}

/// A vocabulary as others name it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VocabularyReference {
    /// Its code.
    #[schema(example = "themes")]
    code: &'static str,
    /// What people call it.
    name: LanguageMapView,
    /// How many terms it has.
    terms: usize,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

/// A vocabulary with its terms; at most 4,000.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Vocabulary {
    /// Its code.
    #[schema(example = "themes")]
    code: &'static str,
    /// What people call it.
    name: LanguageMapView,
    /// The terms in their places.
    items: Vec<TermBody>,
}

/// A term of a vocabulary.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Term)]
pub(crate) struct TermBody {
    /// Code of its vocabulary.
    #[schema(example = "themes")]
    vocabulary: String,
    /// Its code, which items name.
    #[schema(example = "prison_health")]
    code: String,
    /// Its place in the vocabulary, from 0.
    place: i64,
    /// What people read.
    name: LanguageMapView,
    /// What the vocabulary has beyond code and name, as its data file says: related codes of others, whether a
    /// mechanism asks for answers.
    #[schema(value_type = Object, example = json!({"uncat": ["CAT-11"], "uhri": [], "sdg": ["3.8"]}))]
    data: Value,
}

impl From<&Term> for TermBody {
    fn from(term: &Term) -> Self {
        Self {
            vocabulary: term.vocabulary.clone(),
            code: term.code.clone(),
            place: term.place,
            name: (&term.name).into(),
            data: term.data.clone(),
        }
    }
}

/// The name of a vocabulary.
fn name(kind: VocabularyKind) -> LanguageMapView {
    label("vocabulary", kind.code())
}

/// List the vocabularies
#[utoipa::path(
    get,
    path = "/vocabularies",
    tag = "vocabularies",
    responses((status = OK, body = Page<VocabularyReference>), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::QUERY]))))
)]
pub(crate) async fn list_vocabularies(
    State(api): State<ApiState>,
    caller: Caller,
    query: ApiQuery<NoParameters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let context = match ask(&api.app, &caller.viewer(), query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    query.checked()?;
    let vocabularies = api.app.vocabularies();
    let items = VocabularyKind::ALL.map(|kind| VocabularyReference {
        code: kind.code(),
        name: name(kind),
        terms: vocabularies.terms(kind.code()).len(),
        url: api.links.to(&["vocabularies", kind.code()]),
    });
    Ok(context.tag_list(Page::whole(items.into(), &api.links, query.uri())))
}

/// Read a vocabulary
#[utoipa::path(
    get,
    path = "/vocabularies/{vocabulary}",
    tag = "vocabularies",
    params(("vocabulary" = String, Path, description = "Its code.", example = "themes")),
    responses((status = OK, body = Vocabulary), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn get_vocabulary(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(VocabularyKey(kind)): ApiPath<VocabularyKey>,
    query: ApiQuery<NoParameters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let context = match ask(&api.app, &caller.viewer(), query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    query.checked()?;
    let vocabularies = api.app.vocabularies();
    let items = vocabularies.terms(kind.code()).iter().map(|term| TermBody::from(term.as_ref())).collect();
    Ok(context.tag_list(Json(Vocabulary { code: kind.code(), name: name(kind), items })))
}

#[cfg(test)]
mod tests;
