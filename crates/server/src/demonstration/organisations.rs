//! The organisations of the demonstration, its host among them.

use std::sync::Arc;

use qadam_app::App;
use qadam_app::organisations::{self, DatedName, NewOrganisation, OrganisationKind};
use qadam_domain::language::LanguageMap;

use super::LoadError;
use super::files::{NameFile, OrganisationFile};

/// Creates the organisations, all at once: a parent may stand after its children.
pub(super) async fn load(app: &Arc<App>, files: &[OrganisationFile]) -> Result<(), LoadError> {
    let new = files.iter().map(organisation).collect::<Result<Vec<_>, _>>()?;
    organisations::provision(app, new).await.map_err(LoadError::refused("organisations.json"))?;
    Ok(())
}

fn organisation(file: &OrganisationFile) -> Result<NewOrganisation, LoadError> {
    let kind = OrganisationKind::from_code(&file.kind)
        .ok_or_else(|| LoadError::unknown(&file.code, "kind", &file.kind))?;
    Ok(NewOrganisation {
        code: file.code.clone(),
        kind,
        names: file.names.iter().map(dated_name).collect(),
        aliases: file.aliases.clone(),
        parent: file.parent.clone(),
        by_agreement: file.by_agreement,
        active: true,
    })
}

fn dated_name(file: &NameFile) -> DatedName {
    let name =
        LanguageMap { kk: Some(file.kk.clone()), ru: Some(file.ru.clone()), en: Some(file.en.clone()) };
    DatedName { name, from: file.from, until: file.until }
}
