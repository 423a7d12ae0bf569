//! What a request to execute asks for: the inputs, as JSON or as a form with a file, and the form of the answer.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::{Json, RequestExt};
use serde_json::{Map, Value};
use std::io::Write;
use tempfile::NamedTempFile;

use crate::ask::{Ask, Face};
use crate::detail::said;
use crate::portal::Portal;
use crate::problem::Problem;

/// The name of the process, and of its one output.
pub const SCREENING: &str = "screening";
/// The names of the inputs.
pub const INPUTS: [&str; 3] = [PLACE, FEATURE, CRS];
/// A geometry, feature or collection of features, or WKT.
pub const PLACE: &str = "place";
/// A record of the portal.
pub const FEATURE: &str = "feature";
/// The reference system of what is given.
pub const CRS: &str = "crs";
/// A file, in a form.
pub const FILE: &str = "file";
/// The longest text of a field that is no file.
const LONGEST_FIELD: usize = 4 << 20;

/// A form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON.
    Json,
    /// Features with what is met, clipped.
    Features,
    /// A table.
    Table,
    /// A page.
    Page,
}

impl Form {
    /// The form that an address and its headers ask for.
    pub fn of(ask: &Ask) -> Self {
        match ask.face {
            Face::Html => Self::Page,
            Face::Csv => Self::Table,
            Face::Json if ask.features => Self::Features,
            Face::Json if ask.download == Some(export::Format::Csv) => Self::Table,
            Face::Json => Self::Json,
        }
    }
}

/// The forms of the answer, with their media types.
pub const FORMS: [(Form, &str); 4] = [
    (Form::Json, "application/json"),
    (Form::Features, "application/geo+json"),
    (Form::Table, "text/csv"),
    (Form::Page, "text/html"),
];

/// The inputs, as they were given.
#[derive(Debug, Default)]
pub struct Inputs {
    /// A shape: `GeoJSON`, or a text that is WKT or `GeoJSON`.
    pub place: Option<String>,
    /// A record.
    pub feature: Option<String>,
    /// The reference system of the shape or the file.
    pub crs: Option<String>,
    /// A file with its name; it goes with this.
    pub file: Option<(String, NamedTempFile)>,
}

/// A request to execute.
#[derive(Debug, Default)]
pub struct Asked {
    /// The inputs.
    pub inputs: Inputs,
    /// The form of the answer, if the request itself says it.
    pub form: Option<Form>,
    /// Whether the output comes in a document of outputs.
    pub as_document: bool,
}

impl Asked {
    /// Reads a request.
    ///
    /// # Errors
    /// 400 for what cannot be understood, 413 for what is too large, 415 for a body of another kind.
    pub async fn read(request: Request, portal: &Portal) -> Result<Self, Problem> {
        let media_type =
            request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_lowercase();
        match media_type.as_str() {
            "multipart/form-data" => {
                let form = Multipart::from_request(request, portal).await;
                Self::of_form(form.map_err(|it| unreadable(it.status(), &it.body_text()))?).await
            }
            json if json == "application/json" || json.ends_with("+json") || json.is_empty() => {
                let body = request.extract::<axum::body::Bytes, _>().await;
                let body = body.map_err(|it| unreadable(it.status(), &it.body_text()))?;
                let Json(value) = Json::from_bytes(&body)
                    .map_err(|it| unreadable(StatusCode::BAD_REQUEST, &it.body_text()))?;
                Self::of_document(value)
            }
            other => {
                let detail = format!(
                    "The body is “{other}”: it has to be application/json, or multipart/form-data with the field “{FILE}”, “{PLACE}” or \
                     “{FEATURE}”."
                );
                Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
            }
        }
    }

