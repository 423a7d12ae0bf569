//! `since=`: with what time a sheet compares the present.

use atlas::{Edition, Layer};
use axum::http::StatusCode;
use domain::{GeometryKind, ReleaseId};
use std::sync::Arc;
use store::history;
use store::standing::At;
use time::OffsetDateTime;

use crate::as_of::{self, Moment};
use crate::detail::said;
use crate::pages::format;
use crate::portal::Portal;
use crate::problem::Problem;

/// The parameter: a day, whose changes count, or an instant.
pub const SINCE: &str = "since";

/// What the present is compared with.
pub enum Earlier {
    /// What stood before a time.
    Stood {
        /// Before what.
        before: Before,
        /// What stood.
        edition: Arc<Edition>,
    },
    /// The latest release of the proposals is the first, or there is none: nothing stood before it.
    First,
    /// The archive does not answer just now.
    Unavailable,
}

/// The time from which changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The latest release of the proposals, which is part of what changed.
    Release(ReleaseId),
    /// The time that was asked for.
    Moment(Moment),
}

impl Earlier {
    /// What stood, if it is known.
    pub fn edition(&self) -> Option<&Edition> {
        match self {
            Self::Stood { edition, .. } => Some(edition),
            Self::First | Self::Unavailable => None,
        }
    }

    /// What tells answers that compare with this from others.
    pub fn tag(&self) -> String {
        match self {
            Self::Stood { edition, before } => format!("{}.{before:?}", edition.tag).replace(['"', ' '], ""),
            Self::First => "first".to_owned(),
            Self::Unavailable => "unavailable".to_owned(),
        }
    }
}

/// The edition with which a sheet compares the present: what stood before the latest release of the proposals, or before `since`.
///
/// # Errors
/// 400 for what is no time, or lies in the future. While the database is away there is nothing to compare with, which is no error.
pub async fn earlier(portal: &Portal, edition: &Edition, since: Option<&str>) -> Result<Earlier, Problem> {
    let found = match since.map(moment).transpose()? {
        Some(moment) => before_moment(portal, moment).await,
        None => before_release(portal, edition).await,
    };
    match found {
        Err(problem) if is_away(&problem) => Ok(Earlier::Unavailable),
        found => found,
    }
}

/// Whether the past cannot be read just now, or not at all in this portal.
fn is_away(problem: &Problem) -> bool {
    matches!(problem.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::NOT_IMPLEMENTED)
}

fn moment(text: &str) -> Result<Moment, Problem> {
    let refused = |key| Problem::bad_request(said(key, &[("value", &text), ("name", &SINCE)]));
    let moment = as_of::single(text).ok_or_else(|| refused("unreadable_since"))?;
    if start(moment) > OffsetDateTime::now_utc() {
        return Err(refused("future_since"));
    }
    Ok(moment)
}

/// The last instant before the changes that are asked for: of a day, all of it counts.
fn start(moment: Moment) -> OffsetDateTime {
    match moment {
        Moment::Instant(instant) => instant,
        Moment::Day(day) => format::end_of_day(day.previous_day().unwrap_or(day)),
        Moment::Release(_) => OffsetDateTime::UNIX_EPOCH,
    }
}

async fn before_moment(portal: &Portal, moment: Moment) -> Result<Earlier, Problem> {
    let At::Event(event) = history::at_instant(&portal.store, start(moment)).await? else {
        return Ok(Earlier::Unavailable);
    };
    Ok(Earlier::Stood { before: Before::Moment(moment), edition: portal.past(event).await? })
}

async fn before_release(portal: &Portal, edition: &Edition) -> Result<Earlier, Problem> {
    let layers = edition.layers.iter().map(AsRef::as_ref);
    let Some(proposals) =
        layers.into_iter().find(|layer: &&Layer| layer.collection.geometry == GeometryKind::Locations)
    else {
        return Ok(Earlier::First);
    };
    let Some(latest) = proposals.origins.iter().map(|origin| origin.release).max() else {
        return Ok(Earlier::First);
    };
    let event = portal.publications.get(&latest, published(portal, latest)).await?;
    if *event <= 1 {
        return Ok(Earlier::First);
    }
    let then = portal.past(*event - 1).await?;
    let is_first = then.layer(&proposals.collection.id).is_none_or(Layer::is_empty);
    if is_first {
        Ok(Earlier::First)
    } else {
        Ok(Earlier::Stood { before: Before::Release(latest), edition: then })
    }
}

/// The event by which a release was published.
async fn published(portal: &Portal, release: ReleaseId) -> Result<i64, Problem> {
    match history::at_release(&portal.store, release).await? {
        At::Event(event) => Ok(event),
        At::Now => Ok(0),
    }
}
