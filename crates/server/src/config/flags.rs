//! The flags of settings, made from the table, so that every setting has one and the help is never behind.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, value_parser};

use super::keys;
use super::{Configuration, ConfigurationError, Sources};

/// The name under which the flags stand in the help.
const HEADING: &str = "Settings (each also by its variable, or in the file that --config names)";

/// Settings that were given as flags.
#[derive(Debug, Clone, Default)]
pub(crate) struct SettingFlags {
    flags: BTreeMap<&'static str, String>,
    file: Option<PathBuf>,
}

impl SettingFlags {
    /// The configuration: these flags, the environment, the file, the defaults.
    pub(crate) fn load(&self) -> Result<Configuration, ConfigurationError> {
        let environment: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
        Sources { flags: self.flags.clone(), environment, file: self.file.clone() }.load()
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for key in keys::all() {
            if let Some(text) = matches.get_one::<String>(key.name) {
                self.flags.insert(key.name, text.clone());
            }
        }
        if let Some(path) = matches.get_one::<PathBuf>("config") {
            self.file = Some(path.clone());
        }
        Ok(())
    }
}

impl Args for SettingFlags {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new("config")
            .long("config")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help_heading(HEADING)
            .help("A TOML file of settings [QADAM_CONFIG]");
        keys::all().fold(command.arg(file), |command, key| {
            let default = if key.default.is_empty() { String::new() } else { format!(" [{}]", key.default) };
            let arg = Arg::new(key.name)
                .long(key.flag)
                .value_name(key.value)
                .help_heading(HEADING)
                .help(format!("{} [{}]{default}", key.help, key.variable))
                // `-h` shows what most people set, `--help` everything.
                .hide_short_help(key.name.contains('.') && key.name != "database.url");
            command.arg(arg)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
