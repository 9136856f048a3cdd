//! A small memory that several commands are asked about.

use crate::support::TestRepo;

/// Two runbooks, a decision, an archived page and route tests, committed.
pub(super) fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.write(
        "wiki/runbooks/queue.md",
        "---\nowner: team-queue\nservices: [billing]\naliases: [oldest message age]\n\
         evidence: [aws, release]\nsignals:\n  - alert: QueueOldestMessageAge\n  \
         - error: \"SQSError: OverLimit\"\n  - regex: 'age of oldest message > \\d+'\n---\n\
         # Queue backlog\n\n## Symptoms\n\nMessages wait for workers.\n\n## Initial triage\n\n\
         ```sh\n$ aws sqs list-queues\n```\n",
    )
    .write(
        "wiki/runbooks/disk.md",
        "---\nowner: team-disk\nreviewed: 2020-01-01\n---\n# Disk full\n\n## Symptoms\n\n\
         Writes fail: no space left on device.\n\n## Mitigations\n\n1. Delete old logs.\n",
    )
    .write(
        "wiki/old-queue.md",
        "---\nstatus: archived\narchived: the old broker is gone\nsignals:\n  - alert: OldBrokerDown\n---\n\
         # Old queue\n\nThe queue of the old broker.\n",
    )
    .write("adr/0001-keep-queues.md", "# 1. Keep queues\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nA queue holds work.\n")
    .write(
        "wiki/routes.yaml",
        "- ticket: \"ALARM: QueueOldestMessageAge for billing\"\n  expect: wiki/runbooks/queue.md\n\
         - ticket: please rename the marketing banner\n  expect: none\n",
    );
    repo.commit("a memory");
    repo
}
