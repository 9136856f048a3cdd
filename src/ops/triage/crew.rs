//! Who answers: one trait over everything that can be asked.

use std::collections::BTreeMap;

use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::Absence;
use crate::triage::output::Request;
use crate::triage::plan::Question;
use crate::triage::trace::Context;

/// What came back, before anything of it was believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// A text that should be an answer.
    Said {
        /// As it came.
        text: String,
        /// How.
        how: How,
    },
    /// Nothing.
    Nothing {
        /// Asked or not.
        absence: Absence,
        /// Why, in words.
        why: String,
    },
}

/// Specialists, whatever they are.
pub(super) trait Crew {
    /// What can be asked.
    fn inventory(&mut self) -> Inventory;

    /// Seconds that the inventory may take; 0 where nobody has to be started.
    fn looks(&self) -> u32 {
        0
    }

    /// Its name, and why nobody is asked, where settings are what it is set up by and they
    /// set it up.
    fn set_up(&self) -> Option<(&'static str, Result<(), String>)> {
        None
    }

    /// True if it answers for a specialist, now or with a reason why not.
    fn knows(&mut self, specialist: &str) -> bool {
        self.inventory().route(specialist).is_some()
    }

    /// Asks. Only reads, so asking twice does no harm. Whoever is a program or a server of
    /// the user's side is told of the `context` in which that is.
    fn ask(&mut self, request: &Request, context: Option<&Context>) -> Reply;
}

/// Answers that were recorded, by the question's name.
pub(super) struct Recorded {
    pub(super) outputs: BTreeMap<String, String>,
    pub(super) how: How,
}

impl Crew for Recorded {
    fn inventory(&mut self) -> Inventory {
        let (sort, proof) = match self.how {
            How::Captured => (Sort::Recorded, "recorded answers"),
            How::Attested => (Sort::HandedIn, "handed in"),
        };
        let tool = |name: &String| Tool {
            name: Question::whose(name).to_owned(),
            sort,
            answered: true,
            identity: None,
            read_only: Some(proof.to_owned()),
            blocked: None,
            chosen: true,
        };
        Inventory::of(self.outputs.keys().map(tool).collect())
    }

    fn ask(&mut self, request: &Request, _: Option<&Context>) -> Reply {
        match self.outputs.get(&request.name) {
            Some(text) => Reply::Said { text: text.clone(), how: self.how },
            None => nobody(request),
        }
    }
}

/// The first that knows a specialist answers.
pub(super) struct Together<'a>(pub(super) Vec<Box<dyn Crew + 'a>>);

impl Crew for Together<'_> {
    fn inventory(&mut self) -> Inventory {
        let mut tools: Vec<Tool> = Vec::new();
        for crew in &mut self.0 {
            for mut tool in crew.inventory().tools {
                let is_first = tools.iter().all(|it| it.name != tool.name || !it.chosen);
                tool.chosen &= is_first;
                tools.push(tool);
            }
        }
        Inventory::of(tools)
    }

    fn looks(&self) -> u32 {
        self.0.iter().map(|it| it.looks()).sum()
    }

    fn ask(&mut self, request: &Request, context: Option<&Context>) -> Reply {
        match self.0.iter_mut().find_map(|it| it.knows(&request.specialist).then_some(it)) {
            Some(crew) => crew.ask(request, context),
            None => nobody(request),
        }
    }
}

/// Nobody answers a question; what would.
fn nobody(request: &Request) -> Reply {
    let (specialist, name) = (&request.specialist, &request.name);
    let why = format!(
        "no way to ask '{specialist}' is set up: set specialists.{specialist}.program on your side, or hand in {name}.json with --answers"
    );
    Reply::Nothing { absence: Absence::NotSearched, why }
}
