//! A question of a browser, asked of the operations that the command line asks.

mod audit;
mod comparing;
mod runs;

use maud::Markup;

use super::address::{Addresses, Place, When};
use super::layout::Shell;
use super::pages::{self, page::Whole, search::Results, trouble::Told};
use super::reply::{Reply, status};
use super::request::{Around, Inbox, Request, Route, Search};
use crate::hint::Helpful as _;
use crate::ops::links::{self, Links};
use crate::ops::show::{self, Shown};
use crate::ops::{
    OpError, adr, blame, graph, inbox, list, log, overview, picture, query, recent, skill, usage,
};
use crate::repo_path::RepoPath;
use crate::routing::query::Filters;
use crate::workspace::{Memory, Workspace};

/// Pages that the front page names as changed last.
const RECENT: usize = 12;
/// Commits beside a page.
const LAST: usize = 5;
/// Earlier days of a page that a slider goes over.
const DAYS: usize = 100;
/// Bytes of Markdown that are no text are told as such by their type alone.
const MARKDOWN: &str = "text/plain; charset=utf-8";

/// What a browser gets for a path and a query. A failure is a page too.
/// `may_decide` is true for whoever may decide on learnings.
pub fn answer(workspace: &Workspace, path: &str, query: &str, may_decide: bool) -> Reply {
    let shell = Shell { memory: name(workspace), ..Shell::default() };
    let request = match Request::read(path, query) {
        Ok(request) => request,
        Err(error) => return failure(&shell.memory, &error, path),
    };
    let asking = Asking { workspace, when: request.when.clone(), may_decide };
    let shell = Shell { addresses: Addresses::at(request.when), ..shell };
    match asking.route(&shell, request.route) {
        Ok(reply) => reply,
        Err(error) => failure(&shell.memory, &error, path),
    }
}

/// A page that says what went wrong. Its links lead to the memory as it is now, since
/// the revision may be what is wrong.
pub(super) fn failure(memory: &str, error: &OpError, path: &str) -> Reply {
    let status = status(error);
    let found = (status == 404).then(|| words_of(path)).filter(|words| !words.is_empty());
    let told = Told { message: &error.to_string(), hints: &error.hints(), search: found };
    trouble(memory, status, &told)
}

/// What the last part of a path may mean, to be searched for.
fn words_of(path: &str) -> String {
    let last = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let stem = RepoPath::from_git(last).file_stem();
    let words = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(10).collect::<Vec<_>>().join(" ")
}

/// A page that says why nothing was asked at all.
pub fn refused(memory: &str, status: u16, message: &str, hints: &[String]) -> Reply {
    trouble(memory, status, &Told { message, hints, search: None })
}

fn trouble(memory: &str, status: u16, told: &Told<'_>) -> Reply {
    let title = status.to_string();
    let shell = Shell { memory: memory.to_owned(), title, ..Shell::default() };
    let main = pages::trouble::trouble(&shell.addresses, status, told);
    Reply::page(status, shell.around(&main))
}

/// What people call the memory: its folder's name.
pub(super) fn name(workspace: &Workspace) -> String {
    let folder = workspace.folder().or_else(|| Some(workspace.repository()?.git_dir()));
    let name = folder.and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    name.map_or_else(|| "memory".to_owned(), |it| it.trim_end_matches(".git").to_owned())
}

/// One question to one workspace.
pub(super) struct Asking<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) when: When,
    pub(super) may_decide: bool,
}

