//! Addresses: what stands in them is written in percent form.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but unreserved characters (RFC 3986) is written in percent form.
const IN_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Commas separate values of a filter and stay readable.
const IN_QUERY: &AsciiSet = &IN_SEGMENT.remove(b',').remove(b':');

/// Adds a segment of a path.
pub fn write_segment(path: &mut String, segment: &str) {
    path.extend(utf8_percent_encode(segment, IN_SEGMENT));
}

/// Adds names and values as a query.
pub fn write_query(address: &mut String, pairs: impl Iterator<Item = (impl AsRef<str>, impl AsRef<str>)>) {
    for (index, (name, value)) in pairs.enumerate() {
        address.push(if index == 0 { '?' } else { '&' });
        address.extend(utf8_percent_encode(name.as_ref(), IN_QUERY));
        address.push('=');
        address.extend(utf8_percent_encode(value.as_ref(), IN_QUERY));
    }
}
