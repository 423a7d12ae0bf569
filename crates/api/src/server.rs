//! The server: connections with limits, over HTTP/1.1 and HTTP/2, which end well when the program does.

use axum::extract::Request;
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time;
use tower::{Service, ServiceExt};

/// What the server bears.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time; who comes later waits in the queue of the operating system.
    pub connections: usize,
    /// How long the head of a request may take, and how long a connection may be silent before its first.
    pub head: Duration,
    /// Bytes of a request's head that are read at all. Heads above [`front`](crate::front)'s own limits get a sentence.
    pub head_bytes: usize,
    /// Requests at a time on one HTTP/2 connection.
    pub streams: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 4096, head: Duration::from_secs(15), head_bytes: 128 * 1024, streams: 200 }
    }
}

/// What answers requests.
pub trait Answering:
    Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<S> Answering for S where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

/// Serves `answering` until `stop` is done, then finishes the answers under way.
pub async fn serve(
    listener: TcpListener,
    answering: impl Answering,
    limits: Limits,
    stop: impl Future<Output = ()> + Send,
) {
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let permit = room.clone().acquire_owned().await.ok()?;
            Some((permit, accept(&listener).await))
        };
        let next = tokio::select! {
            next = next => next,
            () = &mut stop => None,
        };
        let Some((permit, stream)) = next else { break };
        let (answering, watcher) = (answering.clone(), graceful.watcher());
        tokio::spawn(async move {
            connection(stream, answering, limits, watcher).await;
            drop(permit);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The next client. What goes wrong is the client's, or passes when others have left.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted for now");
                time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn connection(stream: TcpStream, answering: impl Answering, limits: Limits, watcher: Watcher) {
    // Small answers leave at once; where that cannot be set they leave a little later.
    let _ = stream.set_nodelay(true);
    let asked = Arc::new(AtomicBool::new(false));
    let service = {
        let asked = asked.clone();
        answering.map_request(move |request: axum::http::Request<hyper::body::Incoming>| {
            asked.store(true, Ordering::Relaxed);
            request.map(axum::body::Body::new)
        })
    };
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(limits.head_bytes)
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX))
        .keep_alive_interval(limits.head)
        .keep_alive_timeout(limits.head);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = pin!(watcher.watch(connection.into_owned()));
    // hyper waits for ever for the first bytes, by which it tells the versions of HTTP apart.
    tokio::select! {
        _ = &mut connection => return,
        () = time::sleep(limits.head) => {}
    }
    if asked.load(Ordering::Relaxed) {
        // What goes wrong on a connection now concerns its client alone.
        let _ = connection.await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Room;
    use axum::Router;
    use axum::routing::get;
    use std::net::SocketAddr;
    use std::thread;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::{mpsc, oneshot};

    const SHORT: Limits =
        Limits { connections: 8, head: Duration::from_millis(200), head_bytes: 16 * 1024, streams: 8 };

    /// A server of these paths; it ends when the sender is dropped.
    async fn start(router: Router) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async {
            let _ = stopped.await;
        };
        (address, stop, tokio::spawn(serve(listener, router, SHORT, stopped)))
    }

    /// What comes back for these bytes until the server hangs up.
    async fn exchange(address: SocketAddr, sent: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let mut back = Vec::new();
        let read = stream.read_to_end(&mut back);
        // A server that has not read all that was sent may reset the connection: what came before counts.
        let _ = time::timeout(Duration::from_secs(5), read).await.expect("the server holds on");
        back
    }

    #[tokio::test]
    async fn who_is_slow_to_ask_is_let_go() {
        let (address, _stop, _) = start(Router::new().route("/", get(|| async { "here" }))).await;
        for sent in ["", "G", "GET / HT", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ", "PRI * HTTP/2.0\r\n"] {
            let back = exchange(address, sent.as_bytes()).await;
            assert!(!String::from_utf8_lossy(&back).contains("200 OK"), "{sent}");
        }
        let asked = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        assert!(exchange(address, asked.as_bytes()).await.ends_with(b"here"));
    }

    #[tokio::test]
    async fn http_2_is_spoken_to_those_who_begin_with_it() {
        let (address, _stop, _) = start(Router::new()).await;
        let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
        let back = exchange(address, preface).await;
        assert_eq!(back.get(3), Some(&4), "the first frame is of settings");
    }

    #[tokio::test]
    async fn work_ends_when_its_client_leaves() {
        let (started, mut start_of_work) = mpsc::unbounded_channel();
        let (ended, mut end_of_work) = mpsc::unbounded_channel();
        let room = Arc::new(Room::default());
        let work = move || {
            let (started, ended, room) = (started.clone(), ended.clone(), room.clone());
            async move {
                let endless = room.work(move |wanted| -> Result<(), _> {
                    started.send(()).unwrap();
                    loop {
                        if let Err(problem) = wanted.check() {
                            ended.send(()).unwrap();
                            return Err(problem);
                        }
                        thread::sleep(Duration::from_millis(1));
                    }
                });
                endless.await.map(|()| "never")
            }
        };
        let (address, _stop, _) = start(Router::new().route("/", get(work))).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        start_of_work.recv().await.unwrap();
        drop(client);
        time::timeout(Duration::from_secs(5), end_of_work.recv()).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn an_answer_under_way_is_finished_before_the_end() {
        let slow = || async {
            time::sleep(Duration::from_millis(300)).await;
            "whole"
        };
        let (address, stop, served) = start(Router::new().route("/", get(slow))).await;
        let client =
            tokio::spawn(async move { exchange(address, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await });
        time::sleep(Duration::from_millis(100)).await;
        drop(stop);
        time::timeout(Duration::from_secs(5), served).await.unwrap().unwrap();
        assert!(client.await.unwrap().ends_with(b"whole"));
        assert!(TcpStream::connect(address).await.is_err());
    }
}
