//! The environment of the process, captured once.
//!
//! Nothing else in prode reads a variable. A test builds one by hand.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// Where a platform keeps the files of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Platform {
    /// The XDG base directories.
    #[default]
    Unix,
    /// `~/Library`.
    MacOs,
    /// `%APPDATA%` and `%LOCALAPPDATA%`.
    Windows,
}

/// What the environment says. Empty variables count as absent.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Environment {
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// The folder that holds `config.yaml`.
    pub config_folder: Option<PathBuf>,
    /// The folder for files that can be made again.
    pub cache_folder: Option<PathBuf>,
    /// `PRODE_CONFIG`: the user's file, wherever it is.
    pub config_file: Option<PathBuf>,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set and not `0`.
    pub clicolor_force: bool,
    /// `GIT_INDEX_FILE`: the index of the commit that a hook runs for.
    pub git_index_file: Option<PathBuf>,
    /// `GIT_QUARANTINE_PATH`: where Git keeps what a push brings until its hooks took it.
    pub git_quarantine: Option<PathBuf>,
    /// `PAGER`.
    pub pager: Option<String>,
    /// `VISUAL`, else `EDITOR`.
    pub editor: Option<String>,
    /// `PATH`: where programs are looked for.
    pub search_path: Option<OsString>,
    /// `ADR_DATE`: the date of a new decision, as adr-tools has it.
    pub adr_date: Option<String>,
    /// `ADR_TEMPLATE`: the file that new decisions are made from.
    pub adr_template: Option<PathBuf>,
    /// `ADR_PAGER`: the program that help goes through.
    pub adr_pager: Option<String>,
    /// `TERM`.
    pub term: Option<String>,
    /// `COLUMNS`, where it is a number.
    pub columns: Option<u16>,
    /// Every other `PRODE_*` variable, by its full name.
    pub prode: BTreeMap<String, String>,
    /// Everything else, for programs that are handed some of it by name.
    pub(super) inherited: BTreeMap<String, PathBuf>,
}

/// Variables may hold tokens, so that only names are ever shown.
impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.prode.keys().collect();
        let mut shown = f.debug_struct("Environment");
        shown.field("home", &self.home).field("prode", &names).finish_non_exhaustive()
    }
}

impl Environment {
    /// What a program may see, of the variables that are called so.
    pub fn only<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<(String, OsString)> {
        let named = names.into_iter().filter_map(|name| self.inherited.get_key_value(name));
        named.map(|(name, value)| (name.clone(), value.clone().into_os_string())).collect()
    }

    /// The environment of this process.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the system")]
    pub fn capture() -> Self {
        let text = |it: std::ffi::OsString| it.to_string_lossy().into_owned();
        let variables = std::env::vars_os().map(|(name, value)| (text(name), value.into()));
        let platform = match std::env::consts::OS {
            "macos" => Platform::MacOs,
            "windows" => Platform::Windows,
            _ => Platform::Unix,
        };
        Self::of(platform, variables)
    }

    /// The environment that these variables make on a platform.
    pub fn of(platform: Platform, variables: impl IntoIterator<Item = (String, PathBuf)>) -> Self {
        let set = variables.into_iter().filter(|(_, value)| !value.as_os_str().is_empty());
        Variables(set.collect()).read(platform)
    }
}

struct Variables(BTreeMap<String, PathBuf>);

