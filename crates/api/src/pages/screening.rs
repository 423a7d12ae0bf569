//! `/processes/screening` and its execution: the form, and what a place has to do with.

use askama::Template;

use super::Layout;
use super::layout::Link;
use super::sheet::InsidePart;

/// The form, and the answer if there is one.
#[derive(Debug, Template)]
#[template(path = "screening.html")]
pub struct ScreeningPage {
    /// What stands round the page.
    pub layout: Layout,
    /// What was found; `None` if nothing has been asked yet.
    pub answer: Option<ScreeningAnswer>,
    /// Where the form is sent.
    pub action: String,
}

/// What a place has to do with.
#[derive(Clone, Debug)]
pub struct ScreeningAnswer {
    /// What the place is called.
    pub name: String,
    /// Its page, if it is a record.
    pub url: Option<String>,
    /// How large it is, and what else is known of it: a sentence each.
    pub facts: Vec<String>,
    /// The municipalities, each with how much of the place lies there.
    pub municipalities: Vec<(Link, Option<String>)>,
    /// What the strategies' questions say.
    pub strategies: Vec<StrategySays>,
    /// What is met, by collection.
    pub inside: Vec<InsidePart>,
    /// What a sliver is, in words.
    pub sliver: String,
    /// Collections of which nothing is met.
    pub none: Vec<String>,
    /// Collections that nobody has loaded.
    pub not_loaded: Vec<String>,
    /// What is counted apart: a sentence each.
    pub apart: Vec<String>,
    /// What the municipality meets by which alone the place is known.
    pub perhaps: Vec<InsidePart>,
    /// The releases that this rests on.
    pub releases: Vec<Link>,
    /// The field and the value by which the same can be asked again in other forms.
    pub again: Option<(&'static str, String)>,
    /// These forms: their name, and where to send the field.
    pub forms: Vec<Link>,
}

/// What the questions of a strategy say.
#[derive(Clone, Debug)]
pub struct StrategySays {
    /// Its code and title.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The questions that say something of it as what it is: a proposal, if somebody drew it.
    pub questions: Vec<QuestionSays>,
    /// Those that would say something if it were something else.
    pub otherwise: Vec<QuestionSays>,
    /// Those to which the answer is no, in few words.
    pub noes: Vec<Link>,
    /// Those whose layers are not loaded, with what is missing.
    pub not_loaded: Vec<(Link, String)>,
}

/// What a question says.
#[derive(Clone, Debug)]
pub struct QuestionSays {
    /// The question and its page.
    pub question: Link,
    /// What the place is taken for in it.
    pub taken_for: String,
    /// The answer.
    pub sentence: String,
    /// The records, each with what is measured.
    pub records: Vec<(Link, String)>,
    /// How many are left out.
    pub more: Option<String>,
}
