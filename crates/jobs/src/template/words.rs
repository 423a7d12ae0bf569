//! What templates say, in Italian and English.

use super::kind::Kind;
use domain::Bilingual;
use domain::source::PlacePart;

/// Two texts as one.
pub fn both(it: &str, en: &str) -> Bilingual {
    Bilingual { it: it.to_owned(), en: en.to_owned() }
}

/// The name of the sheet of instructions.
pub const INSTRUCTIONS: &str = "Istruzioni";
/// The name of the sheet of codes.
pub const CODES: &str = "Codici";
/// The headings of the instructions.
pub const HEADINGS: [&str; 5] =
    ["Colonna / Column", "Obbligatoria / Required", "Che cosa scrivere", "What to write", "Foglio / Sheet"];

/// What stands above the instructions; `sheet` is the first to be filled in.
pub fn introduction(sheet: &str, title: &Bilingual) -> Vec<Bilingual> {
    vec![
        title.clone(),
        Bilingual {
            it: format!(
                "Compilare il foglio «{sheet}»: una riga per ogni elemento, senza cambiare le intestazioni."
            ),
            en: format!("Fill in the sheet “{sheet}”: one row for each item, without changing the headings."),
        },
        both(
            "Le colonne con l'intestazione scura sono obbligatorie; le altre si lasciano vuote se il dato non c'è: vuoto non è zero.",
            "Columns with a dark heading are required; leave the others empty where nothing is known: empty is not zero.",
        ),
        both(
            "Una riga con un errore viene messa da parte con la spiegazione, le altre vengono accolte.",
            "A row with an error is set aside with the reason, and the others are accepted.",
        ),
    ]
}

/// Whether a column is required.
pub const fn required(is: bool) -> &'static str {
    if is { "sì / yes" } else { "no" }
}

/// A column that is a part of a text.
pub fn part_of(label: &Bilingual) -> Bilingual {
    Bilingual {
        it: format!(
            "Il codice che dà chi compila, sempre lo stesso per lo stesso elemento (per «{}»).",
            label.it
        ),
        en: format!("The code that you give, always the same for the same item (for “{}”).", label.en),
    }
}

/// The day of a row.
pub fn updated() -> Bilingual {
    both("Il giorno a cui è aggiornata la riga.", "The day of which the row is.")
}

/// A part of a place.
pub fn place(part: PlacePart) -> Bilingual {
    match part {
        PlacePart::Province => both("Codice ISTAT della provincia.", "ISTAT code of the province."),
        PlacePart::Municipality => both("Codice ISTAT del comune.", "ISTAT code of the municipality."),
        PlacePart::MunicipalityName => {
            both("Il comune in cui si trova.", "The municipality in which it lies.")
        }
        PlacePart::Address => both("Via e numero civico.", "Street and number."),
        PlacePart::PostalCode => both("Codice di avviamento postale.", "Postal code."),
        PlacePart::Share => {
            both("La quota in questo luogo, in per cento.", "The share in this place, in per cent.")
        }
        PlacePart::X => both("La coordinata verso est.", "The coordinate towards the east."),
        PlacePart::Y => both("La coordinata verso nord.", "The coordinate towards the north."),
        PlacePart::Wkt => both(
            "La forma disegnata, come WKT copiato da QGIS: POINT, LINESTRING o POLYGON. Vale più delle coordinate.",
            "The drawn shape, as WKT copied from QGIS: POINT, LINESTRING or POLYGON. It outweighs the coordinates.",
        ),
    }
}

/// What cells of a kind have to be like; empty for any text. `extent` is west, south, east, north, if coordinates are degrees.
pub fn rule(kind: &Kind, extent: Option<[f64; 4]>) -> Bilingual {
    let between = |low: f64, high: f64| Bilingual {
        it: format!("Gradi decimali (WGS 84), fra {low} e {high}."),
        en: format!("Decimal degrees (WGS 84), between {low} and {high}."),
    };
    match (kind, extent) {
        (Kind::Text, _) => both("", ""),
        (Kind::Code(..), _) => {
            both("Un codice dell'elenco, nel foglio Codici.", "A code of the list, on the sheet Codici.")
        }
        (Kind::MunicipalityName, _) => both("Un nome dell'elenco.", "A name of the list."),
        (Kind::MunicipalityCode, _) => {
            both("Sei cifre, con lo zero iniziale.", "Six digits, with the leading zero.")
        }
        (Kind::Cup, _) => both("15 caratteri, se c'è già.", "15 characters, if there is one already."),
        (Kind::Integer, _) => both("Un numero intero, da zero in su.", "A whole number, zero or more."),
        (Kind::Decimal, _) => both("Un numero.", "A number."),
        (Kind::Amount, _) => {
            both("Euro, da zero in su, al più due decimali.", "Euros, zero or more, two decimals at most.")
        }
        (Kind::Date, _) => both("Una data, come 31/12/2026.", "A date, such as 31/12/2026."),
        (Kind::Boolean, _) => both("Sì o no.", "Sì (yes) or no."),
        (Kind::Share, _) => both("Da 0 a 100.", "From 0 to 100."),
        (Kind::X, Some([west, _, east, _])) => between(west, east),
        (Kind::Y, Some([_, south, _, north])) => between(south, north),
        (Kind::X | Kind::Y, None) => both("Un numero, in metri.", "A number, in metres."),
    }
}
