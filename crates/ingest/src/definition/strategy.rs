//! `data/strategies/<id>.toml`.

use super::question::{self, QuestionEntry};
use super::selection::{self, SelectionEntry};
use super::{DefinitionError, Words};
use domain::{Question, Selection, Strategy, StrategyId};
use serde::Deserialize;
use time::Date;
use time::macros::format_description;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    code: String,
    title: Words,
    legal_reference: Words,
    in_force_from: String,
    in_force_to: Option<String>,
    shown: Vec<SelectionEntry>,
    #[serde(default)]
    questions: Vec<QuestionEntry>,
}

/// Reads the definition of a strategy.
///
/// # Errors
/// [`DefinitionError`] if the text is not of this shape, or a value has no meaning.
pub fn parse(text: &str) -> Result<Strategy, DefinitionError> {
    let file: File = toml::from_str(text)?;
    let rule = "it is lower-case letters, digits and hyphens";
    let id = StrategyId::parse(&file.id).ok_or_else(|| DefinitionError::value("id", &file.id, rule))?;
    let in_force_from = date("in_force_from", &file.in_force_from)?;
    let in_force_to = file.in_force_to.as_deref().map(|text| date("in_force_to", text)).transpose()?;
    if let Some(end) = in_force_to.filter(|end| *end < in_force_from) {
        return Err(DefinitionError::value(
            "in_force_to",
            &end.to_string(),
            "it is not before in_force_from",
        ));
    }
    let mut shown = Vec::new();
    for entry in file.shown {
        let selection = selection::read(entry)?;
        if shown.iter().any(|it: &Selection| it.collection == selection.collection) {
            return Err(DefinitionError::value(
                "shown",
                selection.collection.as_str(),
                "a collection stands once",
            ));
        }
        shown.push(selection);
    }
    let mut questions: Vec<Question> = Vec::new();
    for entry in file.questions {
        let question = question::question(entry)?;
        if questions.iter().any(|it| it.id == question.id) {
            let rule = "a question's id stands once in a strategy";
            return Err(DefinitionError::value("questions", question.id.as_str(), rule));
        }
        questions.push(question);
    }
    Ok(Strategy {
        id,
        code: file.code,
        title: file.title.into(),
        legal_reference: file.legal_reference.into(),
        in_force_from,
        in_force_to,
        shown,
        questions,
    })
}

fn date(what: &'static str, text: &str) -> Result<Date, DefinitionError> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]"));
    day.map_err(|_| DefinitionError::value(what, text, "it is a day such as 2024-02-28"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::CollectionId;
    use time::macros::date;

    const WHOLE: &str = r#"
        id = "one"
        code = "One"
        title = { it = "Uno", en = "One" }
        legal_reference = { it = "Atto", en = "Act" }
        in_force_from = "2024-02-28"

        [[shown]]
        collection = "areas"
        filter = { kind = ["regional_park", "local_park"] }
    "#;

    #[test]
    fn a_strategy_says_what_it_shows_and_since_when() {
        let strategy = parse(WHOLE).unwrap();
        assert_eq!(strategy.in_force_from, date!(2024 - 02 - 28));
        let filter = vec![("kind".to_owned(), vec!["regional_park".to_owned(), "local_park".to_owned()])];
        assert_eq!(strategy.shown, [Selection { collection: CollectionId::parse("areas").unwrap(), filter }]);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (text, instead, said) in [
            ("id = \"one\"", "id = \"One!\"", "id cannot be"),
            ("2024-02-28", "2024-02-30", "it is a day"),
            ("code = \"One\"", "code = \"One\"\nin_force_to = \"2023-01-01\"", "not before"),
            ("[\"regional_park\", \"local_park\"]", "[]", "one value or more"),
            ("code = \"One\"", "code = \"One\"\ncolour = 3", "colour"),
            ("[[shown]]", "[[shown]]\ncollection = \"areas\"\n[[shown]]", "stands once"),
        ] {
            let error = parse(&WHOLE.replace(text, instead)).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
