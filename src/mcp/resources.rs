//! Resources and skills in the protocol's form: lists in parts, bytes as they are.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rmcp::model::{
    JsonObject, ListResourcesResult, ListSkillsResult, MetaObject, ReadResourceResult, Resource,
    ResourceContents, ResourceTemplate, Skill, SkillFrontmatter, SkillResource, SkillResources,
};
use serde_json::Value;

use super::cursor::{Cursor, Digest};
use super::error::CallError;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::resources::{self, Uri};
use crate::workspace::{Asked, Workspace};

/// Resources of one part of a list.
const RESOURCES: usize = 100;
/// Skills of one part: each has up to 512 files.
const SKILLS: usize = 20;
/// Characters of an address: a path of the longest name that systems take, encoded.
const LONGEST: usize = 12_288;

/// How addresses are made.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    let page = "A page by its path in the repository, as citations have it";
    let markdown = [
        (PAGE, "page", "Page", page),
        (DECISION, "decision", "Decision", "A decision by its number"),
        (MANIFEST, "skill", "Skill", "The instructions of a skill"),
    ];
    let file = ResourceTemplate::new(FILE, "skill-file")
        .with_title("File of a skill")
        .with_description("A file of a skill's package");
    let template = |(uri, name, title, about)| {
        ResourceTemplate::new(uri, name)
            .with_title(title)
            .with_description(about)
            .with_mime_type("text/markdown")
    };
    let markdown = markdown.map(|row: (&str, &str, &str, &str)| template(row));
    markdown.into_iter().chain([file]).collect()
}

/// The templates.
pub(super) const PAGE: &str = "wiki://{+path}";
pub(super) const DECISION: &str = "adr://{number}";
pub(super) const MANIFEST: &str = "skill://{name}/SKILL.md";
pub(super) const FILE: &str = "skill://{name}/{+file}";

/// A part of the list of resources.
pub(super) fn list(
    workspace: &Workspace,
    cursor: Option<&str>,
) -> Result<ListResourcesResult, CallError> {
    let place = Place::read("resources/list", cursor)?;
    let listing = resources::list(workspace, &place.asked, place.offset, RESOURCES)?;
    let total = usize::try_from(listing.total).unwrap_or(usize::MAX);
    place.check(listing.commit, total)?;
    let item = |it: &resources::Item| {
        let resource = Resource::new(it.uri.to_string(), it.path.clone());
        let resource = resource.with_title(it.title.clone()).with_description(it.about.clone());
        let resource = resource.with_size(it.size);
        if has_markdown_name(&it.path) {
            resource.with_mime_type("text/markdown")
        } else {
            resource
        }
    };
    let mut result = ListResourcesResult::with_all_items(listing.items.iter().map(item).collect());
    result.next_cursor = listing.next.map(|next| place.encode(listing.commit, next, total));
    Ok(result)
}

fn has_markdown_name(path: &str) -> bool {
    crate::repo_path::is_markdown_name(path.as_bytes())
}

/// What an address names.
pub(super) fn read(workspace: &Workspace, uri: &str) -> Result<ReadResourceResult, CallError> {
    let content = resources::read(workspace, &parse(uri)?, &Asked::Trunk)?;
    let mut meta = MetaObject::new();
    meta.0.insert("prode/cite".to_owned(), content.cite.into());
    // Text is given as text only where it comes back byte by byte.
    let contents = match String::from_utf8(content.bytes) {
        Ok(text) => ResourceContents::text(text, uri),
        Err(error) => ResourceContents::blob(BASE64_STANDARD.encode(error.as_bytes()), uri),
    };
    let contents = contents.with_mime_type(content.mime).with_meta(meta);
    Ok(ReadResourceResult::new(vec![contents]))
}

/// A part of the list of skills.
pub(super) fn skills(
    workspace: &Workspace,
    cursor: Option<&str>,
) -> Result<ListSkillsResult, CallError> {
    let place = Place::read("skills/list", cursor)?;
    let listing = resources::skills(workspace, &place.asked, place.offset, SKILLS)?;
    place.check(listing.commit, listing.total)?;
    let mut result =
        ListSkillsResult::with_all_items(listing.skills.into_iter().filter_map(skill_of).collect());
    result.next_cursor = listing.next.map(|next| place.encode(listing.commit, next, listing.total));
    Ok(result)
}

/// One skill.
pub(super) fn skill(workspace: &Workspace, uri: &str) -> Result<Skill, CallError> {
    let skill = resources::skill(workspace, &parse(uri)?, &Asked::Trunk)?;
    skill_of(skill).ok_or_else(|| CallError::Defect(format!("'{uri}' has no manifest")))
}

fn skill_of(skill: resources::Skill) -> Option<Skill> {
    let mut extra: JsonObject = skill.front;
    let name = extra.shift_remove("name")?;
    let description = extra.shift_remove("description")?;
    let fields = extra.into_iter();
    let front = SkillFrontmatter::new(name.as_str()?, description.as_str()?);
    let front =
        fields.fold(front, |front, (key, value): (String, Value)| front.with_field(key, value));
    let file = |it: resources::File| {
        SkillResource::new(it.uri.to_string(), format!("sha256:{}", it.sha256), it.size)
    };
    let files = skill.files.into_iter().map(file).collect();
    Some(Skill::new(skill.uri.to_string(), front, SkillResources::Files(files)))
}

fn parse(uri: &str) -> Result<Uri, CallError> {
    if uri.len() > LONGEST {
        return Err(CallError::Op(OpError::NotFound {
            message: format!("the address has {} bytes; {LONGEST} are allowed", uri.len()),
            hint: "no page has one so long; list the resources".to_owned(),
        }));
    }
    uri.parse().map_err(|error: resources::BadUri| CallError::Op(error.into()))
}

/// Where a part of a list begins.
struct Place {
    /// The list, which no cursor of another fits.
    list: Digest,
    cursor: Option<Cursor>,
    asked: Asked,
    offset: usize,
}

impl Place {
    fn read(list: &str, cursor: Option<&str>) -> Result<Self, CallError> {
        let list = Digest::of(list.as_bytes());
        let cursor = cursor.map(Cursor::decode).transpose()?;
        if cursor.is_some_and(|cursor| cursor.arguments != list) {
            return Err(CallError::CursorOfAnother);
        }
        let commit = cursor.and_then(|cursor| cursor.commit);
        let asked = commit.map_or(Asked::Trunk, |commit| Asked::Rev(commit.to_string()));
        Ok(Self { list, cursor, asked, offset: cursor.map_or(0, |cursor| cursor.offset) })
    }

    /// That the list is still the one that the cursor leads through: of a commit it
    /// always is, of files on disk as far as their count tells.
    fn check(&self, commit: Option<CommitId>, total: usize) -> Result<(), CallError> {
        let is_it = |cursor: Cursor| cursor.commit == commit && cursor.answer == count(total);
        match self.cursor {
            Some(cursor) if !is_it(cursor) => Err(CallError::CursorMoved),
            _ => Ok(()),
        }
    }

    fn encode(&self, commit: Option<CommitId>, offset: usize, total: usize) -> String {
        Cursor { commit, offset, arguments: self.list, answer: count(total) }.encode()
    }
}

fn count(total: usize) -> Digest {
    Digest::of(&total.to_be_bytes())
}
