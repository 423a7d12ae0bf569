//! What the `OpenAPI` document says of strategies and their questions.

use overlay::Standing;
use serde_json::{Value, json};

use super::history::{limit, offset, time_parameters, words};
use super::{path, query};

const JSON: &[&str] = &["application/json"];
const ANSWER: &[&str] = &["application/json", "application/geo+json", "text/csv"];

/// Adds the paths of strategies.
pub fn paths(add: &mut impl FnMut(&str, &str, &str, Vec<Value>, &[&str])) {
    let text = json!({ "type": "string" });
    let strategy = || path("strategy", "The strategy\u{2019}s name, as /strategies has it", &text);
    let question = path("question", "The question\u{2019}s name, as its strategy has it", &text);
    add("/strategies", "strategies", "The strategies", Vec::new(), JSON);
    add(
        "/strategies/{strategy}",
        "strategy",
        "A strategy, with its questions and what came of them in short",
        vec![strategy()],
        JSON,
    );
    let mut parameters = vec![strategy(), question];
    parameters.extend(answer_parameters());
    add(
        "/strategies/{strategy}/questions/{question}",
        "answer",
        "The answer to a question: counts, sums by group, and subjects with their objects",
        parameters,
        ANSWER,
    );
}

fn answer_parameters() -> Vec<Value> {
    let standing: Vec<&str> =
        ["answers", "all"].into_iter().chain(Standing::ALL.map(Standing::as_str)).collect();
    let mut parameters = vec![
        query(
            "standing",
            "Only the subjects that answer (usually), all, or those that stand so",
            &words(&standing),
        ),
        query(
            "geometry",
            "Of features: the subject, only what it shares with the object, or none",
            &words(&["subject", "clipped", "none"]),
        ),
        query(
            "compare",
            "Tell what changed since this release instead",
            &json!({ "type": "integer", "format": "int64", "minimum": 1 }),
        ),
        query("f", "The form", &words(&["json", "geojson", "csv"])),
        limit(1000),
        offset(),
    ];
    parameters.extend(time_parameters());
    parameters
}

/// The questions in which a feature is found: as one of those they ask about, with what it meets, or as one that others meet.
pub fn questions_of_feature() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["strategy", "id", "title", "href", "standing", "pairs", "met_by"],
            "properties": {
                "strategy": text, "id": text, "title": { "type": "object" }, "href": text,
                "standing": { "type": "string", "nullable": true },
                "pairs": { "type": "array", "nullable": true, "items": { "type": "object" } },
                "met_by": { "type": "integer", "nullable": true },
            },
        },
    })
}
