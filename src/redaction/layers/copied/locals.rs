//! Locals of a stack frame, arguments of a task, fields of a heap dump.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::pattern::{Groups, Pattern};
use super::super::super::rules::{Cue, cue};
use super::super::super::text::{Text, sign};
use super::{Finds, Line, hide, some_lines};

/// How far from the words of a test runner locals stand, in lines.
const NEAR: usize = 100;

/// Words of the lines above locals, and of calls that are logged.
const TELLING: [Cue; 24] = [
    cue("PARAMS: ("),
    cue("ocals"),
    cue("ocal variables"),
    cue("heap dump"),
    cue("______"),
    cue("args: ("),
    cue("args=("),
    cue("args: ["),
    cue("args=["),
    cue("params=["),
    cue("params: ["),
    cue("params=("),
    cue("params: ("),
    cue("parameters=["),
    cue("parameters=("),
    cue("parameters: ["),
    cue("parameters: ("),
    cue("binds"),
    cue("frame"),
    cue("nstance variables"),
    cue("hosen variables"),
    cue("OCALS"),
    cue("OCAL VARIABLES"),
    cue("HEAP DUMP"),
];

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    static HEAD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"(?i)(?:\blocals\b|local variables|heap dump|frame variables|^_{6,} .* _{6,}$|\bvariables in frame|instance variables|chosen variables)",
        )
    });
    aligned(text, found);
    let mut done = 0;
    for head in text.lines_with(&TELLING) {
        let mut is_open = false;
        for (number, line) in (head..).zip(some_lines(text, head..text.lines.len())) {
            if number < done || number > head && !is_open {
                break;
            }
            done = number + 1;
            if call(text, &line, found) {
                continue;
            }
            if HEAD.is_match(line.text) {
                is_open = true;
            } else if is_open {
                is_open = field(text, &line, found);
            }
        }
    }
}

/// Hides what a call was given; false for a line that is none.
fn call(text: &Text<'_>, line: &Line<'_>, found: &mut Finds<'_>) -> bool {
    static CALL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"(?:^\s*|[;,] ?)(?:kw)?(?:args|params|PARAMS|parameters|binds)[:=] ?[(\[](.*)[)\]]",
        )
    });
    static STRING: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r#"["']([^"'\n]{1,400})["']"#));
    let hit = (line.signs & sign::OPEN != 0).then(|| CALL.captures(line.text)).flatten();
    let Some(arguments) = hit.and_then(|it| it.get(1)) else { return false };
    for value in STRING.captures_iter(arguments.as_str()).filter_map(|it| it.get(1)) {
        let start = line.start + arguments.start() + value.start();
        hide(text, "copied-argument", "VALUE", start..start + value.len(), found);
    }
    true
}

/// Hides the value of a field; false for a line behind the last one.
fn field(text: &Text<'_>, line: &Line<'_>, found: &mut Finds<'_>) -> bool {
    static FIELD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"^[\s│|>]*[@$]?[A-Za-z_][\w.$]{0,80}\s*(?:=>|=|:)\s+(\S.*?)[\s│|]*$|^\s+[A-Z][A-Z0-9_-]+\s{2,}(\S.*?)\s*$",
        )
    });
    let field = FIELD.captures(line.text).and_then(|it| it.get(1).or_else(|| it.get(2)));
    match field {
        // Its fields are told apart elsewhere.
        Some(value) if is_record(value.as_str()) => true,
        Some(value) if !line.text.trim_start().starts_with(['>', 'E']) => {
            let (start, end) = (line.start + value.start(), line.start + value.end());
            hide(text, "copied-local", "VALUE", start..end, found);
            true
        }
        _ => line.text.trim().is_empty(),
    }
}

/// `account    = 'AC-88120'`, names as wide as one another, as a test runner
/// shows the locals of the frame that failed.
fn aligned(text: &Text<'_>, found: &mut Finds<'_>) {
    static LOCAL: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"^([A-Za-z_]\w{0,40} *) = (\S.*)$"));
    if !text.holds(const { cue("  = ") }) {
        return;
    }
    for near in text.lines_near(&const { [cue("\nE  "), cue("\n>  "), cue("Traceback")] }, NEAR) {
        frames(text, near, &LOCAL, found);
    }
}

fn frames(text: &Text<'_>, near: Range<usize>, local: &Pattern, found: &mut Finds<'_>) {
    let all: Vec<_> = some_lines(text, near)
        .map(|line| local.captures(line.text).map(|hit| (line.start, hit)))
        .collect();
    let width = |hit: &Option<(usize, Groups<'_>)>| hit.as_ref().map(|it| it.1[1].len());
    for frame in all.chunk_by(|one, next| width(one) == width(next)) {
        let is_frame = frame.len() >= 2
            && frame[0].as_ref().is_some_and(|it| it.1[1].ends_with(' ') || it.1[1].len() > 6);
        for (start, hit) in frame.iter().flatten().filter(|_| is_frame) {
            let Some(value) = hit.get(2) else { continue };
            hide(text, "copied-local", "VALUE", start + value.start()..start + value.end(), found);
        }
    }
}

/// `Letter(to='Ann', …)`
fn is_record(value: &str) -> bool {
    let name = value.bytes().take_while(u8::is_ascii_alphanumeric).count();
    name > 0
        && value.starts_with(|c: char| c.is_ascii_uppercase())
        && value[name..].starts_with('(')
        && value.contains('=')
        && value.ends_with(')')
}
