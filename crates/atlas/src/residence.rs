//! In which municipalities each feature lies.

use crate::rows::Rows;
use domain::MunicipalityCode;

/// The municipalities of all features, one after the other.
#[derive(Debug)]
pub struct Residences {
    codes: Vec<MunicipalityCode>,
    /// For each feature the end of its codes.
    ends: Vec<u32>,
}

impl Residences {
    /// Those of all records; of their municipalities, those that are known.
    pub fn of(rows: &Rows, is_known: impl Fn(MunicipalityCode) -> bool) -> Self {
        let mut residences = Self { codes: Vec::new(), ends: Vec::with_capacity(rows.ids.len()) };
        let mut own: Vec<MunicipalityCode> = Vec::new();
        for at in 0..rows.ids.len() {
            let codes = rows.places.locations(at).filter_map(|location| location.municipality);
            own.extend(codes.filter(|code| is_known(*code)));
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
}
