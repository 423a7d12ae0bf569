//! What questions rest on: collections, fields and codes that are defined, and that can be asked so.

use super::ConfigurationError;
use domain::question::{Aggregate, Grouping, Measure, POPULATION};
use domain::{Collection, FieldType, GeometryKind, Question, Role, Selection, Strategy};
use std::sync::Arc;

/// Checks that every question of a strategy can be asked of these collections.
///
/// # Errors
/// [`ConfigurationError::Question`] names the question, what is wrong with it, and what to do.
pub fn check(
    strategy: &Strategy,
    collections: &[Arc<Collection>],
    file: &str,
) -> Result<(), ConfigurationError> {
    strategy.questions.iter().try_for_each(|question| {
        Asked { question, collections }.check().map_err(|what| ConfigurationError::Question {
            file: file.to_owned(),
            question: question.id.to_string(),
            what,
        })
    })
}

/// A question before it is known to make sense; what does not is said in a sentence.
struct Asked<'a> {
    question: &'a Question,
    collections: &'a [Arc<Collection>],
}

impl Asked<'_> {
    fn check(&self) -> Result<(), String> {
        let subject = self.selected(&self.question.subject)?;
        let object = self.selected(&self.question.object)?;
        check_measure(self.question.measure, subject, object)?;
        match &self.question.grouping {
            None | Some(Grouping::Area) => {}
            Some(Grouping::Municipality) => self.municipalities().map(drop)?,
            Some(Grouping::Zone) => {
                let id = &self.municipalities()?.id;
                let zoned = self.municipalities()?.with_role(Role::Zone);
                zoned
                    .ok_or_else(|| format!("no field of {id} has role \"zone\": group by something else"))?;
            }
            Some(Grouping::Pole(poles)) => {
                self.municipalities()?;
                self.selected(poles)?;
            }
            Some(Grouping::Subject(field)) => has_field(subject, field)?,
            Some(Grouping::Object(field)) => has_field(object, field)?,
        }
        let summed = if self.question.measure.counts_objects() { object } else { subject };
        if self.question.aggregates.contains(&Aggregate::Funding) && summed.with_role(Role::Amount).is_none()
        {
            return Err(format!(
                "no field of {} has role \"amount\": take \"funding\" out of aggregates",
                summed.id
            ));
        }
        Ok(())
    }

    /// The collection of a selection, whose fields can be chosen by: texts, and where there is a code list, its codes. A code that
    /// is spelt wrong would be answered as if nothing were there.
    fn selected(&self, selection: &Selection) -> Result<&Collection, String> {
        let id = &selection.collection;
        let found = self.collections.iter().find(|collection| &collection.id == id);
        let collection = found.ok_or_else(|| format!("collection {id} is not defined"))?;
        if collection.geometry == GeometryKind::None {
            return Err(format!("the records of collection {id} are not places: choose another collection"));
        }
        for (name, values) in &selection.filter {
            has_field(collection, name)?;
            let fields = collection.fields.iter().filter(|field| &field.id == name);
            for field in fields {
                let is_known = |value: &&String| field.codes.iter().any(|code| &code.code == *value);
                if let Some(value) = values.iter().find(|value| !field.codes.is_empty() && !is_known(value)) {
                    return Err(format!(
                        "{value} is no code of field {name} of collection {id}: see its list in collections/{id}.toml"
                    ));
                }
            }
        }
        Ok(collection)
    }

    fn municipalities(&self) -> Result<&Collection, String> {
        let mut held = self.collections.iter().filter(|it| atlas::holds_municipalities(it));
        let found = held.next().map(AsRef::as_ref);
        found.ok_or_else(|| "no collection holds the municipalities: group by something else".to_owned())
    }
}

