//! What is drawn, now or at the time that `datetime=` or `release=` names.

use std::sync::Arc;
use tiles::Drawn;

use crate::as_of;
use crate::ask::Ask;
use crate::portal::Portal;
use crate::problem::Problem;

/// What is drawn at one time.
pub struct DrawnThen {
    /// The edition with its pyramids.
    pub drawn: Arc<Drawn>,
    /// Whether the address names the time: what it means then may be something else tomorrow.
    pub is_named: bool,
}

/// What is drawn at the time that a request names; what is drawn now if it names none, or the future.
///
/// # Errors
/// Those of [`as_of::edition`].
pub async fn of(portal: &Portal, ask: &Ask) -> Result<DrawnThen, Problem> {
    let (time, _) = as_of::split(ask.stated());
    if time.is_empty() {
        return Ok(DrawnThen { drawn: portal.drawn(), is_named: false });
    }
    let as_of = as_of::edition(portal, &time).await?;
    let drawn = if as_of.past.is_none() { portal.drawn() } else { portal.drawn_of(as_of.edition).await? };
    Ok(DrawnThen { drawn, is_named: true })
}
