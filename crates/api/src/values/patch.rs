//! Fields of a merge patch (RFC 7396), which have three states: absent, null, and a value.

use qadam_app::error::FieldCode;
use serde::{Deserialize, Deserializer};

use qadam_http::texts::Checks;

/// A field of a merge patch. Needs `#[serde(default)]`, and for the description `#[schema(value_type = Option<…>)]`:
///
/// ```
/// use qadam_api::values::Patch;
///
/// #[derive(serde::Deserialize)]
/// struct Edit {
///     #[serde(default)]
///     priority: Patch<bool>,
/// }
/// let read = |text| serde_json::from_str::<Edit>(text).map(|edit| edit.priority);
/// assert_eq!(read("{}")?, Patch::Absent);
/// assert_eq!(read(r#"{"priority": null}"#)?, Patch::Null);
/// assert_eq!(read(r#"{"priority": true}"#)?, Patch::Value(true));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Absent,
    /// It is removed.
    Null,
    /// It becomes this.
    Value(T),
}

impl<T> Patch<T> {
    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(change(value)),
        }
    }

    /// The new value of what cannot be removed, or `None` where it stays. Null is refused at the pointer.
    pub fn kept(self, pointer: &str, checks: &mut Checks) -> Option<T> {
        match self {
            Self::Absent => None,
            Self::Null => {
                checks.refuse(pointer, FieldCode::Required);
                None
            }
            Self::Value(value) => Some(value),
        }
    }

    /// `None` where it stays, `Some(None)` where it is removed, as use cases take it.
    pub fn change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// What it then is, if before it was `present`.
    pub fn over(self, present: Option<T>) -> Option<T> {
        self.change().unwrap_or(present)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_app::FieldError;

    #[test]
    fn the_three_states_stay_three_through_every_change() {
        let states = [Patch::Absent, Patch::Null, Patch::Value(1)];
        assert_eq!(
            states.map(|state| state.map(|value| value + 1).change()),
            [None, Some(None), Some(Some(2))]
        );
    }

    #[test]
    fn a_patch_leaves_removes_or_replaces_what_was_there() {
        for (patch, present, then) in [
            (Patch::Absent, Some(1), Some(1)),
            (Patch::Absent, None, None),
            (Patch::Null, Some(1), None),
            (Patch::Value(2), Some(1), Some(2)),
            (Patch::Value(2), None, Some(2)),
        ] {
            assert_eq!(patch.over(present), then, "{patch:?} over {present:?}");
        }
    }

    #[test]
    fn what_cannot_be_removed_refuses_null_alone() {
        for (state, kept, refused) in [
            (Patch::Absent, None, Vec::new()),
            (Patch::Null, None, vec![FieldError::new("/name", FieldCode::Required)]),
            (Patch::Value(1), Some(1), Vec::new()),
        ] {
            let mut checks = Checks::new();
            assert_eq!(state.kept("/name", &mut checks), kept);
            assert_eq!(checks.finish(()).err().unwrap_or_default(), refused);
        }
    }
}
