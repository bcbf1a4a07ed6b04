//! Parts of answers: `?fields=` names the members of a resource that are wanted, and the answer has no others.
//!
//! The description of an operation shows the whole resource and, beside it, one that needs no member (`openapi::parts`): with
//! `fields`, each member is as described, and those that were not named are absent, also the required ones.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{IntoParams, PartialSchema};

use crate::problems::Problem;
pub use qadam_http::item_filters::Fields;

/// The name of the parameter.
pub(crate) const FIELDS: &str = "fields";

/// The query of an operation that answers with one resource.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FieldsQuery {
    /// The members that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["id", "url"]))]
    pub fields: Fields,
}

/// The members of a resource that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members(Vec<String>);

impl Members {
    /// The members of `T` that are wanted; `None` where all are. 400 names the first that `T` does not have.
    pub fn of<T: PartialSchema>(wanted: Fields) -> Result<Option<Self>, Problem> {
        let wanted = wanted.0;
        if wanted.is_empty() {
            return Ok(None);
        }
        let schema = T::schema();
        let known = |name: &String| match &schema {
            RefOr::T(Schema::Object(object)) => object.properties.contains_key(name),
            _ => false,
        };
        match wanted.iter().find(|name| !known(name)) {
            Some(unknown) => Err(Problem::unknown_word(FIELDS, unknown)),
            None => Ok(Some(Self(wanted))),
        }
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, name: &str) -> Self {
        self.0.push(name.to_owned());
        self
    }

    /// What is shown of a resource.
    pub fn shown(&self, resource: Value) -> Value {
        match resource {
            Value::Object(members) => {
                let shown = members.into_iter().filter(|(name, _)| self.0.contains(name));
                Value::Object(shown.collect::<Map<_, _>>())
            }
            other => other,
        }
    }
}

/// A resource as an answer, or what is wanted of it.
pub fn answer(resource: impl Serialize, members: Option<&Members>) -> Response {
    let Some(members) = members else { return Json(resource).into_response() };
    match serde_json::to_value(resource) {
        Ok(whole) => Json(members.shown(whole)).into_response(),
        Err(error) => Problem::internal(error.to_string()).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::json_of;
    use serde_json::json;
    use utoipa::ToSchema;

    #[derive(Serialize, ToSchema)]
    struct Thing {
        id: u8,
        #[serde(rename = "ref")]
        reference: &'static str,
    }

    fn fields(names: &[&str]) -> Fields {
        Fields(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[tokio::test]
    async fn an_answer_has_the_members_that_were_named_and_no_others() {
        let thing = || Thing { id: 1, reference: "C-1" };
        let members = Members::of::<Thing>(fields(&["ref"])).unwrap();
        assert_eq!(json_of(answer(thing(), members.as_ref())).await, json!({"ref": "C-1"}));
        let members = Members::of::<Thing>(fields(&[])).unwrap();
        assert_eq!(json_of(answer(thing(), members.as_ref())).await, json!({"id": 1, "ref": "C-1"}));
    }

    #[test]
    fn a_member_that_there_is_not_is_named() {
        let problem = Members::of::<Thing>(fields(&["id", "reference"])).unwrap_err();
        assert_eq!(problem.errors()[0].value.as_deref(), Some("reference"));
        let problem = Members::of::<Thing>(fields(&["\u{202e}"])).unwrap_err();
        assert_eq!(problem.errors()[0].value, None);
    }
}
