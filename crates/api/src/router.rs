//! Every path of the portal, on one page.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::routing::{get, post};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::timeout::TimeoutLayer;

use crate::front;
use crate::portal::Portal;
use crate::routes::{
    about, assets, changes, collections, conformance, diff, events, health, issues, item, items, landing,
    map, metrics, openapi, pmtiles, processes, questions, releases, schema, search, sheets, sources,
    strategies, styles, tile_matrix_sets, tiles, tilesets, xml_schema,
};

/// The portal as a service.
pub fn router(portal: Portal) -> Router {
    // What is read does not depend on who reads it, and what is posted is only looked at: no answer varies by origin.
    let read = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
        .expose_headers(Any)
        .max_age(Duration::from_hours(24))
        .vary([]);
    let every = ServiceBuilder::new()
        .layer(read)
        .layer(middleware::from_fn_with_state(portal.clone(), front::pass))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(30)))
        .layer(CatchPanicLayer::new());
    Router::new()
        .route("/", get(landing::show))
        .route("/map", get(map::show))
        .route("/map/figures", get(map::figures::show))
        .route("/search", get(search::show))
        .route("/conformance", get(conformance::show))
        .route("/api", get(openapi::show))
        .route("/collections", get(collections::list))
        .route("/collections/{id}", get(collections::show))
        .route("/collections/{id}/schema.xsd", get(xml_schema::show))
        .route("/collections/{id}/queryables", get(schema::queryables))
        .route("/collections/{id}/schema", get(schema::schema))
        .route("/collections/{id}/items", get(items::list))
        .route("/collections/{id}/items/{fid}", get(item::show))
        .route("/collections/{id}/items/{fid}/answers", get(item::answers::show))
        .route("/collections/{id}/items/{fid}/history", get(item::history))
        .route("/municipalities", get(sheets::municipalities))
        .route("/municipalities/{istat}", get(sheets::municipality))
        .route("/zones", get(sheets::zones))
        .route("/zones/{id}", get(sheets::zone))
        .route("/changes", get(changes::show))
        .route("/accessibility", get(about::accessibility))
        .route("/privacy", get(about::privacy))
        .route("/credits", get(about::credits))
        .route("/guide/qgis", get(about::guide))
        .route("/releases", get(releases::list))
        .route("/releases/{number}", get(releases::show))
        .route("/releases/{number}/diff", get(diff::show))
        .route("/releases/{number}/issues", get(issues::show))
        .route("/strategies", get(strategies::list))
        .route("/strategies/{id}", get(strategies::show))
        .route("/strategies/{id}/questions/{question}", get(questions::show))
        .route("/processes", get(processes::list))
        .route("/processes/{id}", get(processes::show))
        .route("/processes/{id}/execution", post(processes::execute))
        .route("/sources", get(sources::list))
        .route("/sources/{id}", get(sources::show))
        .route("/collections/{id}/tiles", get(tilesets::of_collection))
        .route("/collections/{id}/tiles/{set}", get(tilesets::one_of_collection))
        .route("/collections/{id}/tiles/{set}/{z}/{y}/{x}", get(tiles::show_of_collection))
        .route("/pmtiles/{document}", get(pmtiles::show))
        .route("/tileMatrixSets", get(tile_matrix_sets::list))
        .route("/tileMatrixSets/{id}", get(tile_matrix_sets::show))
        .route("/tiles", get(tilesets::of_dataset))
        .route("/tiles/WebMercatorQuad", get(tilesets::one_of_dataset))
        .route("/tiles/WebMercatorQuad/{z}/{y}/{x}", get(tiles::show_of_dataset))
        .route("/tiles/{document}", get(tiles::describe))
        .route("/tiles/{ids}/{z}/{x}/{y}", get(tiles::show))
        .route("/styles", get(styles::list))
        .route("/styles/{id}", get(styles::show))
        .route("/styles/{id}/legend", get(styles::legend))
        .route("/assets/{*file}", get(assets::show))
        .route("/events", get(events::listen))
        .route("/metrics", get(metrics::show))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(DefaultBodyLimit::max(front::BODY_BYTES))
        .layer(every)
        .with_state(portal)
}
