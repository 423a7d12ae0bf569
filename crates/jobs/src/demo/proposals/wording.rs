//! Codes, titles and names of the invented proposals. None can be mistaken for a real one.

use super::measures::{Body, Measure};
use crate::demo::names;
use crate::demo::random::Random;
use crate::demo::sites::Site;

/// The form of a CUP, but no real one begins with `X00D`.
pub fn cup(year: u64, number: u64) -> String {
    format!("X00D{year}{number:09}")
}

/// As free in form as the real ones: often the CUP again, else with slashes, blanks, hashes and accents.
pub fn local_code(cup: &str, measure: &Measure, number: u64, random: &mut Random) -> String {
    match random.below(10) {
        0..3 => cup.to_owned(),
        3..6 => format!("PRJ_DEMO{:02}_{number:06}", random.within(1, 24)),
        6 => format!("{}/TD/{}", 60_000 + number, random.pick(&["FP", "MI", "LO"])),
        7 => format!("{} #{number}", measure.submeasure_code),
        8 => format!("LOTTO {} bis - {number}", random.within(1, 9)),
        _ => format!("Città/{} Sp#c#s {number}", random.within(1, 9)),
    }
}

pub fn title(measure: &Measure, municipality: &str, site: Option<&Site>, random: &mut Random) -> String {
    let place = site.map_or_else(|| names::place(random), |site| site.name);
    names::fill(random.pick(&measure.titles), municipality, place, random.within(2, 18))
}

pub fn summary(measure: &Measure, municipality: &str) -> String {
    format!("Dimostrazione: proposta inventata. Misura «{}», comune di {municipality}.", measure.name)
}

/// Invented bodies say so in their name; a municipality is itself.
pub fn body(body: Body, municipality: &str, random: &mut Random) -> String {
    match body {
        Body::Municipality => format!("Comune di {municipality}"),
        Body::MetropolitanCity => names::METROPOLITAN_CITY.to_owned(),
        Body::School => format!("Istituto comprensivo dimostrativo {}", names::title(random)),
        Body::University => "Università dimostrativa".to_owned(),
        Body::Health => "Azienda socio-sanitaria dimostrativa".to_owned(),
        Body::Housing => "Azienda casa dimostrativa".to_owned(),
        Body::Transport => "Azienda trasporti dimostrativa".to_owned(),
        Body::Water => "Gestore idrico dimostrativo".to_owned(),
        Body::Company => format!("Impresa dimostrativa {} S.r.l.", random.within(100, 999)),
    }
}

/// The same for the same name; no real one has so many zeros in front, which must not get lost.
pub fn tax_code(body: &str) -> String {
    let number = body.bytes().fold(0, |number: u64, byte| (number * 31 + u64::from(byte)) % 1_000_003);
    format!("{number:011}")
}
