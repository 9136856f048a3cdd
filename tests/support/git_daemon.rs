//! A real Git server on the loopback, over the folder of a test.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::hermetic;

/// `git daemon` that takes pushes; ends with the value.
pub(crate) struct GitDaemon {
    child: Child,
    port: u16,
}

impl GitDaemon {
    /// Serves every repository below `base`.
    pub(crate) fn serve(base: &Path, home: &Path) -> Self {
        let port = free_port();
        let mut command = hermetic("git", home);
        command.args(["daemon", "--enable=receive-pack", "--export-all", "--reuseaddr"]);
        command.args(["--listen=127.0.0.1", "--verbose", &format!("--port={port}")]);
        command.arg(format!("--base-path={}", base.display())).arg(base);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("git daemon starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::sleep(Duration::from_millis(20));
            assert!(child.try_wait().expect("a child").is_none(), "git daemon ended");
        }
        std::thread::spawn(move || while let Some(Ok(_)) = lines.next() {});
        Self { child, port }
    }

    /// The address of a repository below the base.
    pub(crate) fn address(&self, name: &str) -> String {
        format!("git://127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for GitDaemon {
    fn drop(&mut self) {
        // `git daemon` is a child of `git`, which passes an end on.
        let _ = std::process::Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback");
    listener.local_addr().expect("an address").port()
}
