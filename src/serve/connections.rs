//! Connections: how many, how long their heads may take, and their end.

use std::io::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::identity::Peer;
use super::limits::Limits;
use super::metrics::Metrics;
use super::signals::Stop;

/// Headers of a request, and bytes that are read before they must have ended: of a
/// head that comes at once twice as many may pass.
const MOST_HEADERS: usize = 64;
const BUFFER: usize = 32 * 1024;
/// A connection is asked to end after this time, so that none is held for ever.
const AGE: Duration = Duration::from_mins(10);
/// Pause after the system had no connection to give, such as without free files.
const PAUSE: Duration = Duration::from_millis(50);

const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\
    Content-Length: 0\r\nConnection: close\r\n\r\n";

/// What takes connections.
pub(super) struct Connections {
    pub(super) listener: TcpListener,
    pub(super) router: Router,
    pub(super) limits: Limits,
    pub(super) metrics: Arc<Metrics>,
}

impl Connections {
    /// Takes connections until `stop` comes, then waits for those that are being
    /// answered; `stop` coming once more, or the time of the settings, ends that.
    pub(super) async fn serve(self, mut stop: Stop) {
        let Self { listener, router, limits, metrics } = self;
        let room = Arc::new(Semaphore::new(limits.connections));
        let (ending, ended) = watch::channel(false);
        let connection = Connection { router, limits, metrics, ended };
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = stop.come() => break,
            };
            let Ok((stream, peer)) = accepted else {
                sleep(PAUSE).await;
                continue;
            };
            let Ok(permit) = Arc::clone(&room).try_acquire_owned() else {
                connection.metrics.refused("connections");
                turn_away(stream);
                continue;
            };
            let connection = connection.clone();
            tokio::spawn(async move {
                connection.serve(stream, Peer(peer.ip())).await;
                drop(permit);
            });
        }
        drop(listener);
        let _ = ending.send(true);
        let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
        tokio::select! {
            _ = timeout(limits.drain_time, room.acquire_many(all)) => {}
            () = stop.come() => {}
        }
    }
}

/// What one connection is served with.
#[derive(Clone)]
struct Connection {
    router: Router,
    limits: Limits,
    metrics: Arc<Metrics>,
    ended: watch::Receiver<bool>,
}

impl Connection {
    async fn serve(mut self, stream: TcpStream, peer: Peer) {
        let _held = self.metrics.connected();
        let router = TowerToHyperService::new(self.router);
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            router.call(request)
        });
        let _ = stream.set_nodelay(true);
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.header_time)
            .max_headers(MOST_HEADERS)
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(stream), answer);
        let mut serving = pin!(serving);
        // What goes wrong with a connection is its client's trouble.
        tokio::select! {
            _ = &mut serving => return,
            _ = self.ended.wait_for(|ended| *ended) => {}
            () = sleep(AGE) => {}
        }
        serving.as_mut().graceful_shutdown();
        let _ = timeout(self.limits.drain_time.max(self.limits.request_time), serving).await;
    }
}

/// Says so, as far as that goes without waiting.
fn turn_away(stream: TcpStream) {
    if let Ok(mut stream) = stream.into_std() {
        let _ = stream.write(FULL);
        let _ = stream.shutdown(std::net::Shutdown::Write);
    }
}
