//! `prode route`

use std::path::PathBuf;

use super::query::{labels, read};
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::route::{self, Answer, RoutedPage};
use crate::ops::usage;
use crate::rendering::{visible, visible_line};
use crate::routing::query::Filters;

/// What `route` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Repositories that your own settings name under memories: are asked too, and \
    cited name:path#anchor@commit.\n\nExample:\n  prode route \"the index is damaged; its pages are indexed again\"\n  \
    prode route --ticket alert.json --budget 2000 --json\n  \
    kubectl get events | prode route -"
)]
pub struct Args {
    /// The ticket's text, taken literally; - reads standard input
    #[arg(required_unless_present = "ticket")]
    text: Vec<String>,
    /// Read the ticket from a file: text, or Alertmanager, PagerDuty, CloudWatch, Sentry, Linear or GitHub JSON
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    ticket: Option<PathBuf>,
    /// Tokens of context at most [default: routing.budget]
    #[arg(long, value_name = "TOKENS")]
    budget: Option<u32>,
    /// How many pages
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 3)]
    limit: usize,
    /// Print the sections worth reading, not only where they are
    #[arg(long)]
    context: bool,
    /// Say what matched
    #[arg(long)]
    explain: bool,
    /// Exit with 1 if nothing fits
    #[arg(long)]
    fail_empty: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let options = route::Options {
        text: ticket(args)?,
        asked: args.revision.asked(),
        limit: args.limit,
        budget: args.budget,
        filters: Filters::default(),
    };
    let workspace = context.workspace()?;
    let (answer, memory) = route::run(&workspace, &options)?;
    context.give(form, &answer, |context, answer| print(context, answer, args));
    context.flush()?;
    usage::routed(&workspace, &answer);
    context.close(workspace, memory);
    Ok(if args.fail_empty && answer.abstained { Outcome::Found } else { Outcome::Done })
}

fn ticket(args: &Args) -> Result<String, Failure> {
    let text = match (&args.ticket, args.text.as_slice()) {
        (Some(file), _) => read(file)?,
        (None, [dash]) if dash == "-" => read(&PathBuf::from("-"))?,
        (None, words) => words.join(" "),
    };
    if text.trim().is_empty() {
        return Err(Failure::Usage {
            message: "the ticket is empty".to_owned(),
            hint: "give its text: prode route \"queue age above 900 for billing-events\""
                .to_owned(),
        });
    }
    Ok(text)
}

fn print(context: &mut Context<'_>, answer: &Answer, args: &Args) {
    print_signals(context, answer);
    if answer.abstained {
        let line =
            if answer.pages.is_empty() { "no page fits" } else { "no page fits; the nearest are" };
        context.ui.line(styled(style::WARNING, line));
    }
    for page in &answer.pages {
        print_page(context, page, args.explain);
    }
    if !answer.specialists.is_empty() {
        context.ui.line(format!("ask: {}", answer.specialists.join(", ")));
    }
    if args.context {
        for item in &answer.context.items {
            context.ui.line(format!("\n{}\n", styled(style::PATH, &item.cite)));
            context.ui.line(visible(item.text.trim_end()));
        }
    } else if !answer.context.items.is_empty() {
        let (sections, used) = (answer.context.items.len(), answer.context.used);
        let line =
            format!("{sections} sections, about {used} tokens: add --context to read them here");
        context.ui.line(styled(style::FAINT, line));
    }
    for omitted in
        answer.context.omitted.iter().filter(|it| args.context || it.reason.contains("archived"))
    {
        context
            .ui
            .line(styled(style::FAINT, format!("left out: {} ({})", omitted.cite, omitted.reason)));
    }
    context.ui.line(styled(style::FAINT, &answer.label));
}

fn print_signals(context: &mut Context<'_>, answer: &Answer) {
    if answer.signals.is_empty() {
        return;
    }
    let signals: Vec<_> =
        answer.signals.iter().take(8).map(|signal| visible_line(&signal.value)).collect();
    let more = answer.signals.len().saturating_sub(8);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    context.ui.line(styled(style::FAINT, format!("signals: {}{more}", signals.join(", "))));
}

fn print_page(context: &mut Context<'_>, page: &RoutedPage, explain: bool) {
    let hit = &page.hit;
    let place = hit.section_place();
    let percent = (page.confidence * 100.0).round();
    let rank = styled(style::FAINT, format!("{:>2}", hit.rank));
    context.ui.line(format!(
        "{rank} {}  {} {}",
        styled(style::TITLE, visible_line(&hit.title)),
        styled(style::PATH, visible_line(&place)),
        styled(style::FAINT, format!("{percent}%"))
    ));
    context.ui.line(format!("   {}", labels(hit)));
    if !hit.snippet.is_empty() {
        context.ui.brief(3, &hit.snippet);
    }
    for why in hit.why.iter().filter(|_| explain) {
        let line = format!("   {:>6.3} {} {}", why.score, why.field, visible_line(&why.term));
        context.ui.line(styled(style::FAINT, line));
    }
}
