//! A wire between a client and a database server that a test cuts where it hurts.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;

/// With what a client says that a change is to be kept.
const COMMIT: &[u8] = b"; COMMIT";

/// Where a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nowhere.
    Never = 0,
    /// Before the server hears that a change is to be kept.
    Before = 1,
    /// After it kept the change, before its client hears so.
    After = 2,
    /// The same, and nobody is let through again.
    ForGood = 3,
}

/// A wire; everybody who speaks to its port speaks to the server.
pub(crate) struct Wire {
    port: u16,
    cut: Arc<AtomicU8>,
}

impl Wire {
    /// To the server at `port`.
    pub(crate) fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback");
        let own = listener.local_addr().expect("an address").port();
        let (cut, dead) = (Arc::new(AtomicU8::new(0)), Arc::new(AtomicBool::new(false)));
        let wire = Self { port: own, cut: Arc::clone(&cut) };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if dead.load(Ordering::SeqCst) {
                    continue;
                }
                let server = TcpStream::connect(("127.0.0.1", port)).expect("the server answers");
                join(client, server, Arc::clone(&cut), &dead);
            }
        });
        wire
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Cuts the connection that keeps a change next.
    pub(crate) fn cut(&self, cut: Cut) {
        self.cut.store(cut as u8, Ordering::SeqCst);
    }

    /// Whether the cut that was asked for was made.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst) == 0
    }
}

fn join(client: TcpStream, server: TcpStream, cut: Arc<AtomicU8>, dead: &Arc<AtomicBool>) {
    let clone = |it: &TcpStream| it.try_clone().expect("another handle");
    let (mut from_client, mut to_server) = (clone(&client), clone(&server));
    let (mut from_server, mut to_client) = (server, client);
    let (swallow, dead) = (Arc::new(AtomicBool::new(false)), Arc::clone(dead));
    let swallows = Arc::clone(&swallow);
    thread::spawn(move || {
        let mut bytes = vec![0; 65_536];
        while let Ok(many @ 1..) = from_client.read(&mut bytes) {
            if bytes[..many].windows(COMMIT.len()).any(|it| it == COMMIT) {
                match cut.swap(0, Ordering::SeqCst) {
                    0 => (),
                    1 => break,
                    how => {
                        dead.store(how == Cut::ForGood as u8, Ordering::SeqCst);
                        swallows.store(true, Ordering::SeqCst);
                    }
                }
            }
            if to_server.write_all(&bytes[..many]).is_err() {
                break;
            }
        }
        end(&from_client, &to_server);
    });
    thread::spawn(move || {
        let mut bytes = vec![0; 65_536];
        while let Ok(many @ 1..) = from_server.read(&mut bytes) {
            if swallow.load(Ordering::SeqCst) || to_client.write_all(&bytes[..many]).is_err() {
                break;
            }
        }
        end(&from_server, &to_client);
    });
}

fn end(one: &TcpStream, other: &TcpStream) {
    let _ = one.shutdown(Shutdown::Both);
    let _ = other.shutdown(Shutdown::Both);
}
