//! The limit: the HTTP stack of the portal, that says hello and copies bytes.

use super::peers::{Running, free_port};
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::routing::get;
use std::collections::HashMap;
use std::process::Command;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A process of its own, so that what it takes can be counted.
pub struct Limit;

impl Limit {
    /// Starts it.
    pub fn start() -> Running {
        let port = free_port();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["limit", &port.to_string()]);
        Running::start(command, port, "/hello")
    }
}

/// What the process does.
pub async fn serve(port: u16) {
    let bodies: Arc<Mutex<HashMap<usize, Bytes>>> = Arc::default();
    let bytes = move |Path(size): Path<usize>| {
        let body = bodies.lock().unwrap().entry(size).or_insert_with(|| vec![7; size].into()).clone();
        async move { body }
    };
    let router = Router::new().route("/hello", get(|| async { "hello" })).route("/bytes/{size}", get(bytes));
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    axum::serve(listener, router).await.unwrap();
}
