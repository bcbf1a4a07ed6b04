//! Finding the schemas of a description, wherever they stand.

use std::collections::BTreeMap;

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, Schema};
use utoipa::openapi::{Content, OpenApi, RefOr};

/// The operations of a path.
pub(super) fn operations_of(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

/// Changes every schema of the components, of bodies and of answers, with what is in it. Those of parameters are not
/// among them.
pub(super) fn each(description: &mut OpenApi, change: fn(&mut Schema)) {
    let components = description.components.iter_mut();
    components
        .flat_map(|components| components.schemas.values_mut())
        .for_each(|schema| within(schema, change));
    for operation in description.paths.paths.values_mut().flat_map(operations_of) {
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            of_contents(body.content.values_mut(), change);
        }
        for response in operation.responses.responses.values_mut() {
            if let RefOr::T(response) = response {
                of_contents(response.content.values_mut(), change);
            }
        }
    }
}

fn of_contents<'a>(contents: impl Iterator<Item = &'a mut RefOr<Content>>, change: fn(&mut Schema)) {
    for content in contents {
        if let RefOr::T(Content { schema: Some(schema), .. }) = content {
            within(schema, change);
        }
    }
}

/// Changes a schema and those in it. What a reference leads to is a component.
pub(super) fn within(schema: &mut RefOr<Schema>, change: fn(&mut Schema)) {
    let RefOr::T(schema) = schema else { return };
    change(schema);
    match schema {
        Schema::Object(object) => {
            object.properties.values_mut().for_each(|member| within(member, change));
            object.property_names.iter_mut().for_each(|name| change(name));
            if let Some(AdditionalProperties::RefOr(member)) = object.additional_properties.as_deref_mut() {
                within(member, change);
            }
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(element) = &mut array.items {
                within(element, change);
            }
        }
        Schema::OneOf(one) => one.items.iter_mut().for_each(|member| within(member, change)),
        Schema::AllOf(all) => all.items.iter_mut().for_each(|member| within(member, change)),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(|member| within(member, change)),
        _ => {}
    }
}

/// The schemas that have names.
pub(super) fn named(description: &mut OpenApi) -> &mut BTreeMap<String, RefOr<Schema>> {
    &mut description.components.get_or_insert_default().schemas
}
