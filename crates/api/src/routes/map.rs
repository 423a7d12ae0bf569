//! `/map`: the map for people.

pub mod figures;

use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;

use crate::ask::Ask;
use crate::content::Content;
use crate::detail::said;
use crate::front;
use crate::listing;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// The parameter that asks for the map alone, to stand in another page.
const EMBED: &str = "embed";

/// The page with the map. Its state stands in the fragment of the address, which its script reads.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let edition = portal.edition();
    let embedded = match listing::value(ask.parameters(&[EMBED])?, EMBED) {
        None => false,
        Some("1") => true,
        Some(other) => {
            return Err(Problem::bad_request(said(
                "unknown_value",
                &[("value", &other), ("name", &EMBED), ("known", &1)],
            )));
        }
    };
    let make = || Ok(Content::html(views::map::page(&portal, &edition, embedded, &ask)?));
    let mut response = ask.answer(&edition.tag, make).await?;
    if embedded {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, front::embeddable());
    }
    Ok(response)
}
