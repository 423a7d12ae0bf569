//! `/map`: the map for people.

use axum::extract::State;
use axum::response::Response;

use crate::ask::Ask;
use crate::content::Content;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// The page with the map. Its state stands in the fragment of the address, which its script reads.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let edition = portal.edition();
    ask.parameters(&[])?;
    ask.answer(&edition.tag, || Ok(Content::html(views::map::page(&edition, &ask)?))).await
}
