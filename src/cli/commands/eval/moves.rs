//! What a change moved.

use super::cases::{brief, pages};
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::eval::{Against, How, Moved, PageMove, Stands, StandsOnOneSide};
use crate::rendering::visible_line;

/// Each way to move, as the summary counts it and as a heading, in the order of `How`.
const HOWS: [(How, &str); 5] = [
    (How::LeftFirstThree, "out of the first three"),
    (How::EnteredFirstThree, "into the first three"),
    (How::Rank, "in rank"),
    (How::Abstention, "in abstaining"),
    (How::Renamed, "by name alone"),
];

/// Digits of a commit that are shown.
const DIGITS: usize = 12;

pub(super) fn print(context: &mut Context<'_>, against: &Against, checked: usize) {
    for (how, title) in HOWS {
        let mut moved = against.moved.iter().filter(|it| it.how == how).peekable();
        if moved.peek().is_some() {
            let colour = if how == How::LeftFirstThree { style::ERROR } else { style::TITLE };
            context.ui.line(styled(colour, format!("moved {title}")));
        }
        for it in moved {
            print_moved(context, it, against);
        }
    }
    for it in &against.one_sided {
        context.ui.line(stands(it, against));
    }
    context.ui.line(summary(against, checked));
}

fn print_moved(context: &mut Context<'_>, moved: &Moved, against: &Against) {
    let fails = match (moved.regressed, moved.abstained[1]) {
        (false, _) => String::new(),
        (true, true) => format!(" {}", styled(style::ERROR, "fails now: abstains")),
        (true, false) => format!(" {}", styled(style::ERROR, "fails now")),
    };
    context.ui.line(format!("  {}{fails}", brief(&moved.text)));
    for page in &moved.pages {
        let path = styled(style::PATH, visible_line(&page.expect));
        context.ui.line(format!("    {path}  {}", ranks(page, against)));
    }
    if moved.abstained[0] != moved.abstained[1] {
        let said = |abstained| if abstained { "abstained" } else { "answered" };
        let [before, now] = moved.abstained.map(said);
        context.ui.line(format!("    {before} \u{2192} {now}"));
    }
}

/// `1 → 5, behind a.md, b.md`
fn ranks(page: &PageMove, against: &Against) -> String {
    let is =
        |stands| against.one_sided.iter().any(|it| it.path == page.expect && it.stands == stands);
    let shown = |rank: Option<usize>, absent: &str| {
        rank.map_or_else(|| absent.to_owned(), |rank| rank.to_string())
    };
    let before = shown(page.before, if is(Stands::New) { "new" } else { "beyond 10" });
    let now = shown(page.now, if is(Stands::Gone) { "gone" } else { "beyond 10" });
    let ahead = if page.ahead.is_empty() {
        String::new()
    } else {
        format!(", behind {}", pages(&page.ahead))
    };
    format!("{before} \u{2192} {now}{ahead}")
}

fn stands(it: &StandsOnOneSide, against: &Against) -> String {
    let [path, rev] = [&it.path, &against.rev].map(|text| visible_line(text).into_owned());
    let examples = if it.examples == 1 { "1 example expects" } else { "examples expect" };
    let examples =
        if it.examples == 1 { examples.to_owned() } else { format!("{} {examples}", it.examples) };
    let other = |name: &Option<String>| visible_line(name.as_deref().unwrap_or("")).into_owned();
    match it.stands {
        Stands::Gone => format!("gone      {path}: {examples} it"),
        Stands::New => format!("new       {path}: {examples} it, and it is not at {rev}"),
        Stands::Nowhere => {
            format!("nowhere   {path}: {examples} it, and it stands on neither side")
        }
        Stands::Renamed if it.now.is_some() => {
            format!("renamed   {path} is {} now: {examples} the old name", other(&it.now))
        }
        Stands::Renamed => format!("renamed   {path} is {} at {rev}", other(&it.before)),
    }
}

fn summary(against: &Against, checked: usize) -> String {
    let commit: String = against.commit.iter().flat_map(|it| it.chars()).take(DIGITS).collect();
    let at = format!("{} ({commit})", visible_line(&against.rev));
    if against.moved.is_empty() {
        return format!("none of {checked} moved against {at}");
    }
    let count = |how: How| against.moved.iter().filter(|it| it.how == how).count();
    let counts = HOWS.into_iter().map(|(how, title)| (count(how), title));
    let told: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, title)| format!("{count} {title}"))
        .collect();
    format!("{} of {checked} moved against {at}: {}", against.moved.len(), told.join(", "))
}
