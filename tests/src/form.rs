//! A form as a browser sends it: evidence and its file.

use serde_json::Value;

/// What stands between the parts of forms here.
const BOUNDARY: &str = "part-of-a-form-7f3a";

/// The media type of forms here.
pub(crate) fn media_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// A form with evidence and a file.
pub(crate) fn written(evidence: &Value, name: &str, file: &[u8]) -> Vec<u8> {
    let escaped = name.replace('"', "%22").replace(['\r', '\n'], " ");
    let mut form = Vec::new();
    part(&mut form, "name=\"evidence\"", evidence.to_string().as_bytes());
    part(&mut form, &format!("name=\"file\"; filename=\"{escaped}\""), file);
    form.extend(format!("--{BOUNDARY}--\r\n").bytes());
    form
}

fn part(form: &mut Vec<u8>, head: &str, content: &[u8]) {
    form.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
    form.extend(content);
    form.extend(b"\r\n");
}

/// The parts of a form by name, for whoever holds it against its description. What is no such form has none.
pub(crate) fn parts(form: &[u8]) -> Vec<(String, Vec<u8>)> {
    let between = format!("--{BOUNDARY}");
    let mut rest = form;
    let mut parts = Vec::new();
    while let Some(begin) = find(rest, between.as_bytes()) {
        rest = &rest[begin + between.len()..];
        let end = find(rest, format!("\r\n{between}").as_bytes());
        let (Some(head), Some(end)) = (find(rest, b"\r\n\r\n"), end) else { break };
        let name = String::from_utf8_lossy(&rest[..head]);
        let name = name.split("name=\"").nth(1).and_then(|name| name.split('"').next()).unwrap_or_default();
        parts.push((name.to_owned(), rest[head + 4..end].to_vec()));
    }
    parts
}

fn find(text: &[u8], sought: &[u8]) -> Option<usize> {
    text.windows(sought.len()).position(|here| here == sought)
}