    async fn of_form(mut form: Multipart) -> Result<Self, Problem> {
        let mut inputs = Inputs::default();
        while let Some(mut field) =
            form.next_field().await.map_err(|it| unreadable(it.status(), &it.body_text()))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let mut taken = Taken::new(name == FILE)?;
            while let Some(piece) =
                field.chunk().await.map_err(|it| unreadable(it.status(), &it.body_text()))?
            {
                taken.take(&piece)?;
            }
            match (name.as_str(), taken) {
                // A form without a choice of file sends one without a name.
                (FILE, Taken::File(_, 0)) if file_name.as_deref().is_none_or(str::is_empty) => {}
                (FILE, Taken::File(file, _)) => {
                    inputs.file = Some((plain_name(file_name.as_deref().unwrap_or_default()), file));
                }
                (name, Taken::Text(bytes)) => inputs.put(name, &text(name, bytes)?)?,
                (name, Taken::File(..)) => return Err(unknown(name)),
            }
        }
        Ok(Self { inputs, ..Self::default() })
    }

    /// The request of the standard: `inputs`, `outputs`, `response`.
    fn of_document(document: Value) -> Result<Self, Problem> {
        let Value::Object(mut document) = document else {
            return Err(Problem::bad_request("The body has to be a JSON object with the member “inputs”."));
        };
        let Some(Value::Object(given)) = document.remove("inputs") else {
            let detail =
                format!("The member “inputs” is missing, or no object: it holds “{PLACE}” or “{FEATURE}”.");
            return Err(Problem::bad_request(detail));
        };
        let mut inputs = Inputs::default();
        for (name, value) in given {
            inputs.put(&name, &written(&name, value)?)?;
        }
        let form = document.remove("outputs").map(|outputs| form_of(&outputs)).transpose()?.flatten();
        let as_document = match document.remove("response") {
            None => false,
            Some(Value::String(word)) if word == "raw" => false,
            Some(Value::String(word)) if word == "document" => true,
            Some(other) => {
                return Err(Problem::bad_request(format!(
                    "The value {other} of “response” is none of raw, document."
                )));
            }
        };
        if document.contains_key("subscriber") {
            return Err(Problem::bad_request(
                "There are no callbacks: leave “subscriber” out, and wait for the answer.",
            ));
        }
        Ok(Self { inputs, form, as_document })
    }
}

impl Inputs {
    /// Takes the input of this name; an empty field of a form is none.
    fn put(&mut self, name: &str, text: &str) -> Result<(), Problem> {
        let input = match name {
            PLACE => &mut self.place,
            FEATURE => &mut self.feature,
            CRS => &mut self.crs,
            other => return Err(unknown(other)),
        };
        if !text.trim().is_empty() {
            *input = Some(text.trim().to_owned());
        }
        Ok(())
    }
}

/// A field under way.
enum Taken {
    Text(Vec<u8>),
    File(NamedTempFile, usize),
}

impl Taken {
    fn new(is_file: bool) -> Result<Self, Problem> {
        if !is_file {
            return Ok(Self::Text(Vec::new()));
        }
        NamedTempFile::new().map(|file| Self::File(file, 0)).map_err(|error| Problem::internal(&error))
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Problem> {
        match self {
            Self::Text(bytes) if bytes.len() + piece.len() > LONGEST_FIELD => {
                let detail = said("long_text", &[("most", &LONGEST_FIELD)]);
                Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail))
            }
            Self::Text(bytes) => {
                bytes.extend_from_slice(piece);
                Ok(())
            }
            Self::File(file, bytes) => {
                *bytes += piece.len();
                file.write_all(piece).map_err(|error| Problem::internal(&error))
            }
        }
    }
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|_| Problem::bad_request(said("no_text", &[("name", &name)])))
}

/// A value as text; a shape is written as `GeoJSON`. The standard lets a value stand in an object of its own.
fn written(name: &str, value: Value) -> Result<String, Problem> {
    match value {
        Value::String(text) => Ok(text),
        Value::Object(mut object) if object.contains_key("value") => {
            written(name, object.remove("value").unwrap_or_default())
        }
        Value::Object(object) if object.contains_key("href") => Err(Problem::bad_request(format!(
            "The input “{name}” is a link, and links are not followed: give what it leads to."
        ))),
        Value::Object(object) if name == PLACE => Ok(Value::Object(object).to_string()),
        other => Err(Problem::bad_request(format!("The input “{name}” cannot be {}.", kind(&other)))),
    }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list: it is given once",
        Value::Object(_) => "an object",
    }
}

fn unknown(name: &str) -> Problem {
    Problem::bad_request(said(
        "unknown_input",
        &[("name", &name), ("known", &INPUTS.join(", ")), ("file", &FILE)],
    ))
}

