//! In which municipalities each feature lies.

use crate::rows::Rows;
use domain::MunicipalityCode;

/// The municipalities of all features, one after the other.
#[derive(Debug)]
pub struct Residences {
    codes: Vec<MunicipalityCode>,
    /// For each feature the end of its codes.
    ends: Vec<u32>,
    /// The features, ascending, of which a place is drawn that does not say in which municipality it is.
    unnamed: Vec<u32>,
}

impl Residences {
    /// Those that records state, as far as they are known, and those in which they are `drawn`: records, ascending, each with what its
    /// shape says.
    pub fn of(
        rows: &Rows,
        is_known: impl Fn(MunicipalityCode) -> bool,
        drawn: &[(u32, Vec<MunicipalityCode>)],
    ) -> Self {
        let mut residences = Self {
            codes: Vec::new(),
            ends: Vec::with_capacity(rows.ids.len()),
            unnamed: drawn.iter().map(|(at, _)| *at).collect(),
        };
        residences.unnamed.dedup();
        let mut drawn = drawn.iter().peekable();
        let mut own: Vec<MunicipalityCode> = Vec::new();
        for (number, at) in (0..).zip(0..rows.ids.len()) {
            let codes = rows.places.locations(at).filter_map(|location| location.municipality);
            own.extend(codes.filter(|code| is_known(*code)));
            while let Some((_, codes)) = drawn.next_if(|(drawn, _)| *drawn == number) {
                own.extend(codes);
            }
            own.sort_unstable();
            own.dedup();
            residences.codes.append(&mut own);
            residences.ends.push(u32::try_from(residences.codes.len()).unwrap_or(u32::MAX));
        }
        residences.codes.shrink_to_fit();
        residences
    }

    /// The codes of the feature at a place, ascending.
    pub fn of_record(&self, at: usize) -> &[MunicipalityCode] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.codes[start..self.ends[at] as usize]
    }

    /// The features, ascending, of which a place is drawn that does not say in which municipality it is.
    pub fn unnamed(&self) -> &[u32] {
        &self.unnamed
    }
}
