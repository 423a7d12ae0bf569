//! HTTP: the same resources for people and for programs. Only this crate knows axum.

mod ask;
mod built;
mod encoding;
mod filters;
mod links;
mod openapi;
pub mod pages;
mod paging;
mod portal;
mod problem;
mod problem_face;
mod router;
mod routes;
mod views;

pub use portal::{Portal, Settings};
pub use router::router;

use std::future::Future;
use std::io;
use tokio::net::TcpListener;

/// Serves the portal until `stop` is done, then finishes the answers under way.
///
/// # Errors
/// What the operating system says if the listener breaks.
pub async fn serve(
    listener: TcpListener,
    portal: Portal,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(portal)).with_graceful_shutdown(stop).await
}
