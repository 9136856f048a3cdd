//! Who stands on the way to a database: one who only listens, one who answers in the server's
//! place, and one who ends the encryption before it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

use super::tls::Identity;

/// With what a client asks whether a server encrypts: the length, then 1234 and 5679.
const WISH: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// What a server asks a password with that comes as it is.
const ASKS: [u8; 9] = *b"R\0\0\0\x08\0\0\0\x03";

fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("the loopback");
    let port = listener.local_addr().expect("an address").port();
    (listener, port)
}

/// A wire that keeps all that goes over it, both ways.
pub(crate) struct Tap {
    pub(crate) port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Tap {
    /// To the server at `port`.
    pub(crate) fn to(port: u16) -> Self {
        let (listener, own) = listener();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let tap = Self { port: own, heard: Arc::clone(&heard) };
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(("127.0.0.1", port)).expect("the server answers");
                let other = |it: &TcpStream| it.try_clone().expect("another handle");
                listen(other(&client), other(&server), Arc::clone(&heard));
                listen(server, client, Arc::clone(&heard));
            }
        });
        tap
    }

    /// Whether a text went over it as it is.
    pub(crate) fn heard(&self, text: &str) -> bool {
        holds(&self.heard.lock().expect("it only listens"), text)
    }

    /// Whether anything did.
    pub(crate) fn is_used(&self) -> bool {
        !self.heard.lock().expect("it only listens").is_empty()
    }
}

fn listen(mut from: TcpStream, mut to: TcpStream, heard: Arc<Mutex<Vec<u8>>>) {
    thread::spawn(move || {
        let mut bytes = vec![0; 65_536];
        while let Ok(many @ 1..) = from.read(&mut bytes) {
            heard.lock().expect("it only listens").extend_from_slice(&bytes[..many]);
            if to.write_all(&bytes[..many]).is_err() {
                break;
            }
        }
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    });
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

/// What somebody says who is asked whether he encrypts.
#[derive(Clone)]
pub(crate) enum Says {
    /// That he does not, and then asks for the password.
    No,
    /// That he does, and then asks for the password all the same.
    YesInPlain,
    /// That he does, and nothing more.
    YesAndNothing,
    /// That he does, and is gone.
    YesAndGoes,
    /// That he does, and shows this; then he asks for the password.
    Yes(Identity),
}

/// What he heard on one connection.
pub(crate) struct Heard {
    /// As it came.
    raw: Vec<u8>,
    /// What was encrypted for him.
    meant: Vec<u8>,
}

impl Heard {
    /// Whether he knows a text now.
    pub(crate) fn knows(&self, text: &str) -> bool {
        holds(&self.raw, text) || holds(&self.meant, text)
    }

    /// Whether nothing was said to him but what belongs to agreeing on encryption.
    pub(crate) fn is_nothing(&self) -> bool {
        self.meant.is_empty() && self.raw.starts_with(&WISH)
    }
}

/// Somebody who stands where a server should be.
pub(crate) struct Impostor {
    pub(crate) port: u16,
    heard: Receiver<Heard>,
}

impl Impostor {
    pub(crate) fn new(says: Says) -> Self {
        let (listener, port) = listener();
        let (tells, heard) = channel();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (says, tells) = (says.clone(), tells.clone());
                thread::spawn(move || answer(client, &says, &tells));
            }
        });
        Self { port, heard }
    }

    /// What he heard on the next connection, once that is over.
    pub(crate) fn heard(&self) -> Heard {
        self.heard.recv_timeout(Duration::from_mins(1)).expect("somebody spoke to him")
    }
}

fn answer(client: TcpStream, says: &Says, tells: &Sender<Heard>) {
    let raw = Arc::new(Mutex::new(Vec::new()));
    let mut client = Kept { client, raw: Arc::clone(&raw) };
    let mut meant = Vec::new();
    let mut wish = [0; 8];
    let _ = client.read_exact(&mut wish);
    match says {
        Says::No => talk(&mut client, &[&b"N"[..], &ASKS].concat()),
        Says::YesInPlain => talk(&mut client, &[&b"S"[..], &ASKS].concat()),
        Says::YesAndNothing => talk(&mut client, b"S"),
        Says::YesAndGoes => drop(client.write_all(b"S")),
        Says::Yes(identity) => {
            let _ = client.write_all(b"S");
            let session = ServerConnection::new(identity.speaks()).expect("a session");
            let mut session = StreamOwned::new(session, client);
            // Who is to be let in speaks first, and then once more.
            let mut bytes = [0; 1_024];
            while let Ok(many @ 1..) = session.read(&mut bytes) {
                let is_first = meant.is_empty();
                meant.extend_from_slice(&bytes[..many]);
                if !is_first || session.write_all(&ASKS).and_then(|()| session.flush()).is_err() {
                    break;
                }
            }
        }
    }
    let raw = raw.lock().expect("it is only kept").clone();
    let _ = tells.send(Heard { raw, meant });
}

/// Says something, and listens until the other side goes.
fn talk(other: &mut Kept, says: &[u8]) {
    let _ = other.write_all(says);
    let mut bytes = [0; 1_024];
    while let Ok(1..) = other.read(&mut bytes) {}
}

/// A connection of which all is kept that is read.
struct Kept {
    client: TcpStream,
    raw: Arc<Mutex<Vec<u8>>>,
}

impl Read for Kept {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        let many = self.client.read(bytes)?;
        self.raw.lock().expect("it is only kept").extend_from_slice(&bytes[..many]);
        Ok(many)
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.client.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.client.flush()
    }
}

/// Ends the encryption before a server that is spoken to plainly.
pub(crate) struct Front {
    pub(crate) port: u16,
    encrypted: Arc<AtomicUsize>,
}

impl Front {
    /// Before the server at `port`, as `identity`.
    pub(crate) fn before(port: u16, identity: &Identity) -> Self {
        let (listener, own) = listener();
        listener.set_nonblocking(true).expect("a listener");
        let encrypted = Arc::new(AtomicUsize::new(0));
        let (counted, acceptor) = (Arc::clone(&encrypted), TlsAcceptor::from(identity.speaks()));
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                while let Ok((client, _)) = listener.accept().await {
                    let joined = join(client, port, acceptor.clone(), Arc::clone(&counted));
                    tokio::spawn(async move { drop(joined.await) });
                }
            });
        });
        Self { port: own, encrypted }
    }

    /// How many connections were encrypted.
    pub(crate) fn encrypted(&self) -> usize {
        self.encrypted.load(Ordering::SeqCst)
    }
}

async fn join(
    mut client: tokio::net::TcpStream,
    port: u16,
    acceptor: TlsAcceptor,
    counted: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    let mut wish = [0; 8];
    client.read_exact(&mut wish).await?;
    assert_eq!(wish, WISH, "somebody speaks plainly");
    client.write_all(b"S").await?;
    let mut client = acceptor.accept(client).await?;
    counted.fetch_add(1, Ordering::SeqCst);
    let mut server = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await.map(drop)
}
