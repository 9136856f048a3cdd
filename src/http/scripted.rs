//! A service of the tests, on the loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// Answers each request with what `answer` makes of its number and text, until it makes
/// nothing. Where it is, and the requests as they came, head and body.
pub(crate) fn listening(
    answer: impl Fn(usize, &str) -> Option<String> + Send + 'static,
) -> (String, Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, came) = channel();
    std::thread::spawn(move || {
        for number in 0.. {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let request = request(&stream);
            let Some(answer) = answer(number, &request) else { return };
            // Nobody listens any more.
            if sender.send(request).is_err() {
                return;
            }
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (address, came)
}

fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            break;
        }
    }
    let length = head.to_lowercase();
    let length = length.lines().find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    let _ = reader.read_exact(&mut body);
    head + &String::from_utf8_lossy(&body)
}

/// An answer's bytes; `headers` end in a line's end each.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
