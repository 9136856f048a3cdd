//! `prode triage watch`

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use crate::cli::commands::serve::address;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::{Failure, Outcome};
use crate::ops::triage::Step;
use crate::ops::triage::watch::{Event, Happened, Options, Plan, Watcher};
use crate::rendering::visible_line;
use crate::serve;

/// What `triage watch` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Which tickets wait is the user's side's word: watch.project with watch.label, or on Linear\n\
    watch.state. A ticket that had a run is not taken once more; a run that waits, for a person or\n\
    for a merge, is gone on with. Any number of machines may watch one queue: see store.url.\n\
    SIGTERM or Ctrl-C lets runs end for watch.grace seconds; the second one gives them back.\n\n\
    Example:\n  prode triage watch\n  prode triage watch --once --json   # what waits now, then the end: for a timer\n  \
    prode triage watch --mode comment --max-parallel 4 --addr 127.0.0.1:0"
)]
pub struct Args {
    /// What runs may do outside [default: mode, else dry-run]
    #[arg(long, value_name = "dry-run|comment|pr")]
    mode: Option<String>,
    /// Tickets that are worked on at the same time [default: the setting, else 2]
    #[arg(long, value_name = "N")]
    max_parallel: Option<NonZeroUsize>,
    /// Ends once everything that waits was worked on
    #[arg(long)]
    once: bool,
    /// Address and port of /metrics, /healthz, /readyz and /webhooks; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = serve::WATCH_ADDRESS, value_parser = address)]
    addr: SocketAddr,
}

/// Hands on what happens to the thread that prints.
struct Told(Mutex<mpsc::Sender<Happened>>);

impl Watcher for Told {
    fn happened(&self, what: &Happened) {
        // Nobody prints any more once the watch is over.
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).send(what.clone());
    }

    fn done(&self, _: &Step<'_>) {}
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let pool = context.pool()?;
    let options = Options {
        mode: args.mode.clone(),
        parallel: args.max_parallel.map(NonZeroUsize::get),
        once: args.once,
    };
    let plan = Plan::of(&context.workspace()?, &options)?;
    let (sender, receiver) = mpsc::channel();
    let (begun, begins) = mpsc::channel();
    let (watcher, address) = (Arc::new(Told(Mutex::new(sender))), args.addr);
    let watch = std::thread::spawn(move || {
        serve::watch(pool, plan, address, |watching| drop(begun.send(watching.clone())), watcher)
    });
    if let Ok(watching) = begins.recv() {
        match form {
            Form::Json => context.ui.json(&watching),
            Form::Text => context.ui.note(format!(
                "watching {}, mode {}, {} at once; metrics at http://{}/metrics",
                visible_line(&watching.queue),
                watching.mode,
                watching.max_parallel,
                watching.address
            )),
        }
        // A reader that went away is no reason to stop.
        let _ = context.flush();
    }
    // Until the watch is over, and nobody can tell anything any more.
    for happened in receiver {
        match form {
            Form::Json => context.ui.json(&Event::from(happened)),
            Form::Text => told(context, &happened),
        }
        let _ = context.flush();
    }
    match watch.join() {
        Ok(ended) => ended?,
        Err(panic) => std::panic::resume_unwind(panic),
    }
    Ok(Outcome::Done)
}

fn told(context: &mut Context<'_>, happened: &Happened) {
    match happened {
        // A look that found nothing new is no news.
        Happened::Looked { added: 0, .. } => {}
        Happened::Looked { tickets, added, .. } => {
            context.ui.note(format!("{tickets} in the queue, {added} to work on"));
        }
        Happened::NotLooked { why, hint } => {
            context.ui.note(format!("the queue was not looked at: {}", visible_line(why)));
            context.ui.note(visible_line(hint));
        }
        Happened::Rested { ticket, run, phase, decision, classification, confidence, .. } => {
            let ticket = visible_line(ticket);
            let decision = decision.as_deref().unwrap_or("undecided");
            let classification = classification.as_deref().unwrap_or_default();
            let confidence = confidence.map(|it| format!(" {it} %")).unwrap_or_default();
            context.ui.line(format!(
                "{ticket}  {run}  {decision}  {classification}{confidence}  {phase}"
            ));
        }
        Happened::Left { ticket } => {
            context.ui.note(format!("{} was given back; it goes on there", visible_line(ticket)));
        }
        Happened::Taken { ticket, why } => {
            context.ui.note(format!("{}: {}", visible_line(ticket), visible_line(why)));
        }
        Happened::Failed { ticket, why, hint, again } => {
            context.ui.note(format!("{}: {}", visible_line(ticket), visible_line(why)));
            let then = match again {
                Some(seconds) => format!("it is tried again in {seconds} seconds"),
                None => "it failed too often and is left to people".to_owned(),
            };
            context.ui.note(format!("{}; {then}", visible_line(hint)));
        }
        Happened::Stopping { working, grace } => {
            context.ui.note(format!("stopping: {working} may end within {grace} seconds"));
        }
    }
}
