//! What a run sees of a ticket.

use jiff::SignedDuration;
use prode::redaction::Redacted;
use prode::triage::snapshot::{Extract, Snapshot};

use super::{Desk, key, redacted};
use crate::support::forge::{Kind, STAFF, SYSTEM};

fn snapshot(desk: &Desk) -> Snapshot {
    let text = desk.tracker().read(&desk.ticket()).unwrap();
    let now = "2026-11-26T09:00:00Z".parse().unwrap();
    Snapshot::read(&text, desk.kind().name(), SignedDuration::from_hours(2), now).unwrap()
}

#[test]
fn every_tracker_s_ticket_is_one_snapshot() {
    for desk in Desk::all() {
        desk.there.world().say(desk.number, "ada", "app version 7.2.1 too");
        let ticket = snapshot(&desk);
        assert_eq!(ticket.id, desk.ticket().id());
        assert_eq!(ticket.title, "Checkout answers 500");
        assert_eq!(ticket.body, "Since release checkout@2026.11.3");
        assert_eq!(ticket.comments, ["app version 7.2.1 too"]);
        assert!(ticket.labels.iter().any(|it| it.contains("checkout")), "{:?}", ticket.labels);
        assert_eq!(ticket.extracted(Extract::AppVersion), ["7.2.1"]);
        assert!(ticket.created.is_some() && ticket.updated > ticket.created);
        assert!(ticket.links.iter().any(|it| it.contains("issue")), "{:?}", ticket.links);
        let files: &[&str] = match desk.kind() {
            Kind::Linear | Kind::Gitea => &["graph.png"],
            _ => &[],
        };
        assert_eq!(ticket.attachments, files);
        desk.there.is_sound();
    }
}

/// A run that reads the ticket again does not take its own words for news.
#[test]
fn what_this_program_wrote_is_left_out() {
    for desk in Desk::all() {
        desk.there.world().say(desk.number, "ada", "First.");
        let said: Redacted = redacted("Handed off.");
        desk.tracker().comment(&desk.ticket(), &key(1), &said).unwrap();
        desk.there.world().say(desk.number, "ada", "> <!-- prode:0 -->\nThen.");
        let comments = snapshot(&desk).comments;
        assert_eq!(comments, ["First.", "> <!-- prode:0 -->\nThen."], "{:?}", desk.kind());
    }
}

#[test]
fn comments_of_all_pages_stand_in_their_order() {
    for desk in Desk::all() {
        let all: Vec<String> = (0..130).map(|at| format!("Remark {at}.")).collect();
        for it in &all {
            desk.there.world().say(desk.number, "ada", it);
        }
        assert_eq!(snapshot(&desk).comments, all, "{:?}", desk.kind());
        desk.there.is_sound();
    }
}

#[test]
fn what_the_tracker_says_itself_and_notes_for_staff_are_left_out() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    for by in [SYSTEM, STAFF, "ada"] {
        desk.there.world().say(desk.number, by, by);
    }
    assert_eq!(snapshot(&desk).comments, ["ada"]);
}

#[test]
fn a_ticket_that_is_not_there_is_told() {
    for mut desk in Desk::all() {
        desk.number += 1;
        let read = desk.tracker().read(&desk.ticket()).unwrap_err();
        let comment = desk.tracker().comment(&desk.ticket(), &key(1), &redacted("One."));
        for error in [read, comment.unwrap_err()] {
            assert!(error.to_string().contains("knows nothing by that name"), "{error}");
        }
        desk.there.is_sound();
    }
}

/// Words that a tracker would act on are only said.
#[test]
fn what_is_said_moves_nothing() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    let words = redacted("Done.\n/close\n/assign @ada");
    desk.tracker().comment(&desk.ticket(), &key(1), &words).unwrap();
    assert!(desk.said()[0].contains("\n\\/close\n\\/assign"), "{:?}", desk.said());
    desk.there.is_sound();
}

#[test]
fn a_comment_that_is_too_long_is_not_sent() {
    let desk = Desk::new(Kind::GitHub).unwrap();
    let long = redacted(&"word ".repeat(20_000));
    let error = desk.tracker().comment(&desk.ticket(), &key(1), &long).unwrap_err();
    assert!(error.to_string().contains("100000 characters"), "{error}");
    assert!(desk.there.world().requests.is_empty());
}
