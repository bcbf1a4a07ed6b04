//! What may stand in an account's fields.

use qadam_domain::accounts::Role;
use qadam_domain::organisations::Organisation;
use qadam_domain::text::{LABEL_MAX, Lines, clean};

use crate::application::App;
use crate::error::{FieldCode, FieldError, text_code};

/// A person's name.
pub(crate) fn clean_name(name: &str) -> Result<String, FieldError> {
    clean(name, LABEL_MAX, Lines::Single).map_err(|error| FieldError::new("/name", text_code(error)))
}

/// Whether an account of this organisation may have this role.
pub(super) fn fits(app: &App, role: Role, organisation: &Organisation) -> bool {
    role.fits(organisation.kind, app.directory().host() == Some(organisation.id))
}

/// Says at `/role` when an account of this organisation may not have this role.
pub(super) fn check_role(app: &App, role: Role, organisation: &Organisation) -> Result<(), FieldError> {
    if fits(app, role, organisation) { Ok(()) } else { Err(FieldError::new("/role", FieldCode::NotAllowed)) }
}
