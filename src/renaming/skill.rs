//! A skill is called like its folder.

use super::edit::Edit;
use crate::corpus::Page;

/// The manifest's new name where its folder got one, if it had the folder's
/// name before; `bytes` are the manifest's.
pub fn rename_skill(old: &Page, new: &Page, bytes: &[u8]) -> Option<Edit> {
    let (was, is) = (old.path.parent(), new.path.parent());
    let skill = old.skill.as_ref()?;
    if skill.name != was.file_name() || was.file_name() == is.file_name() {
        return None;
    }
    let head = std::str::from_utf8(bytes.get(..old.front.body_start as usize)?).ok()?;
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        if let Some(value) = line.strip_prefix("name:") {
            let start = at + line.len() - value.len() + value.find(&skill.name)?;
            return Some(Edit::new(start..start + skill.name.len(), is.file_name()));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;
    use crate::ids::BlobId;
    use crate::repo_path::RepoPath;

    #[test]
    fn the_name_follows_the_folder() {
        let text = b"---\nname: \"a-b\"\ndescription: x\n---\n# a-b\n";
        let page = |at: &str| Page::read(RepoPath::new(at).unwrap(), BlobId([0; 20]), text).0;
        let edit = rename_skill(&page("skills/a-b/SKILL.md"), &page("skills/c/SKILL.md"), text);
        let after = apply(text, &[edit.unwrap()]);
        assert!(
            after.starts_with(b"---\nname: \"c\"\ndesc"),
            "{}",
            String::from_utf8_lossy(&after)
        );
        assert_eq!(
            rename_skill(&page("skills/x/SKILL.md"), &page("skills/c/SKILL.md"), text),
            None
        );
    }
}
