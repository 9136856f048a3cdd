//! Which names are names of errors.

use super::camel;
use super::word::Word;

/// Endings of the last part of a full name.
const ENDINGS: &[&str] =
    &["Error", "Exception", "Failure", "Fault", "Throwable", "Timeout", "Errno", "Interrupt"];

/// `sqlalchemy.exc.OperationalError`, `std::io::Error`, `Doctrine\DBAL\Exception`
pub(super) fn is_qualified_error(word: &Word<'_>) -> bool {
    is_error_name(word.value()) && word.value().contains(['.', ':', '\\'])
}

/// Whether a name, bare or full, ends as names of errors do.
pub(super) fn is_error_name(name: &str) -> bool {
    let last = name.rsplit(['.', ':', '\\', '$']).next().unwrap_or_default();
    last.starts_with(|c: char| c.is_ascii_uppercase())
        && ENDINGS.iter().any(|ending| last.ends_with(ending))
}

/// `ValueError`, not the word `Error` alone, nor the ending of `HTTP_Error`.
pub(super) fn is_bare_name(word: &Word<'_>) -> bool {
    let own = word.value().trim_end_matches("Error").trim_end_matches("Exception");
    own.len() >= 2
}

/// `SQSError: OverLimit`: what follows is a code and not the first word of a
/// sentence.
pub(super) fn is_name_with_code(word: &Word<'_>) -> bool {
    let Some((name, code)) = word.value().split_once(": ") else { return false };
    let constant = code.len() >= 4 && code.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let own = !is_error_name(code) && (camel::is_in_humps(code) || constant);
    own && name.len() > "Error".len() && !word.after().starts_with(['(', '.', ':'])
}

/// `DEADLINE_EXCEEDED`, but not `REQUEST_TIMEOUT=30`, which is a setting.
pub(super) fn is_error_constant(word: &Word<'_>) -> bool {
    let assigned = word.after().starts_with(['=', '}']) || word.before().ends_with(['$', '{']);
    let mut parts = word.value().split('_');
    !assigned && parts.any(|part| ERROR_PARTS.contains(&part))
}

/// `E0382` of a compiler, but not the head of a log line, `E0103 04:10:00.1`.
pub(super) fn is_compiler_code(word: &Word<'_>) -> bool {
    let after = word.after().as_bytes();
    let dated = after.first() == Some(&b' ')
        && after.len() > KLOG_DIGITS
        && after[1].is_ascii_digit()
        && after[KLOG_DIGITS] == b':';
    !dated
}

/// Parts that make a constant in upper case the name of an error.
const ERROR_PARTS: &[&str] = &[
    "ABORTED",
    "BLOCKED",
    "CLOSED",
    "CONFLICT",
    "CORRUPT",
    "CRASHED",
    "DEADLOCK",
    "DENIED",
    "DOWN",
    "ERR",
    "ERROR",
    "EXCEEDED",
    "EXCEPTION",
    "EXHAUSTED",
    "EXISTS",
    "EXPIRED",
    "FAIL",
    "FAILED",
    "FAILURE",
    "FATAL",
    "FORBIDDEN",
    "FOUND",
    "INTERNAL",
    "INVALID",
    "LOST",
    "MISMATCH",
    "MISSING",
    "OVERFLOW",
    "OVERLOADED",
    "REFUSED",
    "REJECTED",
    "RESET",
    "THROTTLED",
    "TIMEDOUT",
    "TIMEOUT",
    "UNAVAILABLE",
    "UNKNOWN",
    "UNREACHABLE",
    "UNSUPPORTED",
    "VIOLATION",
];

/// Where the colon stands in the time after the code of a klog line: ` 04:`.
const KLOG_DIGITS: usize = 3;

/// Errors of operating systems, signals that end a process, and reasons that
/// Kubernetes gives.
pub(super) const ERROR_WORDS: &[&str] = &[
    // errno(3)
    "EACCES",
    "EADDRINUSE",
    "EADDRNOTAVAIL",
    "EAGAIN",
    "EAI_AGAIN",
    "EBADF",
    "EBUSY",
    "ECONNABORTED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EDQUOT",
    "EEXIST",
    "EFBIG",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "EINVAL",
    "EISDIR",
    "ELOOP",
    "EMFILE",
    "EMSGSIZE",
    "ENAMETOOLONG",
    "ENETDOWN",
    "ENETUNREACH",
    "ENFILE",
    "ENOBUFS",
    "ENOENT",
    "ENOMEM",
    "ENOSPC",
    "ENOTCONN",
    "ENOTDIR",
    "ENOTEMPTY",
    "ENOTFOUND",
    "EPERM",
    "EPIPE",
    "EROFS",
    "ESTALE",
    "ETIMEDOUT",
    "EWOULDBLOCK",
    "EXDEV",
    // signal(7)
    "SIGABRT",
    "SIGBUS",
    "SIGILL",
    "SIGKILL",
    "SIGPIPE",
    "SIGSEGV",
    "SIGTERM",
    // Kubernetes
    "BackoffLimitExceeded",
    "CrashLoopBackOff",
    "CreateContainerConfigError",
    "CreateContainerError",
    "DeadlineExceeded",
    "ErrImageNeverPull",
    "ErrImagePull",
    "FailedAttachVolume",
    "FailedCreatePodSandBox",
    "FailedMount",
    "FailedScheduling",
    "ImagePullBackOff",
    "InvalidImageName",
    "NodeNotReady",
    "OOMKilled",
    "OOMKilling",
    "RunContainerError",
    "DiskPressure",
    "MemoryPressure",
    "PIDPressure",
];
