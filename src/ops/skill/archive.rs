//! A package as one file: gzip over tar, the same bytes for the same files.
//!
//! Written: files in path order below the skill's name, times 0, no owners,
//! modes 644 and 755. Read: regular files below one folder and nothing else;
//! an archive that holds anything more is refused as a whole.

use std::collections::HashSet;
use std::io::{Read, Write};

use flate2::{Compression, GzBuilder, read::GzDecoder};
use tar::{Archive, Builder, EntryType, Header};

use crate::skill::{File, MAX_FILES, MAX_TOTAL, Package, unsafe_path};

/// What headers and padding may add to the files of an archive.
const OVERHEAD: u64 = 4 * 1024 * 1024;

/// The archive of `package`; what the system says where it cannot be made.
pub(super) fn pack(package: &Package) -> std::io::Result<Vec<u8>> {
    let gzip = GzBuilder::new().mtime(0).operating_system(255);
    let mut builder = Builder::new(gzip.write(Vec::new(), Compression::new(6)));
    for file in &package.files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_size(file.bytes.len() as u64);
        header.set_mode(if file.executable { 0o755 } else { 0o644 });
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        let path = format!("{}/{}", package.folder, file.path);
        builder.append_data(&mut header, path, file.bytes.as_slice())?;
    }
    let mut gzip = builder.into_inner()?;
    gzip.flush()?;
    gzip.finish()
}

/// The package in an archive; why not, where it is refused.
pub(super) fn unpack(bytes: &[u8]) -> Result<Package, String> {
    let unreadable = |error: std::io::Error| format!("it is no .tar.gz that can be read: {error}");
    let limited = GzDecoder::new(bytes).take(MAX_TOTAL + OVERHEAD);
    let mut archive = Archive::new(limited);
    let mut folder: Option<String> = None;
    let mut files: Vec<File> = Vec::new();
    let mut seen = HashSet::new();
    let mut total = 0;
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        let path = entry.path_bytes().into_owned();
        let path = String::from_utf8(path).map_err(|_| "a path in it is not UTF-8".to_owned())?;
        let kind = entry.header().entry_type();
        if matches!(kind, EntryType::XGlobalHeader) {
            continue;
        }
        if kind == EntryType::Directory {
            let path = path.trim_end_matches('/');
            if path != "." {
                safe(path)?;
            }
            continue;
        }
        if kind != EntryType::Regular {
            return Err(format!("'{path}' in it is not a regular file"));
        }
        let path = path.strip_prefix("./").unwrap_or(&path);
        safe(path)?;
        let (top, below) = path
            .split_once('/')
            .ok_or_else(|| format!("'{path}' does not stand in the skill's folder"))?;
        if folder.get_or_insert_with(|| top.to_owned()) != top {
            return Err("it holds more than one folder".to_owned());
        }
        if !seen.insert(below.to_lowercase()) {
            return Err(format!("'{below}' stands in it twice"));
        }
        total += entry.size();
        if files.len() == MAX_FILES || total > MAX_TOTAL {
            return Err(format!("it holds more than {MAX_FILES} files or {MAX_TOTAL} bytes"));
        }
        let executable = entry.header().mode().is_ok_and(|mode| mode & 0o100 != 0);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 != entry.size() {
            return Err(format!("'{below}' is cut short"));
        }
        files.push(File { path: below.to_owned(), bytes, executable });
    }
    let folder = folder.ok_or("it holds no file")?;
    Ok(Package::new(folder, files))
}

fn safe(path: &str) -> Result<(), String> {
    let bare = path.strip_prefix("./").unwrap_or(path);
    match unsafe_path(bare) {
        Some(why) => Err(format!("the path '{path}' is refused: {why}")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> Package {
        let file = |path: &str, executable| File {
            path: path.to_owned(),
            bytes: path.as_bytes().to_vec(),
            executable,
        };
        let long = format!("references/{}.md", "x".repeat(150));
        Package::new(
            "triage",
            vec![file("SKILL.md", false), file("scripts/run", true), file(&long, false)],
        )
    }

    /// A `.tar.gz` of entries as they are given.
    fn hostile(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
        let mut builder = Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        for (path, kind, bytes) in entries {
            let mut header = Header::new_gnu();
            header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            if kind.is_symlink() || kind.is_hard_link() {
                header.set_link_name("/etc/passwd").unwrap();
            }
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn a_package_survives_its_archive_and_is_the_same_bytes_each_time() {
        let bytes = pack(&package()).unwrap();
        assert_eq!(unpack(&bytes).unwrap(), package());
        assert_eq!(pack(&package()).unwrap(), bytes);
        assert_eq!(bytes[4..8], [0; 4], "no time");
    }

    #[test]
    fn an_archive_that_could_do_harm_is_refused_as_a_whole() {
        let good = ("triage/SKILL.md", EntryType::Regular, &b"x"[..]);
        for (path, kind) in [
            ("/etc/x", EntryType::Regular),
            ("../x", EntryType::Regular),
            ("triage/../../x", EntryType::Regular),
            ("triage/a\\..\\x", EntryType::Regular),
            ("triage/.git/hooks/post-commit", EntryType::Regular),
            ("triage/link", EntryType::Symlink),
            ("triage/link", EntryType::Link),
            ("triage/pipe", EntryType::Fifo),
            ("triage/device", EntryType::Char),
            ("other/x", EntryType::Regular),
            ("loose", EntryType::Regular),
            ("triage/skill.MD", EntryType::Regular),
            ("triage/../up/", EntryType::Directory),
        ] {
            let bytes = hostile(&[good, (path, kind, b"")]);
            assert!(unpack(&bytes).is_err(), "{path} {kind:?}");
        }
        assert!(unpack(&hostile(&[good, ("./triage/b.md", EntryType::Regular, b"y")])).is_ok());
        assert!(unpack(b"PK\x03\x04").is_err());
        assert!(unpack(&[]).is_err());
        let cut = pack(&package()).unwrap();
        assert!(unpack(&cut[..cut.len() / 2]).is_err());
    }

    #[test]
    fn a_bomb_ends_at_the_limits() {
        let zeros = vec![0; usize::try_from(MAX_TOTAL).unwrap() + 1];
        let bytes = hostile(&[("triage/big", EntryType::Regular, &zeros)]);
        assert!(bytes.len() < 100_000 && unpack(&bytes).is_err());
        let names: Vec<String> = (0..=MAX_FILES).map(|at| format!("triage/{at}")).collect();
        let many: Vec<_> =
            names.iter().map(|it| (it.as_str(), EntryType::Regular, &b""[..])).collect();
        assert!(unpack(&hostile(&many)).is_err());
    }
}
