//! `PATCH /items/{item}`.

use axum::extract::State;
use qadam_app::Code;
use qadam_app::items::{self, ItemEdit};
use qadam_domain::calendar::Precision;
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::{SourceInput, users};
use super::view::ItemBody;
use super::{ItemKey, in_turn};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, IfMatchHeader, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, LanguageMapInput, LanguageWord, Patch, PrecisionWord, TextLimit, TranslationStateWord,
};

/// Changes of an item: what is absent stays, null removes, lists are replaced whole. Status, levels, owners and
/// links change by operations of their own.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemPatch {
    /// Its title, language by language.
    #[serde(default)]
    title: LanguageMapInput,
    /// What it says, language by language.
    #[serde(default)]
    summary: LanguageMapInput,
    /// Why it is needed (proposal).
    #[serde(default)]
    grounds: LanguageMapInput,
    /// What it should bring about (proposal).
    #[serde(default)]
    expected_result: LanguageMapInput,
    /// The form in which it is completed (commitment).
    #[serde(default)]
    completion_form: LanguageMapInput,
    /// How languages came to be.
    #[serde(default)]
    translations: TranslationsPatch,
    /// The language it is written in.
    #[serde(default)]
    original_language: Option<LanguageWord>,
    /// Theme codes.
    #[serde(default)]
    #[schema(max_items = 50)]
    themes: Option<Vec<String>>,
    /// Legal reference codes.
    #[serde(default)]
    #[schema(max_items = 50)]
    legal_refs: Option<Vec<String>>,
    /// Codes of affected groups.
    #[serde(default)]
    #[schema(max_items = 50)]
    groups: Option<Vec<String>>,
    /// Targets of the Sustainable Development Goals.
    #[serde(default)]
    #[schema(max_items = 50)]
    sdg_targets: Option<Vec<String>>,
    /// Codes or ids of the bodies it is addressed to.
    #[serde(default)]
    #[schema(max_items = 30)]
    addressees: Option<Vec<String>>,
    /// When a draft is due: a day of the period.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    due_on: Patch<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Why a draft has no due date.
    #[serde(default)]
    no_due_reason: LanguageMapInput,
    /// When a mechanism wants information.
    #[serde(default)]
    #[schema(value_type = Option<Day>)]
    information_due_on: Patch<Day>,
    /// Where it comes from, whole.
    #[serde(default)]
    source: Option<SourceInput>,
    /// Chosen for the mechanism's follow-up procedure.
    #[serde(default)]
    #[schema(value_type = Option<bool>)]
    followup_selected: Patch<bool>,
    /// The mechanism's grade of the information received.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    information_quality: Patch<String>,
    /// The secretariat's mark.
    #[serde(default)]
    priority: Option<bool>,
    /// Ids of colleagues who may read and edit the draft.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    drafters: Option<Vec<String>>,
}

/// How languages of a text came to be.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TranslationsPatch {
    /// Kazakh.
    #[serde(default)]
    kk: Option<TranslationPatch>,
    /// Russian.
    #[serde(default)]
    ru: Option<TranslationPatch>,
    /// English.
    #[serde(default)]
    en: Option<TranslationPatch>,
}

/// How one language of a text came to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TranslationPatch {
    /// How.
    state: TranslationStateWord,
}

impl ItemPatch {
    fn checked(self) -> Input<ItemEdit> {
        use qadam_domain::language::Language;
        let mut checks = Checks::new();
        let states = [
            (Language::Kazakh, self.translations.kk),
            (Language::Russian, self.translations.ru),
            (Language::English, self.translations.en),
        ];
        let precision = self.due_precision.map_or(Precision::Day, |precision| precision.0);
        let edit = ItemEdit {
            title: self.title.changes("/title", TextLimit::TITLE, &mut checks),
            summary: self.summary.changes("/summary", TextLimit::BODY, &mut checks),
            grounds: self.grounds.changes("/grounds", TextLimit::BODY, &mut checks),
            expected_result: self.expected_result.changes("/expected_result", TextLimit::BODY, &mut checks),
            completion_form: self.completion_form.changes("/completion_form", TextLimit::BODY, &mut checks),
            translations: states
                .into_iter()
                .filter_map(|(language, state)| state.map(|patch| (language, patch.state.0)))
                .collect(),
            original_language: self.original_language.map(|language| language.0),
            themes: self.themes,
            legal_refs: self.legal_refs,
            groups: self.groups,
            sdg_targets: self.sdg_targets,
            addressees: self.addressees,
            due: self.due_on.map(|on| items::DueInput { on: on.0, precision }).change(),
            no_due_reason: self.no_due_reason.changes("/no_due_reason", TextLimit::BODY, &mut checks),
            information_due_on: self.information_due_on.map(|on| on.0).change(),
            source: self.source.map(|source| source.read(&mut checks)),
            followup_selected: self.followup_selected.change(),
            information_quality: self.information_quality.change().map(|quality| {
                checks.optional_text("/information_quality", quality.as_deref(), TextLimit::LABEL)
            }),
            priority: self.priority,
            drafters: self.drafters.map(|named| users("/drafters", &named, &mut checks)),
        };
        checks.finish(edit)
    }
}

/// Edit an item
///
/// Who may edit which field in which status is a table, served with the workflow.
#[utoipa::path(
    patch,
    path = "/items/{item}",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body(content = ItemPatch, content_type = "application/merge-patch+json"),
    responses((status = OK, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::CONDITION,
        &[Code::RoleRequired, Code::FieldLocked],
    ]))))
)]
pub(crate) async fn edit_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<ItemBody>, Problem> {
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let body = body.merge_patch().await?;
    let condition = condition.required()?;
    let edit = body.input::<ItemPatch>().and_then(ItemPatch::checked);
    let edit = in_turn(&api, &viewer, key, Some(&condition), Action::Link, edit).await?;
    let view = items::edit(&api.app, &viewer, key, condition, edit).await?;
    Ok(Tagged::new(view.etag.clone(), ItemBody::new(&api.app, &api.links, view)))
}
