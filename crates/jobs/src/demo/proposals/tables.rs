//! Writes the proposals as two semicolon tables: headers, decimal commas and `N/D` as in the official ones.

use super::funding::COLUMNS;
use super::{Location, Proposal, faults};
use crate::demo::plane::Plane;

const UNKNOWN: &str = "N/D";

/// The columns of the projects table, around those of the sources of funding.
#[rustfmt::skip] // one name a line would hide that these are headers
const BEFORE_FUNDING: [&str; 13] = [
    "Missione", "Componente", "Descrizione Misura", "Codice Univoco Submisura", "Descrizione Submisura",
    "Amministrazione Titolare", "Titolo procedura", "CUP", "Codice Locale Progetto", "Stato CUP",
    "CUP Descrizione Natura", "Titolo progetto", "Sintesi progetto",
];
#[rustfmt::skip]
const AFTER_FUNDING: [&str; 7] = [
    "Finanziamento Totale", "Finanziamento Totale Pubblico", "Finanziamento Totale Pubblico Netto",
    "Soggetto attuatore", "Codice fiscale soggetto attuatore", "Flag progetti in essere", "Data aggiornamento",
];
#[rustfmt::skip]
const LOCATIONS: [&str; 10] = [
    "Codice Univoco Submisura", "CUP", "Codice Locale Progetto", "Codice Provincia", "Codice Comune",
    "Descrizione Comune", "Indirizzo", "CAP", "Percentuale di localizzazione", "Geometria WKT",
];

pub fn projects(proposals: &[Proposal<'_>]) -> Vec<u8> {
    let header = [&BEFORE_FUNDING[..], &COLUMNS, &AFTER_FUNDING].concat();
    let mut text = line(&header);
    for proposal in proposals {
        let mut cells = project(proposal);
        faults::spoil_project(proposal.number, &header, &mut cells);
        text.push_str(&line(&cells));
    }
    text.into_bytes()
}

fn project(proposal: &Proposal<'_>) -> Vec<String> {
    let Proposal { measure, funding, .. } = proposal;
    let (day, month, year) = proposal.updated_on;
    let mut cells = vec![
        measure.mission().to_owned(),
        measure.component().to_owned(),
        measure.name.to_owned(),
        measure.submeasure_code.to_owned(),
        measure.submeasure.to_owned(),
        measure.lead_administration.to_owned(),
        format!("Avviso dimostrativo {}", measure.submeasure_code),
        proposal.cup.clone(),
        proposal.local_code.clone(),
        proposal.status.to_owned(),
        measure.nature.name().to_owned(),
        proposal.title.clone(),
        proposal.summary.clone(),
    ];
    cells.extend(funding.sources().map(money));
    cells.extend([funding.total(), funding.total_public(), funding.total_public_net()].map(money));
    cells.extend([
        proposal.body.clone(),
        proposal.tax_code.clone(),
        if proposal.existing { "Sì" } else { "No" }.to_owned(),
        format!("{day:02}/{month:02}/{year}"),
    ]);
    cells
}

pub fn locations(proposals: &[Proposal<'_>], plane: &Plane) -> Vec<u8> {
    let mut text = line(&LOCATIONS);
    for proposal in proposals {
        for location in &proposal.locations {
            let mut cells = place(proposal, location, plane);
            faults::spoil_location(proposal.number, &LOCATIONS, &mut cells);
            text.push_str(&line(&cells));
        }
    }
    text.into_bytes()
}

fn place(proposal: &Proposal<'_>, location: &Location, plane: &Plane) -> Vec<String> {
    vec![
        proposal.measure.submeasure_code.to_owned(),
        proposal.cup.clone(),
        proposal.local_code.clone(),
        location.province.clone(),
        location.municipality.clone(),
        location.municipality_name.clone(),
        location.address.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
        UNKNOWN.to_owned(),
        money(location.share),
        location.shape.as_ref().map(|shape| shape.wkt(plane)).unwrap_or_default(),
    ]
}

/// Hundredths with a decimal comma.
fn money(hundredths: Option<u64>) -> String {
    hundredths.map_or_else(|| UNKNOWN.to_owned(), |cents| format!("{},{:02}", cents / 100, cents % 100))
}

fn line(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell.as_ref())).collect();
    cells.join(";") + "\r\n"
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
