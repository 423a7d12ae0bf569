//! `/accessibility`, `/privacy`, `/credits` and `/guide/qgis`: pages about the portal itself. They are for people alone.

use atlas::Edition;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

use crate::ask::Ask;
use crate::content::Content;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views::about;

/// What is accessible, what is not, and whom to tell.
pub async fn accessibility(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    statement(&portal, "accessibility", &ask).await
}

/// What is known of readers.
pub async fn privacy(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    statement(&portal, "privacy", &ask).await
}

/// Whose data and whose work the portal rests on.
pub async fn credits(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    page(&portal, &ask, |edition| about::credits(edition, &ask)).await
}

/// How to open the data in QGIS.
pub async fn guide(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    page(&portal, &ask, |edition| about::guide(edition, &ask)).await
}

async fn statement(portal: &Portal, name: &str, ask: &Ask) -> Result<Response, Problem> {
    let contact = portal.settings.contact.as_deref();
    page(portal, ask, |edition| about::statement(edition, name, contact, ask)).await
}

async fn page(
    portal: &Portal,
    ask: &Ask,
    make: impl FnOnce(&Arc<Edition>) -> Result<String, Problem> + Send,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    ask.answer(&edition.tag, || Ok(Content::html(make(&edition)?))).await
}
