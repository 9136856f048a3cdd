//! Where a value stands in a Markdown document.

use super::encoding::Marked;
use crate::support::Random;

struct Place {
    name: &'static str,
    /// What stands before it and behind it.
    around: (&'static str, &'static str),
    /// Whether several lines, or words with blanks, stay what they are there.
    lines: bool,
}

const PLACES: &[Place] = &[
    Place {
        name: "prose",
        around: ("We saw it again at night.\n\nIn the ticket: ", " and then it stopped.\n"),
        lines: true,
    },
    Place {
        name: "a code fence",
        around: ("Steps:\n\n```sh\n", "\n```\n\nThen wait.\n"),
        lines: true,
    },
    Place {
        name: "a code span",
        around: ("The command was `", "` on both hosts.\n"),
        lines: false,
    },
    Place {
        name: "YAML",
        around: ("```yaml\nretries: 3\nnote: ", "\nregion: eu\n```\n"),
        lines: false,
    },
    Place {
        name: "JSON",
        around: ("```json\n{\"retries\": 3, \"note\": \"", "\", \"region\": \"eu\"}\n```\n"),
        lines: false,
    },
    Place {
        name: "a header",
        around: ("```http\nAccept: */*\nX-Note: ", "\nContent-Length: 0\n```\n"),
        lines: false,
    },
    Place {
        name: "a URL",
        around: ("See https://status.example.net/find?note=", "&page=2 for more.\n"),
        lines: false,
    },
    Place {
        name: "a table",
        around: ("| step | seen |\n|---|---|\n| 1 | ", " |\n| 2 | nothing |\n"),
        lines: false,
    },
    Place { name: "an image's text", around: ("![", "](chart.png)\n"), lines: false },
    Place { name: "a comment", around: ("# Learning\n\n<!-- ", " -->\nText.\n"), lines: true },
    Place {
        name: "front matter",
        around: ("---\ntitle: ", "\nkind: learning\n---\n\n# Learning\n"),
        lines: false,
    },
    Place {
        name: "a link's target",
        around: ("The [dashboard](https://grafana.example.net/d/1?var=", ") shows it.\n"),
        lines: false,
    },
    Place {
        name: "a file's name",
        around: ("Attached as `2026-11-20 ", ".log` to the ticket.\n"),
        lines: false,
    },
    Place { name: "a list", around: ("- first\n- ", "\n- last\n"), lines: false },
    Place { name: "a quote", around: ("> They wrote:\n> ", "\n\nWe answered.\n"), lines: false },
];

/// The document, and where in it the value stands.
pub(super) fn any(planted: &Marked, random: &mut Random) -> (&'static str, String) {
    let text = planted.text();
    let place = loop {
        let place = random.pick(PLACES);
        if place.lines || !text.contains('\n') {
            break place;
        }
    };
    let (before, behind) = place.around;
    (place.name, format!("{before}{text}{behind}"))
}
