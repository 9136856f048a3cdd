//! A stand-in for AWS: answers questions by their names with what it was told, and keeps
//! what was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// How a question is answered, from its own members.
type Answering = Box<dyn Fn(&Value) -> Result<Value, (u16, Value)> + Send>;

pub(crate) struct Amazon {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
    answering: Arc<Mutex<BTreeMap<&'static str, Answering>>>,
}

impl Amazon {
    /// Knows whose its caller is, and nothing else.
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let amazon = Self { address, asked: Arc::default(), answering: Arc::default() };
        let (asked, answering) = (Arc::clone(&amazon.asked), Arc::clone(&amazon.answering));
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let Some((name, input)) = question(&stream) else { continue };
                asked.lock().unwrap().push((name.clone(), input.clone()));
                let answers = answering.lock().unwrap();
                let unknown = || (400, json!({"__type": "InvalidAction", "message": name}));
                let answer = answers.get(name.as_str()).ok_or_else(unknown);
                let (status, body) = match answer.and_then(|answer| answer(&input)) {
                    Ok(body) => (200, body),
                    Err(refused) => refused,
                };
                let body = body.to_string();
                let head = format!(
                    "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        let arn = "arn:aws:sts::123456789012:assumed-role/triage/a";
        let who = json!({"GetCallerIdentityResult": {"Account": "123456789012", "Arn": arn}});
        amazon.answers("GetCallerIdentity", json!({"GetCallerIdentityResponse": who}));
        amazon
    }

    /// The same answer each time.
    pub(crate) fn answers(&self, name: &'static str, answer: Value) {
        self.answers_by(name, move |_| Ok(answer.clone()));
    }

    /// An error of a service that speaks JSON.
    pub(crate) fn refuses(&self, name: &'static str, status: u16, code: &'static str) {
        self.answers_by(name, move |_| Err((status, json!({"__type": code, "message": "why"}))));
    }

    pub(crate) fn answers_by(
        &self,
        name: &'static str,
        answer: impl Fn(&Value) -> Result<Value, (u16, Value)> + Send + 'static,
    ) {
        self.answering.lock().unwrap().insert(name, Box::new(answer));
    }

    /// Names of what was asked, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(name, _)| name.clone()).collect()
    }

    /// What was asked, word by word.
    pub(crate) fn words(&self) -> String {
        let asked = self.asked.lock().unwrap();
        let lines: Vec<String> =
            asked.iter().map(|(name, input)| format!("{name} {input}")).collect();
        lines.join("\n")
    }
}

/// The name of a question and its members; `None` for what is no request.
fn question(stream: &TcpStream) -> Option<(String, Value)> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|it| it.split_once(": "));
        let found = lines.find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_owned())
    };
    let length = header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    if let Some(target) = header("x-amz-target") {
        let name = target.rsplit('.').next()?.to_owned();
        return Some((name, serde_json::from_str(&body).ok()?));
    }
    let name = body.split('&').find_map(|it| it.strip_prefix("Action="))?;
    Some((name.to_owned(), Value::Null))
}
