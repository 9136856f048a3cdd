//! A defect of prode ends as an error that says so, not as a stack trace.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

/// What the last panic said and where: only the hook is told the place.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps panics from printing; [`caught`] says what they said.
pub(super) fn silence() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let told = format!("{} ({place})", message(info.payload()));
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }));
}

/// Runs `work`; what a panic in it said.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let told = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        told.unwrap_or_else(|| message(payload.as_ref()))
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "something that cannot be shown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::failure;
    use crate::config::Environment;

    #[test]
    fn a_panic_becomes_its_message_and_exit_code_70() {
        let value = 7;
        let what = caught(|| -> u8 { panic!("no page {value}") }).unwrap_err();
        assert!(what.starts_with("no page 7"), "{what}");
        assert_eq!(failure::bug(&what, true, &Environment::default()), 70);
    }

    #[test]
    fn work_that_ends_gives_its_value() {
        assert_eq!(caught(|| 3), Ok(3));
    }
}
