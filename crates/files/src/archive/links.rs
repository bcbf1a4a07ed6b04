//! What the parts of an Office document are linked with (ECMA-376, part 2, section 8.3): within it, or beyond.

/// What the names of lists of links end with.
pub(super) const ENDING: &str = ".rels";

/// Whether a part is linked with something that is fetched from elsewhere when the document is opened: a template, a
/// picture, another program's object. It would tell somebody who reads the document, and what comes is nothing that was
/// looked at here.
///
/// Links that a reader follows by hand go wherever they go. Files on the disk of whoever wrote the document are named by
/// many that are harmless, its template and other tables for instance, and are not there where it is read.
pub(super) fn reach_out(list: &[u8]) -> bool {
    super::plain(list).is_none_or(|text| text.contains("<!") || elements(&text).any(is_fetched))
}

fn is_fetched(element: &str) -> bool {
    let value = |name: &str| attributes(element).find(|(found, _)| *found == name).map(|(_, value)| value);
    let within = value("targetmode").is_none_or(|mode| mode == "internal");
    let followed = value("type").is_some_and(|kind| kind.ends_with("/relationships/hyperlink"));
    !within && !followed && !value("target").is_some_and(is_local)
}

/// Whether a target is a file on a disk of one's own: of a drive, or beside the document. What is named by the network
/// (`\\server`, `//server`) or by references to characters is not.
fn is_local(target: &str) -> bool {
    let path = target.strip_prefix("file:///").unwrap_or(target);
    let on_drive = matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let beside = !path.contains(':') && !path.starts_with(['\\', '/']) && !path.starts_with('%');
    !path.contains("&#") && (on_drive || beside)
}

/// What stands between `<` and `>`; a `>` within quotation marks ends nothing.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('<').filter_map(|(begin, _)| {
        let rest = text.get(begin + 1..)?;
        let mut quoted = None;
        let end = rest.find(|character: char| match (quoted, character) {
            (None, '"' | '\'') => {
                quoted = Some(character);
                false
            }
            (Some(mark), _) if mark == character => {
                quoted = None;
                false
            }
            (None, '>') => true,
            _ => false,
        })?;
        rest.get(..end)
    })
}

/// The attributes of an element, with their values as they are written.
fn attributes(element: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = element.split_once(char::is_whitespace).map_or("", |(_, attributes)| attributes);
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let mark = after.chars().next().filter(|mark| "\"'".contains(*mark))?;
        let (value, after) = after.get(1..)?.split_once(mark)?;
        rest = after;
        Some((name.trim(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    fn reaches(kind: &str, target: &str, rest: &str) -> bool {
        let list = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships><Relationship Id='a>b' Type=\"{OFFICE}/{kind}\"\n\
             Target = \"{target}\" {rest}/></Relationships>"
        );
        reach_out(list.as_bytes())
    }

    #[test]
    fn what_is_fetched_when_a_document_is_opened_reaches_out() {
        for target in [
            "https://evil.example/a.dotm",
            "\\\\evil.example\\a.dotm",
            "//evil.example/a",
            "/\\evil.example/a",
            "file:///\\\\evil.example\\a.dotm",
            "file://evil.example/a.dotm",
            "mhtml:https://evil.example/!x",
            "&#104;ttps&#58;//evil.example",
            "%5c%5cevil.example",
        ] {
            assert!(reaches("attachedTemplate", target, "TargetMode=\"External\""), "{target}");
            assert!(reaches("oleObject", target, "TargetMode = 'EXTERNAL'"), "{target}");
        }
        assert!(reaches("image", "https://evil.example", "TargetMode=\"Ext&#101;rnal\""), "by a reference");
    }

    #[test]
    fn parts_links_to_follow_and_files_of_ones_own_do_not() {
        for (kind, target, rest) in [
            ("styles", "styles.xml", ""),
            ("image", "/word/media/image1.png", "TargetMode=\"Internal\""),
            ("hyperlink", "https://example.org/?a=1&amp;b=&#50;", "TargetMode=\"External\""),
            ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", "TargetMode=\"External\""),
            ("externalLinkPath", "Budget%202025.xlsx", "TargetMode=\"External\""),
        ] {
            assert!(!reaches(kind, target, rest), "{target}");
        }
    }

    #[test]
    fn a_list_that_is_not_plain_is_not_believed() {
        assert!(reach_out(b"\xFF\xFE<\0"));
        assert!(reach_out(b"<!DOCTYPE a [<!ENTITY e 'External'>]><Relationships/>"));
        assert!(!reach_out(b"<Relationships/>"));
    }
}
