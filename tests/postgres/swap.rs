//! A way past the check: between a client and a server, statements are put in the place
//! of those that were sent. So the server's side can be tried without a door in the
//! product.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;

/// What a statement becomes.
type Rule = Arc<dyn Fn(&str) -> String + Send + Sync>;

pub(crate) struct Swap {
    pub(crate) port: u16,
}

impl Swap {
    /// Before the server at `port` of the loopback.
    pub(crate) fn before(port: u16, rule: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let own = listener.local_addr().unwrap().port();
        let rule: Rule = Arc::new(rule);
        std::thread::spawn(move || {
            while let Ok((client, _)) = listener.accept() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let rule = Arc::clone(&rule);
                std::thread::spawn(move || between(&client, &server, &rule));
            }
        });
        Self { port: own }
    }
}

/// Until one of both ends.
fn between(client: &TcpStream, server: &TcpStream, rule: &Rule) {
    for side in [client, server] {
        side.set_nodelay(true).unwrap();
    }
    let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let answers = std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    let _ = questions(client, server, rule);
    let _ = server.shutdown(Shutdown::Write);
    let _ = answers.join();
}

/// The first message has no letter before its length. Of the others `Parse` has the name of
/// a statement, its text, and types.
fn questions(mut client: &TcpStream, mut server: &TcpStream, rule: &Rule) -> std::io::Result<()> {
    let (length, body) = message(client)?;
    server.write_all(&[&length[..], &body].concat())?;
    loop {
        let mut letter = [0];
        client.read_exact(&mut letter)?;
        let (mut length, mut body) = message(client)?;
        if letter == *b"P" {
            let parts: Vec<&[u8]> = body.splitn(3, |it| *it == 0).collect();
            let text = String::from_utf8_lossy(parts[1]).into_owned();
            body = [parts[0], &[0], rule(&text).as_bytes(), &[0], parts[2]].concat();
            length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
        }
        server.write_all(&[&letter[..], &length, &body].concat())?;
    }
}

fn message(mut from: &TcpStream) -> std::io::Result<([u8; 4], Vec<u8>)> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let mut body = vec![0; u32::from_be_bytes(length) as usize - 4];
    from.read_exact(&mut body)?;
    Ok((length, body))
}
