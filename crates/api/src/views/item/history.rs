//! The history of a record, as pages tell it.

use atlas::{Edition, Layer};
use store::versions::Step;

use crate::comparison::RecordChange;
use crate::pages::history::{self, History};
use crate::pages::layout::Link;
use crate::pages::{Language, format};
use crate::portal::Portal;
use crate::views::diff;
use crate::views::releases::source_title;

/// The history of a record of `layer`: its steps, the earliest first; `None` while the archive does not answer.
pub fn of(
    portal: &Portal,
    edition: &Edition,
    layer: &Layer,
    steps: Option<&[Step]>,
    language: Language,
) -> History {
    let step = |step: &Step| {
        let change = RecordChange::of(step.change.clone(), Some(&layer.collection));
        history::Step {
            when: format::instant(step.at, language),
            by: Link {
                label: language.phrase("release.name", &[("number", &step.release.to_string())]),
                url: format!("/releases/{}", step.release),
            },
            source: source_title(portal.source(&step.source), &step.source, language),
            what: language.word(word(step)).to_owned(),
            record: diff::record(edition, &change, language),
        }
    };
    History { steps: steps.map(|steps| steps.iter().rev().map(step).collect()) }
}

fn word(step: &Step) -> &'static str {
    match (step.change.kind(), step.is_withdrawal) {
        ("added", false) => "diff.added",
        ("added", true) => "history.added_again",
        ("removed", false) => "diff.removed",
        ("removed", true) => "history.removed_again",
        (_, false) => "diff.changed",
        (_, true) => "history.changed_back",
    }
}
