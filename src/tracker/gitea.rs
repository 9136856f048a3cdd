//! Issues of Gitea's REST API, version 1, which Forgejo speaks too, as its
//! public description has them: GitHub's, but for what stands here.

use super::github::{GitHub, Labels};
use crate::http::Client;

/// No bound is written down; a text of this size is no comment.
const LONGEST: usize = 200_000;

/// Its list of comments has no pages, and its labels go by their numbers.
pub(super) fn gitea(client: Client) -> GitHub {
    GitHub { client, page: None, longest: LONGEST, labels: Labels::ByNumber }
}
