//! How much was heard of a server: after its share it is heard no more.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, ReadBuf};

/// The bytes that may still come; shared with whoever reads them.
#[derive(Clone)]
pub(super) struct Heard(Arc<AtomicUsize>);

impl Heard {
    pub(super) fn at_most(bytes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(bytes)))
    }

    /// True if nothing more is heard.
    pub(super) fn is_full(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

/// A reader that ends after so many bytes.
pub(super) struct AtMost<R> {
    inner: R,
    heard: Heard,
}

impl<R> AtMost<R> {
    pub(super) fn of(inner: R, heard: &Heard) -> Self {
        Self { inner, heard: heard.clone() }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for AtMost<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let left = self.heard.0.load(Ordering::Relaxed);
        if left == 0 {
            return Poll::Ready(Ok(()));
        }
        let mut chunk = vec![0; left.min(buffer.remaining()).min(8_192)];
        let mut part = ReadBuf::new(&mut chunk);
        let polled = Pin::new(&mut self.inner).poll_read(context, &mut part);
        if matches!(polled, Poll::Ready(Ok(()))) {
            let read = part.filled();
            self.heard.0.store(left - read.len(), Ordering::Relaxed);
            buffer.put_slice(read);
        }
        polled
    }
}
