//! A service that is asked by paths: it answers each with what it was told, and keeps what
//! was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// Status, headers that end in a line's end each, and body.
type Said = (u16, String, Value);

pub(crate) struct Listing {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<BTreeMap<String, Said>>>,
}

impl Listing {
    /// Knows nothing yet.
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let listing = Self { address, asked: Arc::default(), answers: Arc::default() };
        let (asked, answers) = (Arc::clone(&listing.asked), Arc::clone(&listing.answers));
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let Some(line) = first_line(&stream) else { continue };
                asked.lock().unwrap().push(line.trim_end_matches(" HTTP/1.1").to_owned());
                let target = line.strip_prefix("GET ").and_then(|it| it.split(' ').next());
                let path = target.and_then(|it| it.split('?').next()).unwrap_or_default();
                let unknown = (404, String::new(), json!({"message": "Not Found"}));
                let said = answers.lock().unwrap().get(path).cloned();
                let (status, headers, body) = said.unwrap_or(unknown);
                let body = body.to_string();
                let head = format!(
                    "HTTP/1.1 {status} Said\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        listing
    }

    /// The same answer to a path each time, whatever its query.
    pub(crate) fn says(&self, path: &str, body: Value) {
        self.says_all(path, 200, "", body);
    }

    pub(crate) fn says_all(&self, path: &str, status: u16, headers: &str, body: Value) {
        let said = (status, headers.to_owned(), body);
        self.answers.lock().unwrap().insert(path.to_owned(), said);
    }

    /// Methods with paths and queries, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn first_line(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    lines.take_while(|it| !it.is_empty()).for_each(drop);
    Some(first)
}
