//! The index and its answers, beside bare tantivy over the very same documents.
//!
//! `build REPOSITORY`: the documents of all pages are made first and held in memory; bare
//! tantivy indexes them with two threads. Then prode indexes the repository: objects of
//! Git, Markdown, documents and all. Seconds and seconds of CPU of both.
//!
//! `resident REPOSITORY QUESTIONS`: two threads ask the questions (one of a line of JSON,
//! `query`) for some rounds, of one open index each: prode as `query --json` answers, and
//! bare tantivy: the question's words in title, headings, prose and code, ten documents
//! by BM25, with the same snippets of the same blobs, as JSON. Questions a second of both.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, run by hand"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use prode::clock::Clock;
use prode::config::Environment;
use prode::corpus::Page;
use prode::index::bare;
use prode::ops::query;
use prode::routing::analysis::Analyzer;
use prode::routing::query::Query;
use prode::routing::snippet::snippet;
use prode::workspace::{Asked, Options, Workspace};
use tantivy::collector::TopDocs;
use tantivy::indexer::UserOperation;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

const THREADS: usize = 2;
const ROUNDS: usize = 5;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["build", repository] => build(Path::new(repository)),
        ["resident", repository, questions] => resident(Path::new(repository), questions),
        _ => println!("nothing to measure; see benches/run engine"),
    }
}

fn open(repository: &Path) -> Workspace {
    Workspace::open(Options {
        repo: Some(repository.to_owned()),
        current: PathBuf::from("."),
        overrides: Vec::new(),
        environment: Environment::capture(),
        clock: Clock::system(),
    })
    .unwrap()
}

/// Wall and CPU seconds of `work`; a hundredth is the finest step of the latter.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let cpu = || {
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
    };
    let (begun, before) = (Instant::now(), cpu());
    let made = work();
    (made, begun.elapsed().as_secs_f64(), cpu() - before)
}

/// By page.
fn documents(workspace: &Workspace) -> Vec<Vec<TantivyDocument>> {
    let memory = workspace.memory(&Asked::Trunk).unwrap();
    let pages = memory.snapshot.pages().unwrap();
    let read = |page: &Page| {
        let bytes = workspace.bytes(&memory, page).unwrap();
        Page::read(page.path.clone(), page.blob, &bytes)
    };
    pages.iter().map(|page| bare::documents(&read(page))).collect()
}

fn bare_index(folder: &Path, documents: Vec<Vec<TantivyDocument>>) -> tantivy::Index {
    let index = bare::index(folder).unwrap();
    let mut writer = index.writer_with_num_threads(THREADS, THREADS * 100_000_000).unwrap();
    for page in documents {
        // Together, since a page is found again as the run of documents that it is.
        writer.run(page.into_iter().map(UserOperation::Add)).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    index
}

fn build(repository: &Path) {
    let documents = documents(&open(repository));
    let count: usize = documents.iter().map(Vec::len).sum();
    let folder = tempfile::tempdir().unwrap();
    let (_, bare_wall, bare_cpu) = timed(|| bare_index(folder.path(), documents));
    assert!(open(repository).index().clear());
    let (memory, wall, cpu) = timed(|| open(repository).memory(&Asked::Trunk).unwrap());
    println!("{} pages, {count} documents", memory.snapshot.len());
    println!("bare tantivy {bare_wall:.2} s, {bare_cpu:.2} s of CPU");
    println!("prode        {wall:.2} s, {cpu:.2} s of CPU");
    println!("prode / bare {:.2} of wall, {:.2} of CPU", wall / bare_wall, cpu / bare_cpu);
}

fn resident(repository: &Path, questions: &str) {
    let questions: Vec<String> = std::fs::read_to_string(questions)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|line| line["query"].as_str().unwrap().to_owned())
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let index = bare_index(folder.path(), documents(&open(repository)));
    let searcher = index.reader().unwrap().searcher();
    let bare = rate(&questions, || {
        let (searcher, workspace) = (searcher.clone(), open(repository));
        move |text: &str| ask_bare(&searcher, &workspace, text)
    });
    let own = rate(&questions, || {
        let workspace = open(repository);
        let memory = workspace.memory(&Asked::Trunk).unwrap();
        move |text: &str| {
            let options = query::Options { text: text.to_owned(), limit: 10, ..Default::default() };
            let answer = query::ask(&workspace, &memory, &options).unwrap();
            serde_json::to_string(&answer).unwrap().len()
        }
    });
    println!("bare tantivy {bare:.0} questions a second on {THREADS} threads");
    println!("prode        {own:.0}, {:.2} of it", own / bare);
}

/// Questions a second, over all threads; each asks every question once before it counts.
fn rate<A: Fn(&str) -> usize>(questions: &[String], asker: impl Fn() -> A + Sync) -> f64 {
    let work = || {
        let ask = asker();
        let bytes = || questions.iter().map(|text| ask(text)).sum::<usize>();
        let first = bytes();
        assert!(first > 0);
        let begun = Instant::now();
        let all: usize = (0..ROUNDS).map(|_| bytes()).sum();
        // Times differ in length as they are printed, answers do not.
        assert!(all > first * (ROUNDS - 1));
        begun.elapsed().as_secs_f64()
    };
    let seconds: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let asked = f64::from(u32::try_from(questions.len() * ROUNDS).unwrap());
    seconds.iter().map(|seconds| asked / seconds).sum()
}

fn ask_bare(searcher: &Searcher, workspace: &Workspace, text: &str) -> usize {
    let mut analyzer = Analyzer::default();
    let query = Query::literal(text, &mut analyzer);
    let schema = searcher.schema();
    let clauses = query.terms.iter().flat_map(|term| {
        ["title", "heading", "body", "code"].map(|field| {
            let term = Term::from_field_text(schema.get_field(field).unwrap(), term);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(query) as Box<dyn tantivy::query::Query>)
        })
    });
    let top = TopDocs::with_limit(10).order_by_score();
    let found = searcher.search(&BooleanQuery::new(clauses.collect()), &top).unwrap();
    let terms: Vec<&str> = query.terms.iter().map(String::as_str).collect();
    let hits: Vec<serde_json::Value> = found
        .into_iter()
        .map(|(score, address)| {
            let sections = searcher.segment_reader(address.segment_ord).fast_fields();
            let section = sections.u64("section").unwrap().first(address.doc_id).unwrap();
            let section = u32::try_from(section).unwrap();
            let head = DocAddress::new(address.segment_ord, address.doc_id - section);
            let document: TantivyDocument = searcher.doc(head).unwrap();
            let stored = document.get_first(schema.get_field("page").unwrap()).unwrap();
            let page = bare::page(stored.as_bytes().unwrap()).unwrap();
            let bytes = workspace.repository().unwrap().blob(page.blob).unwrap();
            let span = page.headings[section as usize].span;
            let text = String::from_utf8_lossy(&bytes[span.start as usize..span.end as usize]);
            let snippet = snippet(&text, &terms, &mut analyzer);
            serde_json::json!({
                "score": score, "path": page.path.text(), "title": page.title, "snippet": snippet,
            })
        })
        .collect();
    serde_json::to_string(&hits).unwrap().len()
}
