//! The system's polite requests to stop.

use tokio::sync::mpsc;

/// The first asks to stop when what is going on is done, the second at once.
pub(super) struct Stop(mpsc::Receiver<()>);

impl Stop {
    /// Begins to listen for them.
    #[cfg(unix)]
    pub(super) fn watch() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (sender, receiver) = mpsc::channel(2);
        for kind in [SignalKind::terminate(), SignalKind::interrupt()] {
            let mut signal = signal(kind)?;
            let sender = sender.clone();
            tokio::spawn(async move {
                while signal.recv().await.is_some() && sender.send(()).await.is_ok() {}
            });
        }
        Ok(Self(receiver))
    }

    /// Begins to listen for them.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    pub(super) fn watch() -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::channel(2);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() && sender.send(()).await.is_ok() {}
        });
        Ok(Self(receiver))
    }

    /// Those that somebody else passes on.
    pub(super) fn told_by(receiver: mpsc::Receiver<()>) -> Self {
        Self(receiver)
    }

    /// Waits for the next one.
    pub(super) async fn come(&mut self) {
        // Nobody listens any more: then none comes.
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}
