//! A vendor's status page that answers each path as it was told, also in ways that no
//! sound server does.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What comes of a path.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Status, headers that end in a line's end each, and body.
    Says(u16, String, String),
    /// Half of a body, and the connection's end.
    Half(String),
    /// The beginning of a body without a length, then the same piece again and again: it ends
    /// with the connection, which the reader has to end.
    Endless(String, String),
    /// A body of so many MB.
    Large(usize),
}

impl Reply {
    /// 200, at ten past three on the day of the examples.
    pub(crate) fn ok(body: &impl ToString) -> Self {
        Self::Says(200, "date: Tue, 03 Nov 2026 15:10:00 GMT\r\n".to_owned(), body.to_string())
    }
}

pub(crate) struct StatusPage {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    replies: Arc<Mutex<BTreeMap<String, Vec<Reply>>>>,
}

impl StatusPage {
    /// Knows nothing yet.
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let page = Self { address, asked: Arc::default(), replies: Arc::default() };
        let (asked, replies) = (Arc::clone(&page.asked), Arc::clone(&page.replies));
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let (asked, replies) = (Arc::clone(&asked), Arc::clone(&replies));
                // One that is slow holds up nobody.
                std::thread::spawn(move || serve(stream, &asked, &replies));
            }
        });
        page
    }

    /// The same answer to a path each time.
    pub(crate) fn says(&self, path: &str, reply: Reply) {
        self.says_in_turn(path, vec![reply]);
    }

    /// One after the other, the last one for ever.
    pub(crate) fn says_in_turn(&self, path: &str, replies: Vec<Reply>) {
        self.replies.lock().unwrap().insert(path.to_owned(), replies);
    }

    /// Heads of requests, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    asked: &Mutex<Vec<String>>,
    replies: &Mutex<BTreeMap<String, Vec<Reply>>>,
) {
    let lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|it| !it.is_empty()).collect();
    let path = head.first().and_then(|it| it.split(' ').nth(1)).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(head.join("\n"));
    let mut replies = replies.lock().unwrap();
    let reply = match replies.get_mut(&path) {
        Some(left) if left.len() > 1 => left.remove(0),
        Some(left) => left[0].clone(),
        None => Reply::Says(404, String::new(), "<h1>Not Found</h1>".to_owned()),
    };
    drop(replies);
    let _ = send(&mut stream, &reply);
}

fn send(stream: &mut TcpStream, reply: &Reply) -> std::io::Result<()> {
    match reply {
        Reply::Says(status, headers, body) => {
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
        }
        Reply::Half(body) => {
            let length = body.len();
            let half: String = body.chars().take(body.chars().count() / 2).collect();
            write!(stream, "HTTP/1.1 200 Said\r\ncontent-length: {length}\r\n\r\n{half}")
        }
        Reply::Endless(start, piece) => {
            write!(stream, "HTTP/1.1 200 Said\r\nconnection: close\r\n\r\n{start}")?;
            loop {
                stream.write_all(piece.as_bytes())?;
            }
        }
        Reply::Large(megabytes) => {
            let length = megabytes << 20;
            write!(stream, "HTTP/1.1 200 Said\r\ncontent-length: {length}\r\n\r\n")?;
            let piece = vec![b' '; 1 << 20];
            (0..*megabytes).try_for_each(|_| stream.write_all(&piece))
        }
    }
}
