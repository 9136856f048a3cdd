//! Which runs are asked for.

use super::{FARTHEST, Parameters, bad, nothing};
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::triage::phase::Phase;

/// Which runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    /// In these phases; empty for all.
    pub phases: Vec<Phase>,
    /// How many are passed over.
    pub from: usize,
}

impl Parameters {
    pub(super) fn runs(&self) -> Result<Runs, OpError> {
        let phases: Result<Vec<_>, OpError> = self.all("phase").iter().map(named).collect();
        Ok(Runs { phases: phases?, from: self.number("from", FARTHEST)? })
    }
}

fn named(name: &String) -> Result<Phase, OpError> {
    let found = Phase::ALL.into_iter().find(|phase| phase.to_string() == *name);
    found.ok_or_else(|| {
        let known: Vec<String> = Phase::ALL.iter().map(ToString::to_string).collect();
        bad(format!("no run is in a phase '{name}'"), &format!("phases are: {}", known.join(", ")))
    })
}

/// The name of a run as a path ends with it.
pub(super) fn run(text: &str) -> Result<RunId, OpError> {
    text.parse().map_err(|_| nothing())
}

#[cfg(test)]
mod tests {
    use super::super::{Request, Route};
    use super::*;
    use crate::hint::{ErrorKind, Helpful as _};

    fn read(path: &str, query: &str) -> Result<Route, ErrorKind> {
        Request::read(path, query).map(|it| it.route).map_err(|error| error.kind())
    }

    #[test]
    fn runs_are_asked_for_by_phase_and_one_by_its_name() {
        let runs = Runs { phases: vec![Phase::Waiting, Phase::AwaitMerge], from: 50 };
        let query = "phase=waiting&phase=await-merge&from=50";
        assert_eq!(read("/runs", query), Ok(Route::Runs(runs)));
        let id = "R-20261126-3f9a1c".parse().unwrap();
        assert_eq!(read("/runs/r-20261126-3F9A1C", "from=20"), Ok(Route::Run(id, 20)));
        for (path, query) in
            [("/runs", "phase=lost"), ("/runs", "from=x"), ("/runs/R-20261126-3f9a1c", "from=-1")]
        {
            assert_eq!(read(path, query), Err(ErrorKind::Usage), "{path}?{query}");
        }
        for path in ["/runs/", "/runs/R-1", "/runs/R-20261126-3f9a1c/x", "/runs/../x"] {
            assert_eq!(read(path, ""), Err(ErrorKind::NotFound), "{path}");
        }
    }
}
