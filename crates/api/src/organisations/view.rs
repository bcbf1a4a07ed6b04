//! An organisation as JSON.

use qadam_app::App;
use qadam_app::organisations::{self, DatedName, Organisation};
use serde::Serialize;
use utoipa::ToSchema;

use crate::links::Links;
use crate::values::{Day, LanguageMapView, OrganisationKindWord, OrganisationReference};

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Organisation)]
pub(crate) struct OrganisationBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its short code.
    #[schema(example = "MOH")]
    code: String,
    /// What it is.
    kind: OrganisationKindWord,
    /// Its present name.
    name: LanguageMapView,
    /// All its names: the present one first, former ones after it.
    names: Vec<DatedNameBody>,
    /// Other spellings under which it is found.
    aliases: Vec<String>,
    /// The organisation it is part of.
    parent: Option<OrganisationReference>,
    /// Whether it stands outside the Government and takes part "by agreement" where it owns an item.
    by_agreement: bool,
    /// Whether it still takes part. One that does not keeps its records.
    active: bool,
    /// Its validator, for `If-Match`.
    etag: String,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

/// A name that an organisation had for a time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DatedName)]
pub(crate) struct DatedNameBody {
    /// The name.
    name: LanguageMapView,
    /// The first day it held; null where that is not known.
    from: Option<Day>,
    /// The last day it held; null while it holds.
    until: Option<Day>,
}

impl OrganisationBody {
    /// An organisation as JSON.
    pub(crate) fn new(app: &App, links: &Links, organisation: &Organisation) -> Self {
        let name = organisation.names.first().map(|dated| LanguageMapView::from(&dated.name));
        let directory = app.directory();
        let parent = organisation.parent;
        Self {
            id: organisation.id.to_string(),
            code: organisation.code.clone(),
            kind: organisation.kind.into(),
            name: name.unwrap_or_default(),
            names: organisation.names.iter().map(DatedNameBody::from).collect(),
            aliases: organisation.aliases.clone(),
            parent: parent.and_then(|parent| OrganisationReference::find(parent, &directory, links)),
            by_agreement: organisation.by_agreement,
            active: organisation.active,
            etag: organisations::etag(app, organisation),
            url: links.to(&["organisations", &organisation.code]),
        }
    }
}

impl From<&DatedName> for DatedNameBody {
    fn from(dated: &DatedName) -> Self {
        Self { name: (&dated.name).into(), from: dated.from.map(Day), until: dated.until.map(Day) }
    }
}
