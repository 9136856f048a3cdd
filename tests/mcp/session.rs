//! One run of `prode mcp`: a request out, its answer in.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::TestRepo;

/// How a client begins, and what it adds to each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// 2026-07-28: no handshake, a version in every request.
    Modern,
    /// 2025-11-25: `initialize` first.
    Legacy,
}

/// Both eras.
pub(crate) const ERAS: [Era; 2] = [Era::Modern, Era::Legacy];

/// A running server.
pub(crate) struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    era: Era,
    last_id: u64,
}

impl Session {
    /// A server in the top folder of `repo`, greeted.
    pub(crate) fn open(repo: &TestRepo, era: Era) -> Self {
        let mut command = repo.prode_command();
        command.arg("mcp");
        Self::begin(command, era)
    }

    fn begin(command: Command, era: Era) -> Self {
        let mut session = Self::ungreeted(command, era);
        if era == Era::Legacy {
            let hello = session.request("initialize", greeting("2025-11-25"));
            assert_eq!(hello["result"]["protocolVersion"], "2025-11-25", "{hello}");
            session.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        }
        session
    }

    /// A server to which nothing was said.
    pub(crate) fn ungreeted(mut command: Command, era: Era) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("prode starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        Self { child, input, output, era, last_id: 0 }
    }

    /// Sends a request; gives the whole answer.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        // What could not be read has no id, and its complaint none either.
        let mut answers = std::iter::from_fn(|| self.receive());
        let answer = answers.find(|answer| !answer["id"].is_null()).expect("an answer");
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Sends a request and does not wait; gives its id.
    pub(crate) fn ask(&mut self, method: &str, mut params: Value) -> u64 {
        if self.era == Era::Modern {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
                "io.modelcontextprotocol/clientCapabilities": {},
            });
        }
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The result of a call of a tool.
    pub(crate) fn call(&mut self, tool: &str, given: Value) -> Value {
        let mut params = json!({"name": tool});
        params["arguments"] = given;
        let answer = self.request("tools/call", params);
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }

    /// The text of a call that fails.
    pub(crate) fn failing(&mut self, tool: &str, given: Value) -> String {
        let result = self.call(tool, given);
        assert_eq!(result["isError"], true, "{result}");
        assert!(result["structuredContent"].is_null(), "an error has no answer: {result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// One line, as it is.
    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(format!("{message}\n").as_bytes());
    }

    /// Bytes, as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).expect("prode reads");
        input.flush().expect("prode reads");
    }

    /// The next line; `None` at the end.
    pub(crate) fn receive(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("UTF-8");
        (!line.is_empty()).then(|| serde_json::from_str(&line).expect("a line is one message"))
    }

    /// The process, to send it a signal.
    #[cfg(unix)]
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Closes the input, unless a signal ends it; gives what was still to
    /// come, the exit code and stderr.
    pub(crate) fn end(mut self, close: bool) -> (Vec<Value>, Option<i32>, String) {
        if close {
            self.input = None;
        }
        let rest = std::iter::from_fn(|| self.receive()).collect();
        let code = self.child.wait().expect("it ends").code();
        let mut told = String::new();
        let stderr = self.child.stderr.as_mut().expect("stderr is a pipe");
        stderr.read_to_string(&mut told).expect("UTF-8");
        (rest, code, told)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a client says in `initialize`.
pub(crate) fn greeting(version: &str) -> Value {
    json!({
        "protocolVersion": version,
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "0"},
    })
}