/// What was sent is broken, or more than is read.
fn unreadable(status: StatusCode, reason: &str) -> Problem {
    Problem::new(status, said("unreadable_body", &[]).because(reason))
}

/// The form that the one output is asked for in, if it is said.
fn form_of(outputs: &Value) -> Result<Option<Form>, Problem> {
    let no_object = || Problem::bad_request("The member “outputs” has to be an object.");
    let outputs: &Map<String, Value> = outputs.as_object().ok_or_else(no_object)?;
    if let Some(name) = outputs.keys().find(|name| *name != SCREENING) {
        return Err(Problem::bad_request(format!("The output “{name}” is not known: there is {SCREENING}.")));
    }
    let Some(output) = outputs.get(SCREENING) else { return Ok(None) };
    if output["transmissionMode"].as_str().is_some_and(|mode| mode != "value") {
        return Err(Problem::bad_request(
            "Nothing is stored, so no output can be a reference: “transmissionMode” is value.",
        ));
    }
    let Some(wanted) = output["format"]["mediaType"].as_str() else { return Ok(None) };
    let found = FORMS.into_iter().find(|(_, media_type)| *media_type == wanted).map(|(form, _)| form);
    let known = || FORMS.map(|(_, media_type)| media_type).join(", ");
    let refused = || Problem::bad_request(format!("The format “{wanted}” is none of {}.", known()));
    found.ok_or_else(refused).map(Some)
}

/// The last part of a path that a browser may send, without what has no place in a sentence.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|it| !it.is_control()).take(100).collect();
    if plain.is_empty() { "file".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::Language;
    use serde_json::json;

    fn check(document: &Value, expect: &str) {
        let said = match Asked::of_document(document.clone()) {
            Ok(asked) => format!(
                "{:?} {:?} {}",
                asked.inputs.place.or(asked.inputs.feature),
                asked.form,
                asked.as_document
            ),
            Err(problem) => problem.detail.told(Language::English).to_string(),
        };
        assert!(said.contains(expect), "{document}: {said}");
    }

    #[test]
    fn a_request_is_read_as_the_standard_has_it() {
        let point = json!({ "type": "Point", "coordinates": [9.1, 45.4] });
        check(&json!({ "inputs": { "place": point } }), "coordinates");
        check(
            &json!({ "inputs": { "place": { "value": point, "mediaType": "application/geo+json" } } }),
            "coordinates",
        );
        check(&json!({ "inputs": { "place": "POINT (9 45)" } }), "POINT (9 45)");
        check(&json!({ "inputs": { "feature": "a/1" }, "response": "document" }), "Some(\"a/1\") None true");
        let output =
            json!({ "screening": { "format": { "mediaType": "text/csv" }, "transmissionMode": "value" } });
        check(&json!({ "inputs": { "feature": "a/1" }, "outputs": output }), "Some(Table) false");
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        check(&json!([]), "has to be a JSON object");
        check(&json!({}), "“inputs” is missing");
        check(&json!({ "inputs": { "colour": "red" } }), "“colour” is not known");
        check(&json!({ "inputs": { "place": { "href": "http://x/" } } }), "links are not followed");
        check(&json!({ "inputs": { "place": [1] } }), "given once");
        check(&json!({ "inputs": { "feature": 7 } }), "cannot be a number");
        check(&json!({ "inputs": {}, "response": "later" }), "none of raw, document");
        check(&json!({ "inputs": {}, "subscriber": {} }), "no callbacks");
        check(&json!({ "inputs": {}, "outputs": { "x": {} } }), "“x” is not known");
        check(
            &json!({ "inputs": {}, "outputs": { "screening": { "transmissionMode": "reference" } } }),
            "Nothing is stored",
        );
        check(
            &json!({ "inputs": {}, "outputs": { "screening": { "format": { "mediaType": "a/b" } } } }),
            "is none of",
        );
    }

    #[test]
    fn the_name_of_a_file_is_its_last_part() {
        for (name, expect) in
            [("C:\\a\\b.zip", "b.zip"), ("../../b.kml", "b.kml"), ("", "file"), ("a\nb", "ab")]
        {
            assert_eq!(plain_name(name), expect);
        }
    }
}
