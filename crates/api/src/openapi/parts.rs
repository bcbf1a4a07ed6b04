//! What an operation answers with `fields`: the resource without what was not asked for.
//!
//! Beside each resource of which parts are given stands one that needs none of its members, and the parameter names the
//! members that there are. The list of a resource refers to the resource.

use std::collections::BTreeMap;

use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{AnyOfBuilder, ArrayItems, Schema};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr};

use super::schemas::{named, operations_of};
use crate::fields::FIELDS;

/// What the name of a list of a resource begins with.
const PAGE: &str = "Page_";
/// What the name of a part of a resource ends with.
const PART: &str = "Part";

type Named = BTreeMap<String, RefOr<Schema>>;

/// Describes every answer that may be a part.
pub(super) fn describe(description: &mut OpenApi) {
    let schemas = named(description);
    let pages: Vec<String> = schemas.keys().filter(|name| name.starts_with(PAGE)).cloned().collect();
    for page in pages {
        let entry = page.trim_start_matches(PAGE).to_owned();
        if schemas.contains_key(&entry) {
            list_entries(schemas, &page, &entry);
        }
    }
    let mut known = std::mem::take(schemas);
    for operation in description.paths.paths.values_mut().flat_map(operations_of) {
        let _ = describe_operation(operation, &mut known);
    }
    *named(description) = known;
}

/// Lets a list refer to what its entries are.
fn list_entries(schemas: &mut Named, page: &str, entry: &str) {
    if let Some(RefOr::T(Schema::Object(page))) = schemas.get_mut(page)
        && let Some(RefOr::T(Schema::Array(list))) = page.properties.get_mut("items")
    {
        list.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(entry).into()));
    }
}

/// Nothing happens to an operation that has no such parameter.
fn describe_operation(operation: &mut Operation, schemas: &mut Named) -> Option<()> {
    let fields = operation.parameters.iter_mut().flatten().find_map(parameter_of_fields)?;
    let RefOr::T(response) = operation.responses.responses.get_mut("200")? else { return None };
    let RefOr::T(content) = response.content.get_mut("application/json")? else { return None };
    let whole = name_of(content)?;
    let resource = whole.trim_start_matches(PAGE).to_owned();
    let part = format!("{resource}{PART}");
    let RefOr::T(Schema::Object(resource)) = schemas.get(&resource)? else { return None };
    let mut optional = resource.clone();
    optional.required.clear();
    optional.description = Some("The members that were asked for with `fields`.".to_owned());
    name_members(fields, resource.properties.keys());
    schemas.insert(part.clone(), Schema::Object(optional).into());
    let alternative = format!("{whole}{PART}");
    if alternative != part {
        let page = schemas.get(&whole)?.clone();
        schemas.insert(alternative.clone(), page);
        list_entries(schemas, &alternative, &part);
    }
    let either = [&whole, &alternative].map(Ref::from_schema_name);
    let either = either.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item);
    content.schema = Some(either.into());
    Some(())
}

fn parameter_of_fields(parameter: &mut RefOr<Parameter>) -> Option<&mut Parameter> {
    match parameter {
        RefOr::T(parameter) if parameter.name == FIELDS && parameter.parameter_in == ParameterIn::Query => {
            Some(parameter)
        }
        _ => None,
    }
}

fn name_of(content: &Content) -> Option<String> {
    let RefOr::Ref(reference) = content.schema.as_ref()? else { return None };
    reference.ref_location.rsplit('/').next().map(str::to_owned)
}

fn name_members<'a>(parameter: &mut Parameter, names: impl Iterator<Item = &'a String>) {
    if let Some(RefOr::T(Schema::Array(list))) = &mut parameter.schema
        && let ArrayItems::RefOrSchema(element) = &mut list.items
        && let RefOr::T(Schema::Object(object)) = element.as_mut()
    {
        object.enum_values = Some(names.map(|name| name.as_str().into()).collect());
    }
}
