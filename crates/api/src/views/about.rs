//! Pages about the portal itself.

use atlas::Edition;

use super::{layout, render};
use crate::ask::Ask;
use crate::pages::about::{CreditsPage, GuidePage, StatementPage};
use crate::pages::layout::Section;
use crate::problem::Problem;

/// A statement, whose words are the section `name` of the words: `part_1`, `text_1_1` and so on. `contact` is where to write.
pub fn statement(edition: &Edition, name: &str, contact: Option<&str>, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let words = language.section(name);
    let word = |key: String| words.get(key.as_str()).map(|text| (*text).to_owned());
    let paragraphs = |part: usize| (1..).map_while(|at| word(format!("text_{part}_{at}"))).collect();
    let parts = (1..).map_while(|part| Some((word(format!("part_{part}"))?, paragraphs(part)))).collect();
    let address = |contact: &str| {
        let is_mail = contact.contains('@') && !contact.contains('/');
        (contact.to_owned(), if is_mail { format!("mailto:{contact}") } else { contact.to_owned() })
    };
    render(&StatementPage {
        layout: layout::of(edition, ask, Section::None),
        title: word("title".to_owned()).unwrap_or_default(),
        lead: word("lead".to_owned()).unwrap_or_default(),
        parts,
        contact: contact.map(address),
    })
}

/// Whose data and whose work the portal rests on.
pub fn credits(edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    let layout = layout::of(edition, ask, Section::None);
    render(&CreditsPage { sources: layout.sources.clone(), layout })
}

/// How to open the data in QGIS.
pub fn guide(edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    render(&GuidePage {
        layout: layout::of(edition, ask, Section::Data),
        address: format!("{}/", ask.origin),
        tiles: format!("{}/tiles/pnrr-projects/{{z}}/{{x}}/{{y}}", ask.origin),
        style: format!("{}/styles/base", ask.origin),
    })
}