impl Asking<'_> {
    fn route(&self, shell: &Shell, route: Route) -> Result<Reply, OpError> {
        match route {
            Route::Home => self.home(shell),
            Route::Search(search) => self.search(shell, &search),
            Route::Page(path) => self.page(shell, &path),
            Route::Raw(path) => self.raw(&path),
            Route::History(path, from) => self.history(shell, &path, from),
            Route::Blame(path, from) => self.blame(shell, &path, from),
            Route::Diff(path, since) => self.diff(shell, &path, since),
            Route::Picture(path) => {
                let picture = picture::run(self.workspace, &path, &self.when.asked())?;
                Ok(Reply::file(picture.mime, picture.bytes))
            }
            Route::Decisions(statuses, from) => self.decisions(shell, &statuses, from),
            Route::Decision(number) => self.decision(shell, number),
            Route::Skills => {
                let (answer, memory) = skill::list::run(self.workspace, &self.when.asked())?;
                let main = pages::skills::skills(shell, &answer);
                Ok(reply(shell, ("Skills", Place::Skills), &memory, &main))
            }
            Route::Skill(name) => self.skill(shell, &name),
            Route::Inbox(wanted) => self.inbox(shell, &wanted),
            Route::Learning(id, done) => self.decided(shell, &id, done, None),
            Route::Graph(around, is_picture) => self.graph(shell, &around, is_picture),
            Route::Audit(wanted) => self.audit(shell, &wanted),
            Route::Runs(wanted) => self.runs(shell, &wanted),
            Route::Run(id, from) => self.run(shell, &id, from),
            Route::Finding(id, wanted) => self.finding(shell, &id, &wanted),
        }
    }

    fn home(&self, shell: &Shell) -> Result<Reply, OpError> {
        let (overview, memory) = overview::run(self.workspace, &self.when.asked(), RECENT)?;
        let main = pages::home::home(shell, &overview);
        Ok(reply(shell, ("Home", Place::Home), &memory, &main))
    }

    fn search(&self, shell: &Shell, search: &Search) -> Result<Reply, OpError> {
        let addresses = &shell.addresses;
        let shell = Shell { has_search: true, ..shell.clone() };
        let part = |main| Ok(Reply::page(200, main));
        let lets_in = search.include != crate::ops::Include::default();
        if search.text.is_empty() && !lets_in {
            let limit = Some(search.from + pages::search::LISTED);
            let filters = search.filters.clone();
            let options =
                list::Options { asked: self.when.asked(), filters, limit, ..no_filters() };
            let (list, memory) = list::run(self.workspace, &options)?;
            let found = Results::Pages(&list);
            if search.part {
                return part(pages::search::results(addresses, search, &found));
            }
            let main = pages::search::search(&shell, search, &list.kinds, &found);
            return Ok(reply(&shell, ("Pages", Place::Search), &memory, &main));
        }
        let (answer, memory) = query::run(self.workspace, &self.question(search))?;
        let found = Results::Hits(&answer);
        if search.part {
            return part(pages::search::results(addresses, search, &found));
        }
        usage::found(self.workspace, &answer);
        let options = list::Options { asked: self.when.asked(), limit: Some(0), ..no_filters() };
        let (list, _) = list::run(self.workspace, &options)?;
        let main = pages::search::search(&shell, search, &list.kinds, &found);
        Ok(reply(&shell, ("Search", Place::Search), &memory, &main))
    }

    fn question(&self, search: &Search) -> query::Options {
        query::Options {
            text: search.text.clone(),
            asked: self.when.asked(),
            limit: search.from + pages::search::SIZE,
            filters: search.filters.clone(),
            include: search.include,
            why: true,
        }
    }

    /// A page by its path; by another name of it, the way to its path.
    fn page(&self, shell: &Shell, path: &RepoPath) -> Result<Reply, OpError> {
        let reference = self.reference(path)?;
        let options = show::Options { reference: reference.clone(), asked: self.when.asked() };
        let (shown, memory) = show::run(self.workspace, &options)?;
        let found = super::markdown::elsewhere(&shown, &shown.path);
        if found != path.text() {
            return Ok(Reply::elsewhere(shell.addresses.of(Place::Page(&found))));
        }
        usage::opened(self.workspace, &shown);
        self.shown(shell, &shown, &memory, &reference)
    }

    fn shown(
        &self,
        shell: &Shell,
        shown: &Shown,
        memory: &Memory,
        reference: &str,
    ) -> Result<Reply, OpError> {
        let links = self.links(reference)?;
        let is_here = shown.memory.is_none() && self.workspace.repository().is_some();
        let log = is_here.then(|| self.log(reference, LAST)).transpose()?;
        let decision = match shown.kind.as_str() {
            "adr" if is_here => {
                self.all_decisions()?.0.decisions.into_iter().find(|it| it.path == shown.path)
            }
            _ => None,
        };
        let here =
            is_here.then(|| RepoPath::from_git(super::markdown::elsewhere(shown, &shown.path)));
        let days = here.map(|path| recent::days(self.workspace, &path, DAYS)).transpose()?;
        let whole = Whole {
            shown,
            links: &links,
            log: log.as_ref(),
            decision: decision.as_ref(),
            days: &days.unwrap_or_default(),
        };
        let main = pages::page::page(shell, &whole);
        let place = Place::Page(&shown.path);
        Ok(reply(shell, (&shown.title, place), memory, &main))
    }

    fn links(&self, reference: &str) -> Result<Links, OpError> {
        let options = links::Options { reference: reference.to_owned(), asked: self.when.asked() };
        Ok(links::run(self.workspace, &options)?.0)
    }

    fn log(&self, reference: &str, limit: usize) -> Result<log::Log, OpError> {
        let (reference, asked) = (reference.to_owned(), self.when.asked());
        let options = log::Options { reference, asked, limit: Some(limit) };
        Ok(log::run(self.workspace, &options, &|_, _| {})?.0)
    }

    /// How operations are told of a path. One that is not there as it stands may be
    /// written as answers write bytes that are no text; a colon in one of this
    /// repository names no other memory.
    pub(super) fn reference(&self, path: &RepoPath) -> Result<String, OpError> {
        let mut plain = path.cite_text();
        if path.as_bytes().contains(&b'%') {
            let memory = self.workspace.memory(&self.when.asked())?;
            if !self.workspace.exists(&memory, path) {
                plain = path.text().into_owned();
            }
        }
        let has_colon = plain.split('/').next().is_some_and(|first| first.contains(':'));
        let is_here = has_colon && self.workspace.names_other(&plain).is_none();
        Ok(if is_here { format!("./{plain}") } else { plain })
    }

    fn raw(&self, path: &RepoPath) -> Result<Reply, OpError> {
        let options = show::Options { reference: self.reference(path)?, asked: self.when.asked() };
        let (shown, _) = show::run(self.workspace, &options)?;
        shown.expect_read()?;
        Ok(Reply::file(MARKDOWN, shown.bytes))
    }

    fn history(&self, shell: &Shell, path: &RepoPath, from: usize) -> Result<Reply, OpError> {
        let (reference, asked) = (self.reference(path)?, self.when.asked());
        let limit = Some(from + pages::history::SIZE);
        let options = log::Options { reference, asked, limit };
        let (log, memory) = log::run(self.workspace, &options, &|_, _| {})?;
        let main = pages::history::history(shell, &log, from);
        let title = format!("History of {}", log.title);
        Ok(reply(shell, (&title, Place::History(&log.path)), &memory, &main))
    }

    fn blame(&self, shell: &Shell, path: &RepoPath, from: usize) -> Result<Reply, OpError> {
        let (reference, asked) = (self.reference(path)?, self.when.asked());
        let options = blame::Options { reference, asked };
        let (blame, memory) = blame::run(self.workspace, &options, &|_, _| {})?;
        let main = pages::blame::blame(shell, &blame, from);
        let title = format!("Lines of {}", blame.title);
        Ok(reply(shell, (&title, Place::Blame(&blame.path)), &memory, &main))
    }

    fn all_decisions(&self) -> Result<(adr::list::List, Memory), OpError> {
        let asked = self.when.asked();
        let options = adr::list::Options { asked, statuses: Vec::new(), log: None, by_day: true };
        adr::list::run(self.workspace, &options)
    }

    fn decisions(&self, shell: &Shell, statuses: &[String], from: usize) -> Result<Reply, OpError> {
        let (list, memory) = self.all_decisions()?;
        let main = pages::decisions::decisions(shell, &list, statuses, from);
        Ok(reply(shell, ("Decisions", Place::Decisions), &memory, &main))
    }

    fn decision(&self, shell: &Shell, number: u32) -> Result<Reply, OpError> {
        let reference = format!("adr/{number}");
        let options = show::Options { reference: reference.clone(), asked: self.when.asked() };
        let (shown, memory) = show::run(self.workspace, &options)?;
        usage::opened(self.workspace, &shown);
        self.shown(shell, &shown, &memory, &reference)
    }

    fn skill(&self, shell: &Shell, name: &str) -> Result<Reply, OpError> {
        let (answer, memory) = skill::show::run(self.workspace, name, &self.when.asked())?;
        let manifest = RepoPath::from_git(answer.path.as_str()).join(crate::skill::MANIFEST);
        let reference = manifest.ok_or_else(super::request::nothing)?.cite_text();
        let options = show::Options { reference: reference.clone(), asked: self.when.asked() };
        let (shown, _) = show::run(self.workspace, &options)?;
        usage::opened(self.workspace, &shown);
        let main = pages::skill::skill(shell, &answer, &shown, &self.links(&reference)?);
        Ok(reply(shell, (&answer.name, Place::Skill(&answer.name)), &memory, &main))
    }

    /// Learnings are on a branch of their own, which is as it is now at any revision.
    fn inbox(&self, shell: &Shell, wanted: &Inbox) -> Result<Reply, OpError> {
        let Inbox { states, all, owner, .. } = wanted.clone();
        let options = inbox::ListOptions { states, all, owner, target: None };
        let listing = inbox::list(self.workspace, &options)?;
        let memory = self.workspace.memory(&self.when.asked())?;
        let main = pages::inbox::inbox(shell, &listing, wanted);
        Ok(reply(shell, ("Inbox", Place::Inbox), &memory, &main))
    }

    fn graph(&self, shell: &Shell, around: &Around, is_picture: bool) -> Result<Reply, OpError> {
        let options = graph::Options {
            reference: around.page.clone(),
            depth: around.depth,
            asked: self.when.asked(),
            filters: Filters { kinds: around.kinds.clone(), ..Filters::default() },
        };
        let (graph, memory) = graph::kept(self.workspace, &options)?;
        if is_picture && graph.pages.len() > pages::graph::DRAWN {
            return Err(OpError::Usage {
                message: format!("{} pages are too many for a picture", graph.pages.len()),
                hint: "choose a kind, or look around a page; all of it: prode graph --format svg"
                    .to_owned(),
            });
        }
        if is_picture {
            return Ok(Reply::drawn(graph.svg()));
        }
        let main = pages::graph::graph(shell, &graph, around, &[]);
        Ok(reply(shell, ("Graph", Place::Graph), &memory, &main))
    }
}

/// The page around `main`, with what the reader should know of the memory.
pub(super) fn reply(
    shell: &Shell,
    (title, place): (&str, Place<'_>),
    memory: &Memory,
    main: &Markup,
) -> Reply {
    let commit = memory.revision.commit.map(|commit| commit.to_string());
    let shell = Shell {
        title: title.to_owned(),
        revision: Some((memory.revision.name.clone(), commit)),
        notes: memory.notes(),
        now: Some(Addresses::default().of(place)),
        ..shell.clone()
    };
    Reply::page(200, shell.around(main))
}

fn no_filters() -> list::Options {
    list::Options {
        asked: crate::workspace::Asked::Trunk,
        filters: Filters::default(),
        sort: list::Sort::Path,
        limit: None,
    }
}
