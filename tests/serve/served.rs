//! One running server: bytes out, an answer in.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::mcp::session::Era;
use crate::support::TestRepo;

/// Longer than anything here takes on a busy machine: a test that hangs fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server.
pub(crate) struct Served {
    child: Child,
    address: SocketAddr,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts a refusal: its status, and a part of its words; a hint is always there.
    #[track_caller]
    pub(crate) fn refuses(&self, status: u16, words: &str) {
        assert_eq!(self.status, status, "{self:?}");
        let error = self.json();
        assert_eq!(error["schema"], "prode.error/v1", "{self:?}");
        assert!(error["message"].as_str().unwrap().contains(words), "{self:?}");
        assert!(!error["hints"].as_array().unwrap().is_empty(), "{self:?}");
    }
}

impl Served {
    /// A server on a free port, with more arguments before `serve`.
    pub(crate) fn start(repo: &TestRepo, settings: &[&str]) -> Self {
        let mut command = repo.prode_command();
        for setting in settings {
            command.args(["--config", setting]);
        }
        command.args(["serve", "--addr", "127.0.0.1:0", "--json"]);
        Self::begin(command)
    }

    pub(crate) fn begin(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("prode starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("stdout is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("UTF-8");
        if line.is_empty() {
            let mut told = String::new();
            child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("UTF-8");
            panic!("it does not listen: {told}");
        }
        let listening: Value = serde_json::from_str(&line).expect("a line of JSON");
        let address = listening["address"].as_str().unwrap().parse().expect("an address");
        Self { child, address }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a head with these lines, and a body.
    pub(crate) fn send(&self, line: &str, headers: &[&str], body: &str) -> TcpStream {
        let mut stream = self.connect();
        let mut head = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|it| it.to_lowercase().starts_with("host:")) {
            head.push_str(&format!("Host: {}\r\n", self.address));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).expect("it reads");
        stream
    }

    pub(crate) fn get(&self, path: &str, headers: &[&str]) -> Answer {
        receive(self.send(&format!("GET {path}"), headers, ""))
    }

    /// Sends a message of the protocol, in the form of an era.
    pub(crate) fn ask(
        &self,
        era: Era,
        method: &str,
        params: &Value,
        headers: &[&str],
    ) -> TcpStream {
        let mut params = params.clone();
        let name = params["name"].as_str().map(|name| format!("Mcp-Name: {name}"));
        let method_header = format!("Mcp-Method: {method}");
        let mut all =
            vec!["Content-Type: application/json", "Accept: application/json, text/event-stream"];
        if era == Era::Modern {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
                "io.modelcontextprotocol/clientCapabilities": {},
            });
            all.extend(["MCP-Protocol-Version: 2026-07-28", &method_header]);
            all.extend(name.as_deref());
        } else {
            all.push("MCP-Protocol-Version: 2025-11-25");
        }
        all.extend(headers);
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        self.send("POST /mcp", &all, &message.to_string())
    }

    /// Calls a tool and waits for the answer.
    pub(crate) fn call(&self, era: Era, tool: &str, given: &Value, headers: &[&str]) -> Answer {
        receive(self.asked(era, tool, given, headers))
    }

    /// Calls a tool and does not wait.
    pub(crate) fn asked(&self, era: Era, tool: &str, given: &Value, headers: &[&str]) -> TcpStream {
        let params = json!({"name": tool, "arguments": given});
        self.ask(era, "tools/call", &params, headers)
    }

    /// The usual question.
    pub(crate) fn query(&self, headers: &[&str]) -> Answer {
        self.call(Era::Modern, "query", &json!({"query": "queue"}), headers)
    }

    /// The count of a series in `/metrics`; 0 where it is not there yet.
    pub(crate) fn metric(&self, series: &str) -> u64 {
        let answer = self.get("/metrics", &[]);
        assert_eq!(answer.status, 200, "{answer:?}");
        let line = answer.body.lines().find_map(|line| line.strip_prefix(&format!("{series} ")));
        line.map_or(0, |value| value.parse().expect("a number"))
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("it ends");
        let mut told = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("UTF-8");
        (status, told)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The whole answer, until the connection ends.
pub(crate) fn receive(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A server that did not read everything resets the connection after its answer.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    Answer {
        status: status.unwrap_or_else(|| panic!("no answer: '{text}'")),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// Waits until `is_so`, and fails after a time that no machine takes.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "it never came to this: {what}");
        std::thread::yield_now();
    }
}

/// A pipe in place of a file that every question reads: questions wait until it is
/// let go.
pub(crate) struct Held(PathBuf);

impl Held {
    /// Holds up questions about `repo`.
    pub(crate) fn questions(repo: &TestRepo) -> Self {
        repo.prode(&["index"]).ok();
        let found = walkdir::WalkDir::new(repo.path().join(".git/prode"));
        let mut found = found.into_iter().filter_map(Result::ok);
        let manifest = found.find(|it| it.file_name().to_string_lossy().starts_with("manifest"));
        let path = manifest.expect("an index").into_path();
        std::fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        Self(path)
    }

    /// Lets them go on, as soon as one waits.
    pub(crate) fn release(self) {
        let pipe = std::fs::OpenOptions::new().write(true).open(&self.0).unwrap();
        std::fs::remove_file(&self.0).unwrap();
        drop(pipe);
    }
}
