//! A forge on the loopback: it keeps pull requests, labels, reviews and
//! comments over a real bare repository, speaks as GitHub, GitLab or Gitea do,
//! and can fail in every way that a real one does. It keeps tickets too, and
//! speaks as Linear then as well.
//!
//! What it is asked as GitHub, and what it answers, is held to GitHub's own
//! `OpenAPI` description where that is at hand, and as Linear to its published
//! schema, without which no test of Linear runs. Of the other two no description
//! can be had; what they take is written here from their public pages, and a
//! field that they do not know is a fault.

mod contract;
mod faults;
mod gitea;
mod github;
mod gitlab;
mod http;
mod issues;
mod linear;
mod moves;
mod schema;
mod world;

pub(crate) use contract::Contract;
pub(crate) use faults::{Fault, Step};
pub(crate) use issues::{Issue, STAFF, SYSTEM};
pub(crate) use schema::linear as linear_schema;
pub(crate) use world::{Comment, Pull, Review, State, World};

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};

use http::{Answer, Request};

/// Which forge it speaks as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    GitHub,
    GitLab,
    Gitea,
    /// A tracker, and no forge.
    Linear,
}

/// What a kind is like: what tests ask of it besides its answers. Each file has its own.
pub(crate) struct Row {
    /// As settings write it.
    pub(crate) name: &'static str,
    /// How a number is marked.
    pub(crate) mark: char,
    /// What stands before the token.
    pub(crate) scheme: &'static str,
    /// Where its API begins.
    pub(crate) path: &'static str,
    /// Below it, where a pull request is opened; empty for a tracker.
    pub(crate) pulls: &'static str,
    /// Where the team's own template of a pull request stands.
    pub(crate) template: &'static str,
    /// Teams can be asked for a review.
    pub(crate) asks_teams: bool,
    /// It says who closed a pull request.
    pub(crate) tells_closer: bool,
    /// The first request that moves a ticket.
    pub(crate) moving: Step,
    answer: fn(&mut World, &Request) -> Answer,
}

impl Kind {
    /// Forges.
    pub(crate) const ALL: [Self; 3] = [Self::GitHub, Self::GitLab, Self::Gitea];

    pub(crate) fn row(self) -> &'static Row {
        match self {
            Self::GitHub => &github::ROW,
            Self::GitLab => &gitlab::ROW,
            Self::Gitea => &gitea::ROW,
            Self::Linear => &linear::ROW,
        }
    }

    /// As settings write it.
    pub(crate) fn name(self) -> &'static str {
        self.row().name
    }

    /// The first request that moves a ticket.
    pub(crate) fn moving(self) -> Step {
        self.row().moving
    }

    /// How a number is marked.
    pub(crate) fn mark(self) -> char {
        self.row().mark
    }
}

/// The token that it takes, put together so that no scanner takes it for one.
pub(crate) fn token() -> String {
    ["stand", "in", "token"].join("-")
}

/// The account that the token acts as.
pub(crate) const ROBOT: &str = "robot";

/// The repository's name there.
pub(crate) const REPO: &str = "org/repo";

/// A running forge; it ends with the value.
pub(crate) struct StandIn {
    kind: Kind,
    address: String,
    world: Arc<Mutex<World>>,
    held: Receiver<()>,
}

impl StandIn {
    /// Over the bare repository `git`.
    pub(crate) fn serve(kind: Kind, git: &Path) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback");
        let address = listener.local_addr().expect("an address").to_string();
        let world = Arc::new(Mutex::new(World::new(kind, git, &address)));
        let (sender, held) = channel();
        let shared = Arc::clone(&world);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (world, sender) = (Arc::clone(&shared), sender.clone());
                std::thread::spawn(move || serve(&stream, &world, &sender));
            }
        });
        Self { kind, address, world, held }
    }

    /// Over no repository: one that holds tickets.
    pub(crate) fn tracker(kind: Kind) -> Self {
        Self::serve(kind, Path::new(""))
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// What `forge.endpoint` is.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}{}", self.address, self.kind.row().path)
    }

    /// Sends a body of somebody else's.
    pub(crate) fn posted(&self, path: &str, body: &str) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
            self.address,
            token(),
            body.len()
        );
        stream.write_all((head + body).as_bytes()).expect("it reads");
        stream.read_to_end(&mut Vec::new()).expect("it answers");
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("no test panics within")
    }

    /// Has the next request of `step` fail so.
    pub(crate) fn fail(&self, step: Step, fault: Fault) {
        self.world().faults.push((step, fault));
    }

    /// The same after so many of them went well.
    pub(crate) fn fail_after(&self, many: usize, step: Step, fault: Fault) {
        for _ in 0..many {
            self.fail(step, Fault::None);
        }
        self.fail(step, fault);
    }

    /// Waits until a request is held.
    pub(crate) fn wait_held(&self) {
        self.held.recv_timeout(std::time::Duration::from_mins(1)).expect("a request is held");
    }

    /// Asserts that every request and answer was as the forge describes them.
    #[track_caller]
    pub(crate) fn is_sound(&self) {
        let problems = &self.world().problems;
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}

fn serve(stream: &TcpStream, world: &Mutex<World>, held: &Sender<()>) {
    let Some(request) = Request::read(stream) else { return };
    let (fault, kind) = {
        let mut world = world.lock().expect("no test panics within");
        (world.take_fault(&request), world.kind)
    };
    let step = Step::of(&request);
    match fault {
        Some(Fault::HoldBefore) => return hold(held),
        Some(Fault::DropBefore) => return,
        Some(Fault::BadGateway) => {
            world.lock().expect("alive").note(&request, step, 502);
            return Answer::plain(502, "<html>bad gateway</html>").write(stream);
        }
        Some(Fault::Later) => {
            world.lock().expect("alive").note(&request, step, 429);
            return Answer::plain(429, "{}").with("retry-after", "1").write(stream);
        }
        Some(Fault::Delay(time)) => std::thread::sleep(time),
        _ => {}
    }
    let answer = {
        let mut world = world.lock().expect("no test panics within");
        let answer = if request.is_authorized(kind) {
            (kind.row().answer)(&mut world, &request)
        } else if kind == Kind::Linear {
            linear::error(
                400,
                "Authentication required",
                "AUTHENTICATION_ERROR",
                "authentication error",
            )
        } else {
            Answer::plain(401, r#"{"message": "Bad credentials"}"#)
        };
        world.note(&request, step, answer.status);
        answer
    };
    match fault {
        Some(Fault::HoldAfter) => hold(held),
        Some(Fault::DropAfter) => {}
        Some(Fault::FailAfter) => Answer::plain(500, "{}").write(stream),
        Some(Fault::Cut) => answer.write_cut(stream),
        _ => answer.write(stream),
    }
}

/// Answers nothing for as long as a test lasts.
fn hold(held: &Sender<()>) {
    let _ = held.send(());
    std::thread::sleep(std::time::Duration::from_mins(2));
}
