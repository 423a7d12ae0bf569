//! What changed between the earlier and the current state: the demo can be imported twice, and the portal then has
//! something to say about what is new.

use super::{COUNT, Proposal};

/// Which of the two states to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As of the end of 2025.
    Earlier,
    /// As of the middle of 2026.
    Current,
}

/// Registrations that only the earlier state has: they come after all others.
pub const GONE: u64 = 12;

/// What happened to a registration between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Added,
    Removed,
    Refunded,
    Closed,
    Renamed,
    /// It got a better place, as places do from release to release.
    Located,
}

/// Turns everything invented into what one state has of it.
pub fn at<'a>(state: State, proposals: Vec<Proposal<'a>>) -> Vec<Proposal<'a>> {
    let in_state = |proposal: Proposal<'a>| match (state, change(&proposal)) {
        (_, None) => Some(proposal),
        (State::Earlier, Some(change)) => earlier(proposal, change),
        (State::Current, Some(change)) => current(proposal, change),
    };
    proposals.into_iter().filter_map(in_state).collect()
}

fn change(proposal: &Proposal<'_>) -> Option<Change> {
    match proposal.number % 40 {
        _ if proposal.number > COUNT => Some(Change::Removed),
        7 | 22 => Some(Change::Added),
        3 => Some(Change::Refunded),
        11 | 31 if proposal.status == "Chiuso" => Some(Change::Closed),
        18 => Some(Change::Renamed),
        27 if proposal.locations.iter().any(|location| location.shape.is_some()) => Some(Change::Located),
        _ => None,
    }
}

fn earlier(mut proposal: Proposal<'_>, change: Change) -> Option<Proposal<'_>> {
    match change {
        Change::Added => return None,
        Change::Removed => {}
        Change::Refunded => proposal.funding = proposal.funding.scaled(85),
        Change::Closed => proposal.status = "Attivo",
        Change::Renamed => proposal.title = proposal.title.replace(" – ", ", comune di "),
        Change::Located => {
            proposal
                .locations
                .iter_mut()
                .for_each(|location| (location.shape, location.address) = (None, None));
        }
    }
    Some(proposal)
}

fn current(mut proposal: Proposal<'_>, change: Change) -> Option<Proposal<'_>> {
    let (day, month, year) = proposal.updated_on;
    // What changed says so: a day of the first half of the year after.
    proposal.updated_on = (day, month.div_ceil(2), year + 1);
    Some(proposal).filter(|_| change != Change::Removed)
}
