//! Connections that become encrypted before anything is said on them.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::binding::end_point;
use super::fault::TlsFault;

/// What makes connections to a server encrypted, where they are to be.
#[derive(Clone)]
pub struct Connector(Option<Arc<ClientConfig>>);

/// The same for one connection.
pub struct Handshake(Option<(TlsConnector, ServerName<'static>)>);

/// A connection that is encrypted.
pub struct Encrypted<S>(TlsStream<S>);

impl Connector {
    /// Nothing is encrypted.
    pub(super) fn plain() -> Self {
        Self(None)
    }

    /// Everything is.
    pub(super) fn encrypting(config: Arc<ClientConfig>) -> Self {
        Self(Some(config))
    }

    /// Whether connections are encrypted.
    pub fn encrypts(&self) -> bool {
        self.0.is_some()
    }

    /// For one connection to the server of that name, which its certificate has to carry.
    ///
    /// # Errors
    /// [`TlsFault::NoName`].
    pub fn handshake(&self, host: &str) -> Result<Handshake, TlsFault> {
        let Some(config) = &self.0 else { return Ok(Handshake(None)) };
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| TlsFault::NoName(host.to_owned()))?;
        Ok(Handshake(Some((TlsConnector::from(Arc::clone(config)), name))))
    }
}

impl<S> MakeTlsConnect<S> for Connector
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type TlsConnect = Handshake;
    type Error = TlsFault;

    fn make_tls_connect(&mut self, host: &str) -> Result<Handshake, TlsFault> {
        self.handshake(host)
    }
}

impl<S> TlsConnect<S> for Handshake
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type Error = TlsFault;
    type Future = Pin<Box<dyn Future<Output = Result<Encrypted<S>, TlsFault>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            // A connection that is not to be encrypted never comes here.
            let (connector, name) = self.0.ok_or(TlsFault::Missing)?;
            let stream = connector.connect(name, stream).await;
            stream.map(Encrypted).map_err(|error| TlsFault::of(&error))
        })
    }
}

impl<S> tokio_postgres::tls::TlsStream for Encrypted<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    fn channel_binding(&self) -> ChannelBinding {
        let certificates = self.0.get_ref().1.peer_certificates();
        let digest = certificates.and_then(|it| it.first()).and_then(|it| end_point(it));
        digest.map_or_else(ChannelBinding::none, ChannelBinding::tls_server_end_point)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
