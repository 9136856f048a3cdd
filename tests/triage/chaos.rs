//! Watches on one database that are killed, paused beyond their leases, and left without
//! their server: each ticket is worked on once, and commented once.
//! `FLEET_TICKETS=500 cargo test --test main triage::chaos -- --nocapture` is the full figure.

use std::fs::File;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::outside::Desk;
use super::watch::watch;
use crate::support::forge::Kind;
use crate::support::postgres::{self, Sql};
use crate::support::{Random, rounds};

/// Longer than a lease and what a step holds it for.
const PAUSE: Duration = Duration::from_secs(5);

/// What was done to the watches.
#[derive(Debug, Default)]
struct Done {
    kills: usize,
    pauses: usize,
    crashes: usize,
}

struct Fleet<'a> {
    desk: &'a Desk,
    url: String,
    workers: Vec<Child>,
    paused: Vec<(usize, Instant)>,
    done: Done,
}

impl Fleet<'_> {
    fn begun(&self) -> Child {
        let limits = ["--config", "triage.budgets={answer_time: 2s}", "--config", "watch.every=5"];
        let mut command = watch(self.desk, &[&limits[..], &["--mode", "comment"]].concat());
        let said = self.desk.repo.home().join("watches.log");
        let said = File::options().create(true).append(true).open(said).unwrap();
        command.env("PRODE_STORE__URL", &self.url).stdout(said).stderr(Stdio::null());
        // Long enough to be killed and paused in the middle.
        for name in ["aws", "sentry"] {
            let answer = self.desk.repo.home().join(format!("{name}.json"));
            let program = format!("[/bin/sh, -c, 'sleep 0.3; cat {}']", answer.display());
            command.env(format!("PRODE_SPECIALISTS__{}__PROGRAM", name.to_uppercase()), program);
        }
        command.spawn().unwrap()
    }

    fn signal(&self, at: usize, name: &str) {
        let id = self.workers[at].id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// One is killed, and another one begun in its place.
    fn kill(&mut self, at: usize) {
        self.paused.retain(|(paused, _)| *paused != at);
        self.signal(at, "KILL");
        self.workers[at].wait().unwrap();
        self.workers[at] = self.begun();
        self.done.kills += 1;
    }

    fn pause(&mut self, at: usize) {
        if self.paused.iter().all(|(paused, _)| *paused != at) {
            self.signal(at, "STOP");
            self.paused.push((at, Instant::now()));
            self.done.pauses += 1;
        }
    }

    /// Those that were paused for long enough come back.
    fn wake(&mut self, after: Duration) {
        let (over, still) = self.paused.iter().partition(|(_, since)| since.elapsed() >= after);
        let over: Vec<(usize, Instant)> = over;
        self.paused = still;
        for (at, _) in over {
            self.signal(at, "CONT");
        }
    }

    fn end(mut self) -> Done {
        self.wake(Duration::ZERO);
        for at in 0..self.workers.len() {
            self.signal(at, "TERM");
        }
        let ended: Vec<_> = self.workers.iter_mut().map(|it| it.wait().unwrap()).collect();
        // One that was begun in this moment does not listen to signals yet.
        assert!(ended.iter().all(|it| it.success() || it.signal() == Some(15)), "{ended:?}");
        assert!(ended.iter().any(ExitStatus::success), "{ended:?}");
        self.done
    }
}

fn number(url: &str, sql: &str) -> usize {
    Sql::open(url).run(sql)[0].parse().unwrap()
}

#[test]
fn each_ticket_is_finished_once_whatever_becomes_of_its_workers() {
    let Some(cluster) = postgres::own(&[]) else { return };
    let tickets = rounds("FLEET_TICKETS", 24);
    let workers = if tickets < 100 { 4 } else { 8 };
    let desk = Desk::new(Kind::GitLab).unwrap();
    let typed: Vec<(String, u64)> = (0..tickets).map(|_| desk.ticket()).collect();
    desk.answers(&typed[0].0);
    let url = cluster.database();
    let (paused, done) = (Vec::new(), Done::default());
    let mut fleet = Fleet { desk: &desk, url: url.clone(), workers: Vec::new(), paused, done };
    fleet.workers.push(fleet.begun());
    // The first one makes the schema.
    crate::serve::until("a run was opened", || {
        let there =
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'prode' AND tablename = 'run'";
        number(&url, there) == 1
    });
    for _ in 1..workers {
        fleet.workers.push(fleet.begun());
    }
    let mut random = Random::new(7);
    let begun = Instant::now();
    loop {
        let over = number(&url, "SELECT count(*) FROM prode.run WHERE closed");
        if over == tickets {
            break;
        }
        assert!(begun.elapsed() < Duration::from_mins(40), "{over} of {tickets}: {:?}", fleet.done);
        sleep(Duration::from_millis(700));
        let at = random.below(workers);
        match random.below(4) {
            0 => fleet.kill(at),
            1 => fleet.pause(at),
            _ => {}
        }
        fleet.wake(PAUSE);
        if fleet.done.crashes < 2 && over * 3 >= tickets * (fleet.done.crashes + 1) {
            cluster.crash();
            cluster.up();
            fleet.done.crashes += 1;
        }
    }
    let took = begun.elapsed().as_secs();
    let done = fleet.end();
    assert!(done.kills > 0 && done.pauses > 0 && done.crashes > 0, "{done:?}");
    let attempts = each_was_finished_once(&desk, &url, &typed);
    println!(
        "{tickets} tickets by {workers} watches in {took} s: {done:?}, {attempts} attempts, all verified"
    );
}

/// In how many attempts.
fn each_was_finished_once(desk: &Desk, url: &str, typed: &[(String, u64)]) -> usize {
    let count = |sql: &str| number(url, sql);
    assert_eq!(count("SELECT count(DISTINCT ticket) FROM prode.run"), typed.len());
    assert_eq!(count("SELECT count(*) FROM prode.run"), typed.len());
    assert_eq!(count("SELECT count(*) FROM prode.run WHERE NOT closed"), 0);
    for (_, number) in typed {
        assert_eq!(desk.comments(*number), 1, "ticket {number}");
    }
    for run in Sql::open(url).run("SELECT id FROM prode.run") {
        let mut verify = desk.command(&["verify", &run]);
        let output = verify.env("PRODE_STORE__URL", url).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    desk.there.is_sound();
    count("SELECT sum(attempt) FROM prode.run")
}
