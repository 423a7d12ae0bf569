//! Invented names of places and streets: common words, so that none of them points at a real one.

use super::random::Random;
use std::collections::BTreeMap;

/// Who is responsible for most of what is planned.
pub const METROPOLITAN_CITY: &str = "Città metropolitana (dimostrazione)";

/// Quarters, farmsteads, former works.
#[rustfmt::skip] // a name a line would be three pages
const PLACES: [&str; 40] = [
    "Cascina dei Gelsi", "ex Filanda Aurora", "quartiere Fornace", "parco delle Rogge", "Mercato Vecchio",
    "villaggio Operaio", "corte delle Vigne", "ex scalo Levante", "quartiere Ginestra", "prato dei Salici",
    "Cascina Serena", "ex Cotonificio", "borgo San Rocco", "quartiere Robinie", "piazza dei Tigli",
    "ex Vetreria", "cava del Sole", "contrada Mulino", "quartiere Stella", "corte Granda", "ex Tintoria",
    "bosco dei Carpini", "quartiere Ponente", "Cascina Fiorita", "ex deposito Tranvie", "quartiere Quercia",
    "fontanile Nuovo", "ex Macello", "giardino dei Noci", "borgo Sant'Anna", "ex Fonderia", "quartiere Lavanda",
    "corte del Pozzo", "ex Caserma", "roggia Vecchia", "quartiere Allodola", "Cascina Belvedere", "ex Conceria",
    "via Larga", "campo dei Fiori",
];

/// What schools, hospitals and the like are called after.
#[rustfmt::skip]
const TITLES: [&str; 24] = [
    "«I Gelsi»", "«Le Rogge»", "«Aurora»", "«Orione»", "«La Fornace»", "«Meridiana»", "«Ginestra»", "«Levante»",
    "«Il Melograno»", "«Stella polare»", "«Le Robinie»", "«Arcobaleno»", "«La Quercia»", "«Ponente»",
    "«Girasole»", "«I Salici»", "«Allodola»", "«Bucaneve»", "«Il Faro»", "«Lavanda»", "«La Vela»", "«Corallo»",
    "«Il Ponte»", "«Mirtillo»",
];

#[rustfmt::skip]
const STREETS: [&str; 16] = [
    "Via dei Gelsi", "Via delle Rogge", "Viale dei Tigli", "Via della Fornace", "Piazza del Mercato Vecchio",
    "Via delle Robinie", "Via dei Salici", "Largo della Filanda", "Via del Mulino", "Viale delle Querce",
    "Via del Fontanile", "Via Levante", "Via Ponente", "Strada delle Cascine", "Via del Pozzo",
    "Corso dei Carpini",
];

pub fn place(random: &mut Random) -> &'static str {
    random.pick(&PLACES)
}

pub fn title(random: &mut Random) -> &'static str {
    random.pick(&TITLES)
}

/// A street and a house number.
pub fn address(random: &mut Random) -> String {
    format!("{} {}", random.pick(&STREETS), random.within(1, 140))
}

/// Puts the municipality's name, a place's and a number into a pattern that asks for them.
pub fn fill(pattern: &str, municipality: &str, place: &str, number: u64) -> String {
    let text = pattern.replace("{comune}", municipality).replace("{luogo}", place);
    text.replace("{n}", &number.to_string())
}

/// Codes of invented features, counted by kind: `demo-hospital-007`.
#[derive(Default)]
pub struct Codes(BTreeMap<String, u32>);

impl Codes {
    pub fn next(&mut self, kind: &str) -> String {
        let number = self.0.entry(kind.to_owned()).or_default();
        *number += 1;
        format!("demo-{}-{number:03}", kind.replace('_', "-"))
    }
}
