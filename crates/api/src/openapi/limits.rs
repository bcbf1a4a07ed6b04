//! How much there may be of what is described without a limit of its own.
//!
//! What is taken is refused beyond these limits wherever a field has none that is narrower (`extract::json`,
//! `qadam_http::parameters`), so that a client may rely on them in both directions.

use qadam_domain::items::files::FILE_MAX;
use qadam_domain::text::BODY_MAX;
use qadam_http::parameters;
use qadam_http::reading::{LIST_MAX, NUMBER_MAX};
use utoipa::Number;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{
    ArrayItems, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Content, OpenApi, RefOr};

use super::schemas;

/// The longest body that is no JSON: a file, a page to print.
const DOCUMENT_MAX: usize = 1 << 28;
/// The longest day, instant, identifier and file. Instants are taken with any offset and fraction of a second.
const LONGEST: [(KnownFormat, usize); 4] = [
    (KnownFormat::Date, 10),
    (KnownFormat::DateTime, 64),
    (KnownFormat::Uuid, 36),
    (KnownFormat::Binary, FILE_MAX),
];
/// The longest address of ours: it says a whole query again.
const ADDRESS_MAX: usize = 1 << 16;
/// The greatest number of four bytes.
const SMALL_NUMBER_MAX: isize = i32::MAX as isize;
/// What no query contains: controls, changes of direction, and what stands in for bytes that were no UTF-8.
const LEGIBLE: &str =
    "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFD]*$";
/// The same for one of several, which commas part.
const LEGIBLE_ELEMENT: &str =
    "^[^,\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u202A-\\u202E\\u2066-\\u2069\\uFFFD]+$";

/// Says every limit.
pub(super) fn limit(description: &mut OpenApi) {
    for operation in description.paths.paths.values_mut().flat_map(schemas::operations_of) {
        for parameter in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(parameter) = parameter {
                limit_parameter(parameter);
            }
        }
        for response in operation.responses.responses.values_mut() {
            let RefOr::T(response) = response else { continue };
            for (media_type, content) in &mut response.content {
                if let (false, RefOr::T(content)) = (media_type.ends_with("json"), content) {
                    describe_document(content);
                }
            }
        }
    }
    schemas::each(description, bound);
}

/// A parameter of a query is a text that is legible, or a list of such; one of a path is short.
fn limit_parameter(parameter: &mut Parameter) {
    let Some(schema) = &mut parameter.schema else { return };
    let in_query = parameter.parameter_in == ParameterIn::Query;
    if let RefOr::T(Schema::Object(object)) = schema
        && is(object, &Type::String)
    {
        legible(object, in_query.then_some(LEGIBLE), parameters::TEXT_MAX);
    }
    if let RefOr::T(Schema::Array(list)) = schema {
        list.min_items.get_or_insert(1);
        list.max_items.get_or_insert(parameters::LIST_MAX);
        if let ArrayItems::RefOrSchema(element) = &mut list.items
            && let RefOr::T(Schema::Object(object)) = element.as_mut()
            && is(object, &Type::String)
        {
            legible(object, Some(LEGIBLE_ELEMENT), parameters::ELEMENT_MAX);
        }
    }
    schemas::within(schema, bound);
}

fn legible(text: &mut Object, pattern: Option<&str>, longest: usize) {
    if text.enum_values.is_some() || text.format.is_some() {
        return;
    }
    text.max_length.get_or_insert(longest);
    if text.pattern.is_none() {
        text.pattern = pattern.map(str::to_owned);
        text.min_length.get_or_insert(1);
    }
}

/// What is no JSON is bytes.
fn describe_document(content: &mut Content) {
    let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(DOCUMENT_MAX));
    let is_text =
        matches!(&content.schema, Some(RefOr::T(Schema::Object(object))) if is(object, &Type::String));
    let format = (!is_text).then_some(SchemaFormat::KnownFormat(KnownFormat::Binary));
    content.schema = Some(text.format(format).into());
}

/// Says the limit of a schema that has none.
fn bound(schema: &mut Schema) {
    match schema {
        Schema::Object(object) if is(object, &Type::String) && object.enum_values.is_none() => {
            object.max_length.get_or_insert(longest(object.format.as_ref()));
        }
        Schema::Object(object) if is(object, &Type::Integer) => bound_number(object),
        Schema::Array(array) => {
            array.max_items.get_or_insert(LIST_MAX);
        }
        _ => {}
    }
}

fn longest(format: Option<&SchemaFormat>) -> usize {
    match format {
        Some(SchemaFormat::Custom(format)) if format == "uri" => ADDRESS_MAX,
        Some(SchemaFormat::KnownFormat(format)) => {
            LONGEST.iter().find(|(known, _)| known == format).map_or(BODY_MAX, |(_, longest)| *longest)
        }
        _ => BODY_MAX,
    }
}

/// A number of four bytes, or one that every reader of JSON takes for what it is.
fn bound_number(number: &mut Object) {
    let format = number.format.get_or_insert(SchemaFormat::KnownFormat(KnownFormat::Int64));
    let exact = isize::try_from(NUMBER_MAX).unwrap_or(isize::MAX);
    let (least, greatest) = match format {
        SchemaFormat::KnownFormat(KnownFormat::Int32) => (-SMALL_NUMBER_MAX - 1, SMALL_NUMBER_MAX),
        _ => (-exact, exact),
    };
    if number.exclusive_minimum.is_none() {
        number.minimum.get_or_insert(Number::Int(least));
    }
    if number.exclusive_maximum.is_none() {
        number.maximum.get_or_insert(Number::Int(greatest));
    }
}

/// Whether a schema is of this type, null aside.
fn is(object: &Object, wanted: &Type) -> bool {
    match &object.schema_type {
        SchemaType::Type(only) => only == wanted,
        SchemaType::Array(types) => types.contains(wanted),
        SchemaType::AnyValue => false,
    }
}
