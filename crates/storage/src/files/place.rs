//! Where files lie, as an address says.

use std::path::PathBuf;
use std::str::FromStr;

/// Where files lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilePlace {
    /// In a folder, which nodes on several machines have in common by a shared file system.
    Folder(PathBuf),
    /// In a store that speaks the protocol of Amazon S3. The credentials come from the environment, as for all programs
    /// of that kind: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and what else Amazon names.
    Bucket {
        /// The bucket.
        name: String,
        /// What the names of objects begin with.
        prefix: String,
        /// The address of the store, where it is not Amazon's.
        endpoint: Option<String>,
        /// The region, where the environment does not say it.
        region: Option<String>,
    },
}

/// What is wrong with an address, as the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be file:///path or s3://bucket/prefix?endpoint=https://…&region=…")]
pub struct InvalidPlace;

impl FromStr for FilePlace {
    type Err = InvalidPlace;

    fn from_str(address: &str) -> Result<Self, InvalidPlace> {
        if address
            .chars()
            .any(|character| character.is_control() || character.is_whitespace() && character != ' ')
        {
            return Err(InvalidPlace);
        }
        if let Some(path) = address.strip_prefix("file://") {
            return if path.starts_with('/') { Ok(Self::Folder(path.into())) } else { Err(InvalidPlace) };
        }
        let (place, query) = address.split_once('?').unwrap_or((address, ""));
        let place = place.strip_prefix("s3://").ok_or(InvalidPlace)?;
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        if !is_bucket(name) {
            return Err(InvalidPlace);
        }
        let (mut endpoint, mut region) = (None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) =
                pair.split_once('=').filter(|(_, value)| !value.is_empty()).ok_or(InvalidPlace)?;
            let place = match key {
                "endpoint" if ["https://", "http://"].iter().any(|scheme| value.starts_with(scheme)) => {
                    &mut endpoint
                }
                "region" => &mut region,
                _ => return Err(InvalidPlace),
            };
            if place.replace(value.to_owned()).is_some() {
                return Err(InvalidPlace);
            }
        }
        let (name, prefix) = (name.to_owned(), prefix.trim_matches('/').to_owned());
        Ok(Self::Bucket { name, prefix, endpoint, region })
    }
}

/// Whether a name can be a bucket's: Amazon's rule, which others took over.
fn is_bucket(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    (3..=63).contains(&name.len()) && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(prefix: &str, endpoint: Option<&str>, region: Option<&str>) -> FilePlace {
        FilePlace::Bucket {
            name: "qadam".to_owned(),
            prefix: prefix.to_owned(),
            endpoint: endpoint.map(str::to_owned),
            region: region.map(str::to_owned),
        }
    }

    #[test]
    fn an_address_names_a_folder_or_a_bucket() {
        for (address, place) in [
            ("file:///srv/qadam files", FilePlace::Folder("/srv/qadam files".into())),
            ("s3://qadam", bucket("", None, None)),
            ("s3://qadam/a/b/", bucket("a/b", None, None)),
            (
                "s3://qadam/a?endpoint=https://store.example:9000&region=kz-1",
                bucket("a", Some("https://store.example:9000"), Some("kz-1")),
            ),
        ] {
            assert_eq!(address.parse(), Ok(place), "{address}");
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        for address in [
            "",
            "/srv/files",
            "file://srv",
            "s3://",
            "s3://Q",
            "s3://key:secret@bucket",
            "gs://qadam",
            "s3://qadam?x=1",
            "s3://qadam?region=",
            "s3://qadam?endpoint=ftp://a",
            "s3://qadam?region=a&region=b",
            "file:///a\nb",
        ] {
            assert_eq!(address.parse::<FilePlace>(), Err(InvalidPlace), "{address}");
        }
    }
}
