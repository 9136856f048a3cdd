//! A time limit on everything that is asked together.
//!
//! Each answer has a limit of its own and a forge that fails is asked again, so
//! that a caller who keeps somebody waiting, such as a hook of a server, needs
//! an end of the whole.

use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::Forge;
use super::error::ForgeError;
use crate::http::HttpError;

impl Forge {
    /// What `ask` learns within `whole`; later it is no answer, and what was
    /// still under way is left to end by its own limits.
    pub fn within<T: Send + 'static>(
        self,
        whole: Duration,
        what: &'static str,
        ask: impl FnOnce(&Self) -> Result<T, ForgeError> + Send + 'static,
    ) -> Result<T, ForgeError> {
        let host = self.place.endpoint.host().to_owned();
        let (sender, told) = channel();
        // Nobody hears it where the time is over, and that is no fault.
        thread::spawn(move || drop(sender.send(ask(&self))));
        told.recv_timeout(whole).unwrap_or_else(|_| {
            Err(HttpError::Late { host, what, seconds: whole.as_secs() }.into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Said, Token};
    use super::*;

    fn forge() -> Forge {
        let said = Said {
            kind: Some("gitea"),
            repo: Some("a/b"),
            endpoint: Some("http://127.0.0.1:9/api/v1"),
            remote: None,
        };
        Forge::new(Place::of(said).unwrap().unwrap(), Token::new("t"), Duration::from_secs(1))
    }

    #[test]
    fn what_takes_longer_is_no_answer() {
        let (end, wait) = channel::<()>();
        let told = forge().within(Duration::from_millis(20), "read reviews", move |_| {
            assert!(wait.recv().is_err(), "nobody tells anything");
            Ok(())
        });
        let said = told.unwrap_err().to_string();
        assert!(said.contains("did not answer whether it could read reviews"), "{said}");
        drop(end);
    }

    #[test]
    fn an_answer_in_time_is_the_answer() {
        let told =
            forge().within(Duration::from_mins(1), "read reviews", |it| Ok(it.place().name_of(3)));
        assert_eq!(told.unwrap(), "gitea:a/b#3");
    }
}
