//! Where it is counted which pages answers led to, and logged what agents
//! called: beside the index.

use super::Workspace;
use crate::call_log::CallLog;
use crate::captures::Captures;
use crate::usage::Usage;

impl Workspace {
    /// Where counts are kept; `None` where nothing is counted, since the user
    /// does not want it or the folder is no repository.
    pub fn usage(&self) -> Option<Usage> {
        let settings = self.own_settings().section("usage");
        let is_off = settings.merged().as_str() == Some("off");
        if is_off { None } else { self.usage_files() }
    }

    /// The same, whatever the user wants of the days to come.
    pub fn usage_files(&self) -> Option<Usage> {
        Some(Usage::below(&self.place.index_folder(&self.environment)?))
    }

    /// Where it is kept what runs and those they asked said to each other; `None` where
    /// the folder is no repository.
    pub fn captures(&self) -> Option<Captures> {
        Some(Captures::below(&self.place.index_folder(&self.environment)?))
    }

    /// Where calls of agents are logged; `None` where the folder is no repository.
    pub fn call_log(&self) -> Option<CallLog> {
        Some(CallLog::below(&self.place.index_folder(&self.environment)?))
    }
}
