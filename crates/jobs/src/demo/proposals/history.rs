//! What changed between the earlier and the current state: the demo can be imported twice, and the portal then has
//! something to say about what is new.

use super::Proposal;

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

/// Turns everything invented into what one state has of it.
pub fn at(state: State, proposals: Vec<Proposal<'_>>) -> Vec<Proposal<'_>> {
    match state {
        State::Current => proposals.into_iter().filter(|proposal| proposal.number <= super::COUNT).collect(),
        State::Earlier => proposals.into_iter().filter_map(earlier).collect(),
    }
}

/// What a registration was half a year before; `None` where it was not yet there.
fn earlier(mut proposal: Proposal<'_>) -> Option<Proposal<'_>> {
    match proposal.number % 40 {
        _ if proposal.number > super::COUNT => return Some(proposal),
        7 | 22 => return None,
        3 => proposal.funding = proposal.funding.scaled(85),
        11 if proposal.status == "Chiuso" => proposal.status = "Attivo",
        18 => proposal.title = proposal.title.replace(" – ", ", comune di "),
        // A place that was less well known: this is how places get better from release to release.
        27 => proposal
            .locations
            .iter_mut()
            .for_each(|location| (location.shape, location.address) = (None, None)),
        _ => return Some(proposal),
    }
    proposal.updated_on = (proposal.updated_on.0, 12, 2025);
    Some(proposal)
}