impl Variables {
    fn read(self, platform: Platform) -> Environment {
        let home = self.path(if platform == Platform::Windows { "USERPROFILE" } else { "HOME" });
        let folder = |it: PathBuf| it.join("prode");
        Environment {
            config_folder: self.config_base(platform, home.as_ref()).map(folder),
            cache_folder: self.cache_base(platform, home.as_ref()).map(folder),
            home,
            config_file: self.0.get("PRODE_CONFIG").cloned(),
            no_color: self.0.contains_key("NO_COLOR"),
            clicolor_force: self.text("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            git_index_file: self.0.get("GIT_INDEX_FILE").cloned(),
            git_quarantine: self.0.get("GIT_QUARANTINE_PATH").cloned(),
            pager: self.text("PAGER"),
            editor: self.text("VISUAL").or_else(|| self.text("EDITOR")),
            search_path: self.0.get("PATH").map(|path| path.clone().into_os_string()),
            adr_date: self.text("ADR_DATE"),
            adr_template: self.0.get("ADR_TEMPLATE").cloned(),
            adr_pager: self.text("ADR_PAGER"),
            term: self.text("TERM"),
            columns: self.text("COLUMNS").and_then(|value| value.parse().ok()),
            prode: self.prode(),
            inherited: self.0,
        }
    }

    fn config_base(&self, platform: Platform, home: Option<&PathBuf>) -> Option<PathBuf> {
        self.path("XDG_CONFIG_HOME").or_else(|| match platform {
            Platform::Unix => home.map(|home| home.join(".config")),
            Platform::MacOs => home.map(|home| home.join("Library/Application Support")),
            Platform::Windows => self.path("APPDATA"),
        })
    }

    fn cache_base(&self, platform: Platform, home: Option<&PathBuf>) -> Option<PathBuf> {
        self.path("XDG_CACHE_HOME").or_else(|| match platform {
            Platform::Unix => home.map(|home| home.join(".cache")),
            Platform::MacOs => home.map(|home| home.join("Library/Caches")),
            Platform::Windows => self.path("LOCALAPPDATA"),
        })
    }

    /// Base directories must be absolute; the XDG specification says to
    /// ignore others.
    fn path(&self, name: &str) -> Option<PathBuf> {
        self.0.get(name).filter(|path| path.is_absolute()).cloned()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.to_string_lossy().into_owned())
    }

    fn prode(&self) -> BTreeMap<String, String> {
        let ours = |name: &&String| name.starts_with("PRODE_") && *name != "PRODE_CONFIG";
        let names = self.0.keys().filter(ours);
        names.filter_map(|name| Some((name.clone(), self.text(name)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(platform: Platform, variables: &[(&str, &str)]) -> Environment {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), value.into()));
        Environment::of(platform, variables)
    }

    #[test]
    fn folders_follow_the_platform() {
        let unix = environment(Platform::Unix, &[("HOME", "/h")]);
        assert_eq!(unix.config_folder, Some("/h/.config/prode".into()));
        assert_eq!(unix.cache_folder, Some("/h/.cache/prode".into()));
        let mac = environment(Platform::MacOs, &[("HOME", "/h")]);
        assert_eq!(mac.config_folder, Some("/h/Library/Application Support/prode".into()));
        let xdg = environment(Platform::MacOs, &[("HOME", "/h"), ("XDG_CONFIG_HOME", "/x")]);
        assert_eq!(xdg.config_folder, Some("/x/prode".into()));
        let relative = environment(Platform::Unix, &[("HOME", "/h"), ("XDG_CACHE_HOME", "x")]);
        assert_eq!(relative.cache_folder, Some("/h/.cache/prode".into()));
        assert_eq!(environment(Platform::Unix, &[]).config_folder, None);
    }

    #[test]
    fn empty_variables_count_as_absent() {
        let empty = environment(Platform::Unix, &[("NO_COLOR", ""), ("PRODE_TRUNK", "")]);
        assert!(!empty.no_color && empty.prode.is_empty());
        let set = environment(Platform::Unix, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]);
        assert!(set.no_color && !set.clicolor_force);
    }

    #[test]
    fn values_are_never_shown() {
        let secret = environment(Platform::Unix, &[("PRODE_FORGE__TOKEN", "hunter2")]);
        assert!(!format!("{secret:?}").contains("hunter2"));
        assert!(format!("{secret:?}").contains("PRODE_FORGE__TOKEN"));
    }

    #[test]
    fn the_user_file_is_not_a_setting() {
        let named = environment(Platform::Unix, &[("PRODE_CONFIG", "my.yaml")]);
        assert_eq!(named.config_file, Some("my.yaml".into()));
        assert!(named.prode.is_empty());
    }
}
