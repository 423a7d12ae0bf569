//! Every path of the portal, on one page.

use axum::Router;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::portal::Portal;
use crate::problem_face;
use crate::routes::{
    assets, collections, conformance, diff, health, issues, item, items, landing, openapi, releases, sources,
    styles, tiles,
};

/// The portal as a service.
pub fn router(portal: Portal) -> Router {
    let read =
        CorsLayer::new().allow_origin(Any).allow_methods([Method::GET, Method::HEAD]).expose_headers(Any);
    Router::new()
        .route("/", get(landing::show))
        .route("/conformance", get(conformance::show))
        .route("/api", get(openapi::show))
        .route("/collections", get(collections::list))
        .route("/collections/{id}", get(collections::show))
        .route("/collections/{id}/items", get(items::list))
        .route("/collections/{id}/items/{fid}", get(item::show))
        .route("/releases", get(releases::list))
        .route("/releases/{number}", get(releases::show))
        .route("/releases/{number}/diff", get(diff::show))
        .route("/releases/{number}/issues", get(issues::show))
        .route("/sources", get(sources::list))
        .route("/sources/{id}", get(sources::show))
        .route("/tiles/{document}", get(tiles::describe))
        .route("/tiles/{ids}/{z}/{x}/{y}", get(tiles::show))
        .route("/styles/{id}", get(styles::show))
        .route("/assets/{*file}", get(assets::show))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_secs(30)))
        .layer(middleware::from_fn_with_state(portal.clone(), problem_face::show))
        .layer(middleware::map_response(secure))
        .layer(read)
        .layer(TraceLayer::new_for_http())
        .with_state(portal)
}

/// Pages load nothing from other hosts, run no script but their own, and do not stand in other pages.
async fn secure(mut response: Response) -> Response {
    const RULES: [(HeaderName, &str); 3] = [
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
             worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
        (REFERRER_POLICY, "same-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in RULES {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
