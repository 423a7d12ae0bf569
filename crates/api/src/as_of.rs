//! `datetime=` and `release=`: the state of the data at another time than now.

use atlas::{Edition, Layer};
use domain::ReleaseId;
use std::sync::Arc;
use store::history;
use store::standing::At;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::address::escape;
use crate::detail::said;
use crate::etag;
use crate::pages::format;
use crate::portal::Portal;
use crate::problem::Problem;

/// The parameters that name a time.
pub const PARAMETERS: [&str; 2] = ["datetime", "release"];

/// Names and values.
pub type Parameters = Vec<(String, String)>;

/// The edition that a request asks for.
pub struct AsOf {
    /// The edition.
    pub edition: Arc<Edition>,
    /// The parameter that named it, which links have to carry on.
    pub parameter: Option<(String, String)>,
    /// What it is of, where that is not the present.
    pub past: Option<Moment>,
}

/// A time in the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When a release had just been published.
    Release(ReleaseId),
    /// The end of a day, by Italian clocks.
    Day(Date),
    /// An instant.
    Instant(OffsetDateTime),
}

impl AsOf {
    /// What tells answers of this edition from others.
    pub fn tag(&self) -> String {
        let past = if self.past.is_some() { ".past" } else { "" };
        format!("{}{past}", self.edition.tag)
    }

    /// The same of what depends on some collections alone.
    pub fn tag_of<'a>(&self, layers: impl IntoIterator<Item = &'a Layer>) -> String {
        let past = if self.past.is_some() { ".past" } else { "" };
        format!("{}{past}", etag::joined(layers.into_iter().map(|layer| layer.tag.as_str())))
    }

    /// An address of the portal with the parameter carried on.
    pub fn carried(&self, url: &str) -> String {
        match &self.parameter {
            Some((name, value)) => {
                let mark = if url.contains('?') { '&' } else { '?' };
                format!("{url}{mark}{name}={}", escape(value))
            }
            None => url.to_owned(),
        }
    }
}

/// Takes the parameters that name a time from among others.
pub fn split(parameters: &[(String, String)]) -> (Parameters, Parameters) {
    parameters.iter().cloned().partition(|(name, _)| PARAMETERS.contains(&name.as_str()))
}

/// The edition of the time that parameters name; the present one if they name none, or the future.
///
/// # Errors
/// 400 for what is no time, 404 for a release that there is not, 503 while the database is away.
pub async fn edition(portal: &Portal, parameters: &[(String, String)]) -> Result<AsOf, Problem> {
    let parameter = match parameters {
        [] => return Ok(AsOf { edition: portal.edition(), parameter: None, past: None }),
        [one] => one,
        _ => return Err(Problem::bad_request(said("datetime_and_release", &[]))),
    };
    let now = OffsetDateTime::now_utc();
    let moment = moment(parameter, now)?;
    let at = match moment {
        Moment::Release(id) => history::at_release(&portal.store, id).await?,
        Moment::Instant(instant) if instant >= now => At::Now,
        Moment::Instant(instant) => history::at_instant(&portal.store, instant).await?,
        Moment::Day(day) => match format::end_of_day(day) {
            end if end >= now => At::Now,
            end => history::at_instant(&portal.store, end).await?,
        },
    };
    let parameter = Some(parameter.clone());
    match at {
        At::Event(event) if at != history::at_instant(&portal.store, now).await? => {
            Ok(AsOf { edition: portal.past(event).await?, parameter, past: Some(moment) })
        }
        // After the last event: that is the present, which is in memory.
        _ => Ok(AsOf { edition: portal.edition(), parameter, past: None }),
    }
}

fn moment((name, value): &(String, String), now: OffsetDateTime) -> Result<Moment, Problem> {
    if name == "release" {
        let number = value.parse().ok().filter(|number| *number > 0);
        let wrong = || Problem::bad_request(said("no_release_number", &[("value", value)]));
        return number.map(|number| Moment::Release(ReleaseId(number))).ok_or_else(wrong);
    }
    let wrong = || Problem::bad_request(said("unreadable_datetime", &[("value", value)]));
    datetime(value, now).ok_or_else(wrong)
}

/// An instant, a day, or the end of an interval; an open end is now.
fn datetime(text: &str, now: OffsetDateTime) -> Option<Moment> {
    let open = |text: &str| text.is_empty() || text == "..";
    let Some((start, end)) = text.split_once('/') else { return single(text) };
    if open(start) && open(end) {
        return None;
    }
    let start = if open(start) { None } else { Some(single(start)?) };
    let end = if open(end) { Moment::Instant(now) } else { single(end)? };
    match start {
        Some(start) if instant(start) > instant(end) && !open(text.rsplit('/').next()?) => None,
        _ => Some(end),
    }
}

/// A day or an instant.
pub fn single(text: &str) -> Option<Moment> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]"));
    day.map(Moment::Day).or_else(|_| OffsetDateTime::parse(text, &Rfc3339).map(Moment::Instant)).ok()
}

fn instant(moment: Moment) -> OffsetDateTime {
    match moment {
        Moment::Instant(instant) => instant,
        Moment::Day(day) => format::end_of_day(day),
        Moment::Release(_) => OffsetDateTime::UNIX_EPOCH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_time_is_an_instant_a_day_or_the_end_of_an_interval() {
        let now = datetime!(2024-01-01 00:00 UTC);
        let march = Moment::Day(date!(2023 - 03 - 01));
        let instant = Moment::Instant(datetime!(2023-03-01 00:00 UTC));
        for (text, expect) in [
            ("2023-03-01T00:00:00Z", Some(instant)),
            ("2023-03-01T01:00:00+01:00", Some(instant)),
            ("2023-03-01", Some(march)),
            ("2023-01-01/2023-03-01", Some(march)),
            ("../2023-03-01", Some(march)),
            ("/2023-03-01", Some(march)),
            ("2023-01-01/..", Some(Moment::Instant(now))),
            ("2023-03-01/2023-03-01", Some(march)),
            ("2023-03-02/2023-03-01", None),
            ("../..", None),
            ("a/2023-03-01", None),
            ("2023-02-30", None),
            ("2023", None),
            ("", None),
            ("2023-03-01/2023-04-01/2023-05-01", None),
        ] {
            assert_eq!(datetime(text, now), expect, "{text}");
        }
    }
}
