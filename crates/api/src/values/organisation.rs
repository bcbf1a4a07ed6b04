//! An organisation as it is named by other resources.

use qadam_app::directory::Directory;
use qadam_domain::ids::OrganisationId;
use qadam_domain::organisations::Organisation;
use serde::Serialize;
use utoipa::ToSchema;

use crate::links::Links;
use qadam_http::language_map::LanguageMapView;

/// An organisation. In requests it is named by its code or its id alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrganisationReference {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its short code.
    #[schema(example = "MOH")]
    code: String,
    /// Its present name.
    name: LanguageMapView,
    /// Where it is described.
    #[schema(format = "uri")]
    url: String,
}

impl OrganisationReference {
    /// An organisation as others name it.
    pub fn new(organisation: &Organisation, links: &Links) -> Self {
        let name = organisation.names.first().map(|dated| LanguageMapView::from(&dated.name));
        Self {
            id: organisation.id.to_string(),
            code: organisation.code.clone(),
            name: name.unwrap_or_default(),
            url: links.to(&["organisations", &organisation.code]),
        }
    }

    /// The organisation with this identifier, if the directory has it.
    pub fn find(id: OrganisationId, directory: &Directory, links: &Links) -> Option<Self> {
        directory.get(id).map(|organisation| Self::new(organisation, links))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_domain::ids::Uuid;
    use qadam_domain::language::{Language, LanguageMap};
    use qadam_domain::organisations::{DatedName, OrganisationKind};
    use serde_json::{json, to_value};

    #[test]
    fn it_has_id_code_present_name_and_address() {
        let name = |text: &str| LanguageMap::single(Language::English, text);
        let health = Organisation {
            id: OrganisationId(Uuid::from_u128(7)),
            code: "MOH".to_owned(),
            kind: OrganisationKind::StateBody,
            names: vec![
                DatedName { name: name("Ministry of Health"), from: None, until: None },
                DatedName { name: name("Agency of Health"), from: None, until: None },
            ],
            aliases: Vec::new(),
            parent: None,
            by_agreement: false,
            active: true,
            version: 1,
        };
        let directory = Directory::new(vec![health], "MOH");
        let found = OrganisationReference::find(
            OrganisationId(Uuid::from_u128(7)),
            &directory,
            &Links::new("https://register.example"),
        );
        assert_eq!(
            to_value(found).unwrap(),
            json!({
                "id": "00000000-0000-0000-0000-000000000007",
                "code": "MOH",
                "name": {"en": "Ministry of Health"},
                "url": "https://register.example/api/v1/organisations/MOH",
            })
        );
    }
}
