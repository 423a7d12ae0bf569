//! HTTP: the same resources for people and for programs. Only this crate knows axum.

mod answers;
mod as_of;
mod ask;
mod built;
mod comparison;
mod csv;
mod encoding;
mod etag;
mod filters;
mod front;
mod kept;
mod links;
mod listing;
mod negotiation;
mod openapi;
pub mod pages;
mod paging;
mod portal;
mod problem;
mod reply;
pub mod report;
mod router;
mod routes;
mod views;
mod work;

pub use portal::{PastEdition, PastEditions, Portal, Settings};
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
