//! The proposals of a sheet: by mission, by precision, their money, and one by one.

use atlas::Layer;
use domain::{Cents, Role};
use overlay::sheet::{Group, Proposal, Proposals, Sheet};

use super::amounts;
use crate::downloads;
use crate::pages::layout::Link;
use crate::pages::sheet::{GroupRow, ProposalRow, ProposalsPart};
use crate::pages::{Language, format};
use crate::views::words;

/// Proposals that are told one by one; the others are a link away.
const SHOWN: usize = 100;

/// The proposals of a sheet.
pub fn part(of: &Proposals<'_>, sheet: &Sheet<'_>, language: Language) -> ProposalsPart {
    let most = of.groups.iter().map(|group| group.count).max().unwrap_or_default();
    let left = of.all.len().saturating_sub(SHOWN) as u64;
    let precision = |(precision, count): (domain::LocationPrecision, usize)| {
        let id = precision.as_str();
        (
            id,
            language.word(&format!("item.precision_{id}")).to_owned(),
            amounts::part(count, of.all.len(), language),
        )
    };
    ProposalsPart {
        count: of.all.len(),
        groups: of.groups.iter().map(|group| row(of.layer, group, most, language)).collect(),
        precisions: of.by_precision().into_iter().map(precision).collect(),
        money: money(of, language),
        rows: of.all.iter().take(SHOWN).map(|it| proposal(of.layer, it, language)).collect(),
        more: (left > 0).then(|| language.counted("sheet.proposals_more", left)),
        all_url: format!(
            "/collections/{}/items?{}",
            of.layer.collection.id,
            downloads::by_municipality(&sheet.place)
        ),
    }
}

fn row(layer: &Layer, group: &Group, most: usize, language: Language) -> GroupRow {
    let bar = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let status = |(status, count): &(Option<String>, usize)| {
        let status = status.as_deref().map_or_else(
            || language.word("sheet.no_status").to_owned(),
            |it| code(layer, Role::Status, it, language),
        );
        format!("{status}: {}", amounts::count(*count, language))
    };
    GroupRow {
        code: group.category.clone(),
        label: group.category.as_deref().map_or_else(
            || language.word("sheet.no_mission").to_owned(),
            |it| code(layer, Role::Category, it, language),
        ),
        count: amounts::count(group.count, language),
        bar: amounts::bar(bar(group.count), bar(most)),
        amount: (group.funding.stated > 0).then(|| format::money(group.funding.whole.0, language)),
        statuses: group.statuses.iter().map(status).collect::<Vec<_>>().join(", "),
    }
}

/// What a value of the field with a role means: a text in capitals is written as a word.
pub fn code(layer: &Layer, role: Role, value: &str, language: Language) -> String {
    let field = layer.collection.with_role(role).map(|field| &layer.collection.fields[field]);
    let known = field.and_then(|field| field.codes.iter().find(|known| known.code == value));
    known.map_or_else(|| as_word(value), |known| words(language, &known.label).to_owned())
}

fn as_word(text: &str) -> String {
    let is_shouted = text.len() > 3 && text.chars().all(|letter| !letter.is_lowercase());
    if !is_shouted {
        return text.to_owned();
    }
    let mut letters = text.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// The money, line by line: what counts with all of it, and what of that is known to be for here.
fn money(of: &Proposals<'_>, language: Language) -> Vec<(String, String, String)> {
    let funding = of.funding;
    if funding.stated == 0 {
        return Vec::new();
    }
    let line = |key: &str, amount: Cents, count: usize| {
        let count = count.to_string();
        let text = language.phrase(&format!("sheet.{key}_text"), &[("count", &count)]);
        (language.word(&format!("sheet.{key}")).to_owned(), format::money(amount.0, language), text)
    };
    let mut lines = vec![line("funding_whole", funding.whole, funding.stated)];
    if funding.shared_count > 0 {
        lines.push(line("funding_here", funding.here, funding.stated - funding.undivided_count));
        lines.push(line("funding_shared", funding.shared, funding.shared_count));
    }
    if funding.undivided_count > 0 {
        lines.push(line("funding_undivided", funding.undivided, funding.undivided_count));
    }
    lines
}

fn proposal(layer: &Layer, of: &Proposal, language: Language) -> ProposalRow {
    let at = of.position;
    let precision = of.precision.as_str();
    ProposalRow {
        item: Link {
            label: layer.title(at).into_owned(),
            url: format!("/collections/{}/items/{}", layer.collection.id, layer.id(at)),
        },
        mission: layer.text(at, Role::Category).map(str::to_owned),
        status: layer.text(at, Role::Status).map(|it| code(layer, Role::Status, it, language)),
        precision: (precision, language.word(&format!("item.precision_{precision}")).to_owned()),
        shared: of.is_shared,
        amount: of.part.map(|part| format::money(part.whole.0, language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_in_capitals_is_a_word_like_any_other() {
        for (text, expect) in
            [("ATTIVO", "Attivo"), ("Attivo", "Attivo"), ("IN CORSO", "In corso"), ("PNC", "PNC")]
        {
            assert_eq!(as_word(text), expect);
        }
    }
}
