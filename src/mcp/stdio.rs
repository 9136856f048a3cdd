//! Serving one client on standard input and output, until it goes away or
//! the system asks to stop.

use rmcp::ServiceExt;
use rmcp::service::{QuitReason, ServerInitializeError};
use rmcp::transport::stdio_pipes;

use super::lending::Lending;
use super::server::Server;
use crate::ops::OpError;
use crate::workspace::Pool;

/// Serves the repository of `pool`, one call at a time, until standard input ends or SIGTERM comes; what was
/// asked before is still answered, for as long as the SDK waits (5 seconds,
/// or 2). A message is at most 16 MiB; longer ones are dropped.
pub fn serve_stdio(pool: Pool) -> Result<(), OpError> {
    // One thread for the protocol; calls have threads of their own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| unusable(&error))?;
    let result = runtime.block_on(serve(Server::new(Lending::new(pool, 1))));
    // Not waited for: a read of standard input that never returns, and a call
    // that took longer than the SDK waits. Calls only read, and the index
    // survives any end.
    runtime.shutdown_background();
    result
}

async fn serve(server: Server) -> Result<(), OpError> {
    let mut termination = Termination::watch().map_err(|error| unusable(&error))?;
    let running = tokio::select! {
        begun = server.serve(stdio_pipes()) => match begun {
            Ok(running) => running,
            // Nothing was said: a client that only looked, or an empty input.
            Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(refused(&error)),
        },
        () = termination.come() => return Ok(()),
    };
    let stop = running.cancellation_token();
    let mut ended = std::pin::pin!(running.waiting());
    let reason = tokio::select! {
        reason = &mut ended => reason,
        () = termination.come() => {
            stop.cancel();
            ended.await
        }
    };
    match reason {
        Ok(QuitReason::JoinError(error)) | Err(error) => Err(unusable(&error)),
        Ok(_) => Ok(()),
    }
}

/// First words that are no beginning, cut to what a person reads.
fn refused(error: &ServerInitializeError) -> OpError {
    let text: String = error.to_string().chars().filter(|it| !it.is_control()).take(300).collect();
    OpError::Invalid {
        message: format!("the client does not speak the protocol: {text}"),
        hint: "an agent's client starts this command; it begins with server/discover or initialize"
            .to_owned(),
    }
}

fn unusable(error: &impl ToString) -> OpError {
    OpError::File { path: "standard input and output".to_owned(), reason: error.to_string() }
}

/// The system's polite request to stop.
#[cfg(unix)]
struct Termination(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Termination {
    fn watch() -> std::io::Result<Self> {
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map(Self)
    }

    async fn come(&mut self) {
        self.0.recv().await;
    }
}

/// Elsewhere a process is stopped without being asked.
#[cfg(not(unix))]
struct Termination;

#[cfg(not(unix))]
impl Termination {
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    fn watch() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn come(&mut self) {
        std::future::pending().await
    }
}
