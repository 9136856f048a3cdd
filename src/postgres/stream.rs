//! A connection's bytes, of which no more are read than a limit says: one value that is
//! too large is not kept until it is whole. They are counted as they come, so that where a
//! connection is encrypted, certificates count too.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

use super::address::Place;

/// A connection to a server.
pub(super) struct Stream {
    side: Side,
    read: Arc<AtomicUsize>,
    most: usize,
}

enum Side {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Stream {
    /// Connects. At most so many bytes are read, which `read` counts.
    pub(super) async fn open(
        place: &Place,
        most: usize,
        read: Arc<AtomicUsize>,
    ) -> io::Result<Self> {
        let side = match place {
            Place::Tcp(host, port) => {
                let stream = TcpStream::connect((host.as_str(), *port)).await?;
                stream.set_nodelay(true)?;
                Side::Tcp(stream)
            }
            #[cfg(unix)]
            Place::Unix(path) => Side::Unix(UnixStream::connect(path).await?),
        };
        Ok(Self { side, read, most })
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = match &mut self.side {
            Side::Tcp(stream) => Pin::new(stream).poll_read(context, buffer),
            #[cfg(unix)]
            Side::Unix(stream) => Pin::new(stream).poll_read(context, buffer),
        };
        let more = buffer.filled().len() - before;
        if self.read.fetch_add(more, Ordering::Relaxed) + more > self.most {
            return Poll::Ready(Err(io::Error::other("it said more than is read")));
        }
        polled
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.side {
            Side::Tcp(stream) => Pin::new(stream).poll_write(context, bytes),
            #[cfg(unix)]
            Side::Unix(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.side {
            Side::Tcp(stream) => Pin::new(stream).poll_flush(context),
            #[cfg(unix)]
            Side::Unix(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.side {
            Side::Tcp(stream) => Pin::new(stream).poll_shutdown(context),
            #[cfg(unix)]
            Side::Unix(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
