//! A hardware key that a test can hold: an SSH agent on a socket whose one key
//! is `sk-ssh-ed25519@openssh.com` and whose signatures carry the flags that
//! the test wants.
//!
//! It speaks the agent protocol (draft-miller-ssh-agent) and signs as
//! PROTOCOL.u2f says, so that the real `ssh-keygen -Y sign` takes it for a
//! key that somebody touched, or did not touch.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

const KEY_TYPE: &str = "sk-ssh-ed25519@openssh.com";
const APPLICATION: &str = "ssh:";

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;

/// The key and its agent, which answers until the test's process ends.
pub(crate) struct HardwareKey {
    socket: PathBuf,
    public: PathBuf,
    text: String,
}

impl HardwareKey {
    /// A key in `folder` whose signatures carry `flags`: 0x01 touched, 0x04 PIN.
    pub(crate) fn plugged_in(folder: &Path, name: &str, flags: u8) -> Self {
        let seed: [u8; 32] = Sha256::digest(name.as_bytes()).into();
        let key = SigningKey::from_bytes(&seed);
        let blob =
            [text(KEY_TYPE), text(key.verifying_key().as_bytes()), text(APPLICATION)].concat();
        let line = format!("{KEY_TYPE} {}", base64(&blob));
        let public = folder.join(format!("{name}.pub"));
        std::fs::write(&public, format!("{line} {name}\n")).expect("a written key");
        let socket = folder.join(format!("{name}-{flags}.sock"));
        let listener = UnixListener::bind(&socket).expect("a socket");
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (key, blob) = (key.clone(), blob.clone());
                std::thread::spawn(move || while answer(&stream, &key, &blob, flags).is_some() {});
            }
        });
        Self { socket, public, text: line }
    }

    /// What `SSH_AUTH_SOCK` names.
    pub(crate) fn socket(&self) -> &Path {
        &self.socket
    }

    /// The file of its public part.
    pub(crate) fn public(&self) -> &Path {
        &self.public
    }

    /// Its type and base64.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// Answers one request; `None` where the other side is gone.
fn answer(mut stream: &UnixStream, key: &SigningKey, blob: &[u8], flags: u8) -> Option<()> {
    let mut length = [0; 4];
    stream.read_exact(&mut length).ok()?;
    let mut request = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut request).ok()?;
    let reply = match *request.first()? {
        REQUEST_IDENTITIES => {
            [&[IDENTITIES_ANSWER][..], &1_u32.to_be_bytes(), &text(blob), &text("test")].concat()
        }
        SIGN_REQUEST => {
            let (asked, rest) = string(&request[1..])?;
            let (data, _) = string(rest)?;
            assert_eq!(asked, blob, "it is asked for its own key");
            [&[SIGN_RESPONSE][..], &text(signature(key, data, flags))].concat()
        }
        _ => vec![FAILURE],
    };
    stream.write_all(&text(reply)).ok()
}

/// PROTOCOL.u2f, "SSH U2F signatures".
fn signature(key: &SigningKey, data: &[u8], flags: u8) -> Vec<u8> {
    let counter = 7_u32.to_be_bytes();
    let application = Sha256::digest(APPLICATION.as_bytes());
    let message = Sha256::digest(data);
    let signed = [&application[..], &[flags], &counter, &message[..]].concat();
    let raw = key.sign(&signed).to_bytes();
    [&text(KEY_TYPE)[..], &text(raw), &[flags], &counter].concat()
}

/// RFC 4251, section 5: a length and the bytes.
fn text(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let bytes = bytes.as_ref();
    let length = u32::try_from(bytes.len()).expect("short");
    [&length.to_be_bytes()[..], bytes].concat()
}

fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_at_checked(4)?;
    rest.split_at_checked(u32::from_be_bytes(length.try_into().ok()?) as usize)
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit)) & 63;
            let is_padding = digit > chunk.len();
            text.push(if is_padding { '=' } else { char::from(DIGITS[index as usize]) });
        }
    }
    text
}