fn check_measure(measure: Measure, subject: &Collection, object: &Collection) -> Result<(), String> {
    let may_be = |collection: &Collection, kind| {
        collection.geometry == kind
            || matches!(collection.geometry, GeometryKind::Any | GeometryKind::Locations)
    };
    let need = |collection: &Collection, kind: GeometryKind, what: &str| {
        let word = measure.as_str();
        let wrong =
            || format!("{word} needs {what}, and the records of collection {} are none", collection.id);
        may_be(collection, kind).then_some(()).ok_or_else(wrong)
    };
    match measure {
        Measure::OverlapArea => {
            need(subject, GeometryKind::Polygon, "surfaces as subjects")?;
            need(object, GeometryKind::Polygon, "surfaces as objects")
        }
        Measure::LengthInside => {
            need(subject, GeometryKind::Line, "lines as subjects")?;
            need(object, GeometryKind::Polygon, "surfaces as objects")
        }
        Measure::Within => need(object, GeometryKind::Polygon, "surfaces as objects"),
        Measure::Rate => {
            let people = subject.fields.iter().find(|field| field.id == POPULATION);
            let stated = people.filter(|field| field.field_type == FieldType::Integer);
            let wrong = || format!("rate needs a whole number {POPULATION} in collection {}", subject.id);
            stated.map(drop).ok_or_else(wrong)
        }
        Measure::Intersects
        | Measure::WithinDistance(_)
        | Measure::Nearest(_)
        | Measure::Count
        | Measure::CoverageGap(_) => Ok(()),
    }
}

/// Whether a collection has a field by whose words records can be told apart.
fn has_field(collection: &Collection, name: &str) -> Result<(), String> {
    let id = &collection.id;
    let field = collection.fields.iter().find(|field| field.id == name);
    let field = field.ok_or_else(|| format!("collection {id} has no field {name}"))?;
    match field.field_type {
        FieldType::Text | FieldType::List | FieldType::Cup | FieldType::MunicipalityCode => Ok(()),
        other => Err(format!("field {name} of collection {id} is a {}: choose by texts", other.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Configuration;
    use domain::CollectionId;

    #[test]
    fn each_of_the_strategies_asks_six_questions_or_more_that_can_be_asked() {
        let configuration = Configuration::load(None, "milano").unwrap();
        for strategy in &configuration.strategies {
            assert!(strategy.questions.len() >= 6, "{}", strategy.id);
            check(strategy, &configuration.collections, "x").unwrap();
        }
    }

    #[test]
    fn what_cannot_be_asked_is_refused_with_file_question_and_what_to_do() {
        let configuration = Configuration::load(None, "milano").unwrap();
        let check = |change: &dyn Fn(&mut Question), expect: &str| {
            let mut strategy = configuration.strategies[0].clone();
            change(&mut strategy.questions[0]);
            let outcome = check(&strategy, &configuration.collections, "strategies/sttm-1.toml");
            let said = outcome.unwrap_err().to_string();
            assert_eq!(said, format!("strategies/sttm-1.toml: question protected-areas: {expect}"));
        };
        let collection = |id: &str| CollectionId::parse(id).unwrap();
        let filter = |field: &str, value: &str| vec![(field.to_owned(), vec![value.to_owned()])];
        check(&|it| it.object.collection = collection("parks"), "collection parks is not defined");
        check(
            &|it| it.subject = Selection { collection: collection("pnrr-payments"), filter: Vec::new() },
            "the records of collection pnrr-payments are not places: choose another collection",
        );
        check(&|it| it.object.filter = filter("sort", "x"), "collection areas has no field sort");
        check(
            &|it| it.object.filter = filter("kind", "park"),
            "park is no code of field kind of collection areas: see its list in collections/areas.toml",
        );
        check(
            &|it| it.object.filter = filter("declared_area_m2", "1"),
            "field declared_area_m2 of collection areas is a decimal: choose by texts",
        );
        check(
            &|it| it.object = Selection { collection: collection("watercourses"), filter: Vec::new() },
            "overlap_area needs surfaces as objects, and the records of collection watercourses are none",
        );
        check(
            &|it| it.measure = Measure::Rate,
            "rate needs a whole number population in collection pnrr-projects",
        );
        check(
            &|it| it.grouping = Some(Grouping::Subject("colour".to_owned())),
            "collection pnrr-projects has no field colour",
        );
        check(
            &|it| it.subject = Selection { collection: collection("areas"), filter: Vec::new() },
            "no field of areas has role \"amount\": take \"funding\" out of aggregates",
        );
    }
}
