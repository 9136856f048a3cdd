//! As much of HTTP/1.1 as the stand-in needs: one request a connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{Kind, token};

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without the query; parts as they came.
    pub(crate) path: String,
    /// Decoded.
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Request {
    pub(super) fn read(mut stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(&mut stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split_whitespace();
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pair =
            |it: &str| it.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
        Some(Self {
            method,
            path: path.to_owned(),
            query: query.split('&').filter_map(pair).collect(),
            headers,
            body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn of_query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    pub(super) fn is_authorized(&self, kind: Kind) -> bool {
        let wanted = format!("{} {}", kind.row().scheme, token());
        self.header("authorization") == Some(&wanted)
    }

    /// The page of `items` that is asked for.
    pub(super) fn page(&self, items: Vec<Value>, size: &str, most: usize) -> Value {
        let number = |name: &str, usual: usize| {
            self.of_query(name).and_then(|it| it.parse().ok()).unwrap_or(usual)
        };
        let (page, size) = (number("page", 1), number(size, 30).min(most));
        items.into_iter().skip((page - 1) * size).take(size).collect()
    }
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(super) headers: Vec<(String, String)>,
}

impl Answer {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::plain(status, &body.to_string())
    }

    pub(super) fn plain(status: u16, body: &str) -> Self {
        Self { status, body: body.to_owned(), headers: Vec::new() }
    }

    /// A refusal as the forges write it.
    pub(super) fn refusal(status: u16, message: &str) -> Self {
        Self::json(status, &serde_json::json!({ "message": message }))
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn write(&self, mut stream: &TcpStream) {
        let _ = stream.write_all(self.text().as_bytes());
    }

    /// All but its end.
    pub(super) fn write_cut(&self, mut stream: &TcpStream) {
        let text = self.text();
        let end = text.len() - self.body.len() / 2;
        let _ = stream.write_all(&text.as_bytes()[..end]);
    }

    fn text(&self) -> String {
        let mut headers = String::new();
        for (name, value) in &self.headers {
            headers += &format!("{name}: {value}\r\n");
        }
        format!(
            "HTTP/1.1 {} Said\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\
             connection: close\r\n\r\n{}",
            self.status,
            self.body.len(),
            self.body
        )
    }
}
