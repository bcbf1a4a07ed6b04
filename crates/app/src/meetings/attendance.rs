//! Which organisations took part, and who may know.

use qadam_domain::levels::Level;
use qadam_domain::meetings::{Attendance, Meeting};

use super::changing::Changing;
use super::inputs::check_level;
use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};

/// How many organisations take part in a meeting.
const PARTICIPANTS_MAX: usize = 300;

/// An organisation that took part, as named by a caller.
#[derive(Debug, Clone)]
pub struct AttendanceInput {
    /// Code or identifier of the organisation.
    pub organisation: String,
    /// Who reads that it took part.
    pub level: Level,
}

/// The meeting with this attendance in place of its own.
pub(super) fn replaced(changing: &Changing<'_>, named: &[AttendanceInput]) -> Result<Meeting, AppError> {
    let mut after = changing.before.clone();
    after.attendance = attendance(changing.app, named)?;
    Ok(after)
}

/// The participants named by a caller; every mistake told.
pub(super) fn attendance(app: &App, named: &[AttendanceInput]) -> Result<Vec<Attendance>, AppError> {
    if named.len() > PARTICIPANTS_MAX {
        return Err(AppError::field("", FieldCode::TooMany));
    }
    let directory = app.directory();
    let mut errors = Vec::new();
    let mut found: Vec<Attendance> = Vec::with_capacity(named.len());
    for (index, one) in named.iter().enumerate() {
        let at = format!("/{index}/organisation");
        errors.extend(check_level(&format!("/{index}/level"), one.level).err());
        match directory.find(&one.organisation).map(|organisation| organisation.id) {
            None => errors.push(FieldError::new(at, FieldCode::UnknownReference)),
            Some(id) if found.iter().any(|earlier| earlier.organisation == id) => {
                errors.push(FieldError::new(at, FieldCode::Duplicate));
            }
            Some(organisation) => found.push(Attendance { organisation, level: one.level }),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(AppError::Invalid(errors)) }
}
