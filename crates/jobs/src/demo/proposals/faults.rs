//! Deliberate faults, one of each common kind: without them nobody could see what becomes of bad data.

/// The registration, the column of the projects table, and what it says there.
const PROJECTS: [(u64, &str, &str); 3] = [
    (421, "Finanziamento PNRR", "da definire"),
    (862, "Data aggiornamento", "31/02/2026"),
    (1345, "Titolo progetto", ""),
];

/// The same for the registration's lines in the locations table.
const LOCATIONS: [(u64, &str, &str); 4] = [
    (505, "Codice Comune", "F205"),
    (766, "Percentuale di localizzazione", "centoventi"),
    (1144, "Geometria WKT", "POINT (45.4682360 9.1732200)"),
    (1529, "Geometria WKT", "POLYGON ((9.19 45.47, 9.2 45.48, 9.2 45.47, 9.19 45.48, 9.19 45.47))"),
];

/// Spoils the cells of a line of the projects table if that is its lot.
pub fn spoil_project(number: u64, header: &[&str], cells: &mut [String]) {
    spoil(&PROJECTS, number, header, cells);
}

/// Spoils the cells of a line of the locations table if that is its lot.
pub fn spoil_location(number: u64, header: &[&str], cells: &mut [String]) {
    spoil(&LOCATIONS, number, header, cells);
}

fn spoil(faults: &[(u64, &str, &str)], number: u64, header: &[&str], cells: &mut [String]) {
    for (_, column, value) in faults.iter().filter(|(whose, ..)| *whose == number) {
        for (_, cell) in header.iter().zip(cells.iter_mut()).filter(|(name, _)| *name == column) {
            (*value).clone_into(cell);
        }
    }
}
