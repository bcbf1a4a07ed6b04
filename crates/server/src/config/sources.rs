//! Where the texts of settings come from, and which of them holds.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::Configuration;
use super::keys::{self, Key};

/// What all variables of ours begin with, but that of the database, which is everybody's.
const PREFIX: &str = "QADAM_";

/// The variable that names the file of settings.
const FILE_VARIABLE: &str = "QADAM_CONFIG";

/// What variables begin with by which tests of the repository find what they need; the program does not read them.
const TEST_PREFIX: &str = "QADAM_TEST_";

/// Why the configuration cannot be used. Says which setting, and never a secret's value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConfigurationError {
    /// There is no such setting.
    #[error("{place}: there is no setting {name}{}", nearest_words(.nearest.as_deref()))]
    Unknown {
        /// Where it stands.
        place: String,
        /// The name that was given.
        name: String,
        /// The known name that is most like it.
        nearest: Option<String>,
    },
    /// The value is not one that the setting can have.
    #[error("{name} {cause}")]
    Value {
        /// The setting as it was named where it stands.
        name: String,
        /// The end of the sentence: `must be …`.
        cause: String,
    },
    /// The same setting by variable and by file: which one holds would be a guess.
    #[error("{name} and {file_name} are both set: keep one")]
    Twice {
        /// The variable.
        name: &'static str,
        /// The variable that names a file.
        file_name: &'static str,
    },
    /// A file that a setting names cannot be read.
    #[error("{name}: cannot read {}: {cause}", .path.display())]
    File {
        /// The setting that names it.
        name: String,
        /// The file.
        path: PathBuf,
        /// What the system or the parser said.
        cause: String,
    },
}

fn nearest_words(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean {name}?")).unwrap_or_default()
}

/// Where settings stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    /// By name of the setting, from the command line.
    pub(crate) flags: BTreeMap<&'static str, String>,
    /// All variables of the environment.
    pub(crate) environment: BTreeMap<OsString, OsString>,
    /// The file that the command line names.
    pub(crate) file: Option<PathBuf>,
}

impl Sources {
    /// Reads everything and puts it together.
    pub(crate) fn load(&self) -> Result<Configuration, ConfigurationError> {
        let variables = self.variables()?;
        let file = self.file.clone().or_else(|| variables.get(FILE_VARIABLE).map(PathBuf::from));
        let in_file = file.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let mut configuration = Configuration::default();
        for key in keys::all() {
            let flag = self.flags.get(key.name).map(|text| (format!("--{}", key.flag), text.clone()));
            let given = match flag {
                Some(given) => Some(given),
                None => from_environment(key, &variables)?
                    .or_else(|| in_file.get(key.name).map(|text| (key.name.to_owned(), text.clone()))),
            };
            if let Some((name, text)) = given {
                (key.set)(&mut configuration, &text)
                    .map_err(|cause| ConfigurationError::Value { name, cause })?;
            }
        }
        Ok(configuration)
    }

    /// The variables that are ours; one that nobody knows is an error.
    fn variables(&self) -> Result<BTreeMap<String, String>, ConfigurationError> {
        let mut ours = BTreeMap::new();
        for (name, value) in &self.environment {
            let Some(name) = name.to_str() else { continue };
            let known = known_variables().any(|known| known == name);
            if !known && !name.starts_with(PREFIX) || name.starts_with(TEST_PREFIX) {
                continue;
            }
            if !known {
                let nearest = nearest(name, known_variables());
                let place = "environment".to_owned();
                return Err(ConfigurationError::Unknown { place, name: name.to_owned(), nearest });
            }
            let value = value.to_str().ok_or_else(|| ConfigurationError::Value {
                name: name.to_owned(),
                cause: "must be UTF-8".to_owned(),
            })?;
            ours.insert(name.to_owned(), value.to_owned());
        }
        Ok(ours)
    }
}

fn known_variables() -> impl Iterator<Item = &'static str> {
    keys::all()
        .flat_map(|key| std::iter::once(key.variable).chain(key.file_variable))
        .chain(std::iter::once(FILE_VARIABLE))
}

/// What the environment says of a setting, with the name it says it by.
fn from_environment(
    key: &Key,
    variables: &BTreeMap<String, String>,
) -> Result<Option<(String, String)>, ConfigurationError> {
    let direct = variables.get(key.variable);
    let by_file = key.file_variable.and_then(|name| variables.get(name).map(|path| (name, path)));
    match (direct, by_file) {
        (Some(_), Some((file_name, _))) => Err(ConfigurationError::Twice { name: key.variable, file_name }),
        (Some(text), None) => Ok(Some((key.variable.to_owned(), text.clone()))),
        (None, Some((name, path))) => {
            // Editors and `echo` end files with a line feed, which is no part of a secret.
            let text = read(name, Path::new(path))?.trim_end_matches(['\r', '\n']).to_owned();
            Ok(Some((name.to_owned(), text)))
        }
        (None, None) => Ok(None),
    }
}

fn read(name: &str, path: &Path) -> Result<String, ConfigurationError> {
    fs::read_to_string(path).map_err(|cause| ConfigurationError::File {
        name: name.to_owned(),
        path: path.to_owned(),
        cause: cause.to_string(),
    })
}

/// The settings of a file by their names.
fn read_file(path: &Path) -> Result<BTreeMap<String, String>, ConfigurationError> {
    let text = read("--config", path)?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| ConfigurationError::File {
        name: "--config".to_owned(),
        path: path.to_owned(),
        // The message alone: the parser's own display repeats the line, which may hold a secret.
        cause: error.message().to_owned(),
    })?;
    let mut settings = BTreeMap::new();
    for (name, value) in table {
        match value {
            toml::Value::Table(section) => {
                for (inner, value) in section {
                    insert(path, &mut settings, format!("{name}.{inner}"), &value)?;
                }
            }
            value => insert(path, &mut settings, name, &value)?,
        }
    }
    Ok(settings)
}

fn insert(
    path: &Path,
    settings: &mut BTreeMap<String, String>,
    name: String,
    value: &toml::Value,
) -> Result<(), ConfigurationError> {
    if !keys::all().any(|key| key.name == name) {
        let nearest = nearest(&name, keys::all().map(|key| key.name));
        return Err(ConfigurationError::Unknown { place: path.display().to_string(), name, nearest });
    }
    let text = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(on) => on.to_string(),
        _ => {
            let cause = "must be a text, a whole number, true or false".to_owned();
            return Err(ConfigurationError::Value { name, cause });
        }
    };
    settings.insert(name, text);
    Ok(())
}

/// The known name most like one that is not known.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let distance = |known: &&str| strsim::damerau_levenshtein(name, known);
    known.min_by_key(distance).filter(|known| distance(known) <= name.len() / 2).map(str::to_owned)
}
