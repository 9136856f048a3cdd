//! The folder of decisions: found upward, listed, read, held.
//!
//! Paths are shown as one would type them from the current folder, `../`
//! included. Names that are not Unicode cannot be linked to and are left out.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::error::AdrToolsError;
use super::text::name;

/// Where `init` keeps the folder, in the folder that it was called in.
pub(super) const ADR_DIR: &str = ".adr-dir";

/// Where decisions stand if nobody says otherwise.
const DEFAULT: &str = "doc/adr";

/// A folder of decisions.
#[derive(Debug)]
pub(super) struct Log {
    /// As it is shown.
    shown: String,
    folder: PathBuf,
}

/// No other process of this program numbers or links decisions while it lives.
/// The system lets go of it however the process ends. Where a folder cannot be
/// locked, files are still created without overwriting any.
pub(super) struct Held(#[expect(dead_code, reason = "closing it lets go")] Option<File>);

impl Log {
    /// The folder that belongs to `current`: in the nearest folder above it
    /// that has one, what `.adr-dir` names, else `doc/adr`. It may not exist.
    pub(super) fn find(current: &Path) -> Result<Self, AdrToolsError> {
        let whole = fs::canonicalize(current).unwrap_or_else(|_| current.to_owned());
        for depth in 0..whole.components().count() {
            let above = "../".repeat(depth);
            let marker = current.join(format!("{above}{ADR_DIR}"));
            if marker.is_file() {
                return Ok(Self::below(current, &above, &named(&marker)?));
            }
            if current.join(format!("{above}{DEFAULT}")).is_dir() {
                return Ok(Self::below(current, &above, DEFAULT));
            }
        }
        Ok(Self::at(current, DEFAULT))
    }

    /// The folder at `path`, seen from `current`.
    pub(super) fn at(current: &Path, path: &str) -> Self {
        Self::below(current, "", path)
    }

    fn below(current: &Path, above: &str, path: &str) -> Self {
        let bare = match path.trim_end_matches('/') {
            "" => "/",
            bare => bare,
        };
        let is_absolute = Path::new(bare).is_absolute();
        let shown = if is_absolute { bare.to_owned() } else { format!("{above}{bare}") };
        Self { folder: current.join(&shown), shown }
    }

    /// The folder as it is shown.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// A file of it as it is shown.
    pub(super) fn shown_file(&self, name: &str) -> String {
        format!("{}/{name}", self.shown.trim_end_matches('/'))
    }

    /// A file of it.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// True if it is there.
    pub(super) fn exists(&self) -> bool {
        self.folder.is_dir()
    }

    /// Makes it, and the folders above it.
    pub(super) fn create(&self) -> Result<(), AdrToolsError> {
        fs::create_dir_all(&self.folder).map_err(AdrToolsError::io("make the folder", &self.folder))
    }

    /// Waits until no other process holds it.
    pub(super) fn hold(&self) -> Held {
        Held(File::open(&self.folder).ok().filter(|folder| folder.lock().is_ok()))
    }

    /// The files that are decisions, by name; an error where there is no folder.
    pub(super) fn decisions(&self) -> Result<Vec<String>, AdrToolsError> {
        if !self.exists() {
            return Err(AdrToolsError::NoFolder(self.shown.clone()));
        }
        let mut names = self.names(|entry, text| name::is_decision(text) && is_file(entry))?;
        names.sort_unstable();
        Ok(names)
    }

    /// The number that the next decision gets: every entry of the folder counts.
    pub(super) fn next_number(&self) -> Result<u64, AdrToolsError> {
        let names = self.names(|_, _| true)?;
        let number = name::next_number(names.iter().map(String::as_str));
        number.ok_or_else(|| AdrToolsError::NoNumber(self.shown.clone()))
    }

    fn names(
        &self,
        wanted: impl Fn(&fs::DirEntry, &str) -> bool,
    ) -> Result<Vec<String>, AdrToolsError> {
        let wrong = |error| AdrToolsError::io("list", &self.folder)(error);
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let name = entry.file_name().into_string();
            names.extend(name.ok().filter(|name| wanted(&entry, name)));
        }
        Ok(names)
    }

    /// A decision's text. It will be edited: it must be UTF-8, and no link may
    /// lead out of the folder.
    pub(super) fn read(&self, name: &str) -> Result<String, AdrToolsError> {
        let path = self.file(name);
        let real = |path: &Path| fs::canonicalize(path).map_err(AdrToolsError::io("read", path));
        if !real(&path)?.starts_with(real(&self.folder)?) {
            return Err(AdrToolsError::Outside(self.shown_file(name)));
        }
        text(&path, &self.shown_file(name))
    }

    /// A decision's text to look at; what is not UTF-8 is replaced.
    pub(super) fn glance(&self, name: &str) -> Result<String, AdrToolsError> {
        let path = self.file(name);
        let bytes = fs::read(&path).map_err(AdrToolsError::io("read", &path))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A file's text; an error that shows it as `shown` where it is not UTF-8.
pub(super) fn text(path: &Path, shown: &str) -> Result<String, AdrToolsError> {
    let bytes = fs::read(path).map_err(AdrToolsError::io("read", Path::new(shown)))?;
    String::from_utf8(bytes).map_err(|error| AdrToolsError::NotUtf8 {
        path: shown.to_owned(),
        at: error.utf8_error().valid_up_to(),
    })
}

/// The path in `.adr-dir`, which holds nothing else but perhaps a line end.
fn named(marker: &Path) -> Result<String, AdrToolsError> {
    let text = text(marker, ADR_DIR)?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.filter(|line| !line.is_empty()).map(str::to_owned).next();
    first.ok_or_else(|| AdrToolsError::EmptyAdrDir(marker.to_owned()))
}

/// A link to a file is one.
fn is_file(entry: &fs::DirEntry) -> bool {
    match entry.file_type() {
        Ok(kind) if kind.is_symlink() => entry.path().is_file(),
        Ok(kind) => kind.is_file(),
        Err(_) => false,
    }
}
