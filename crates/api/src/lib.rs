//! HTTP: the same resources for people and for programs. Only this crate knows axum.

mod address;
mod answering;
mod answers;
mod archive;
mod as_of;
mod ask;
mod atom;
mod built;
mod chronicle;
mod comparison;
mod content;
mod csv;
mod cursor;
mod detail;
mod door;
mod downloads;
mod drawn_then;
mod effort;
mod encoding;
mod etag;
mod facets;
mod filters;
mod form;
mod front;
mod json_schema;
mod kept;
mod links;
mod listing;
mod live;
mod metrics;
mod negotiation;
mod openapi;
pub mod pages;
mod paging;
mod portal;
pub mod printed;
mod problem;
mod pyramids;
mod range;
mod recent;
mod reply;
pub mod report;
mod router;
mod routes;
mod screening;
mod server;
mod sifting;
mod streaming;
mod style;
mod views;
mod work;

pub use portal::{PastEdition, PastEditions, Portal, Settings};
pub use router::router;
pub use server::Limits;

use door::Door;
use std::future::Future;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Serves the portal until `stop` is done, then finishes the answers under way.
pub async fn serve(listener: TcpListener, portal: Portal, stop: impl Future<Output = ()> + Send) {
    let (told, chronicle) = watch::channel(None);
    let portal = portal.with_chronicle(chronicle);
    let following = tokio::spawn(portal.metrics.clone().follow(portal.following()));
    let (store, strategies) = (portal.store.clone(), portal.strategies().to_vec());
    let writing = tokio::spawn(chronicle::follow(store, strategies, portal.following(), told));
    let live = portal.live.clone();
    let stop = async {
        stop.await;
        live.stop();
    };
    let door = Door::new(router(portal.clone()), portal);
    server::serve(listener, door, Limits::default(), stop).await;
    following.abort();
    writing.abort();
}
