//! `/strategies` and `/strategies/{id}`: what each strategy asks, and what came of it in short.

use askama::Template;

use super::Layout;
use super::layout::Link;

/// A strategy.
#[derive(Clone, Debug)]
pub struct StrategyHead {
    /// Its page.
    pub url: String,
    /// What people call it in short.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The acts by which it is in force.
    pub legal_reference: String,
    /// Since when, and until when, in words.
    pub in_force: String,
    /// How many questions it asks, in words; and how many of them cannot be answered yet.
    pub questions: String,
    /// The map of what it is about.
    pub map_url: String,
}

/// A question, and what came of it.
#[derive(Clone, Debug)]
pub struct QuestionCard {
    /// Its page.
    pub url: String,
    /// The question.
    pub title: String,
    /// The number that answers, and what it counts; `None` if it is not answered.
    pub figure: Option<(String, String)>,
    /// Further sentences: what may be missing, what is not loaded.
    pub notes: Vec<String>,
}

/// The strategies.
#[derive(Debug, Template)]
#[template(path = "strategies.html")]
pub struct StrategiesPage {
    /// What stands round the page.
    pub layout: Layout,
    /// They.
    pub strategies: Vec<StrategyHead>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}

/// One strategy.
#[derive(Debug, Template)]
#[template(path = "strategy.html")]
pub struct StrategyPage {
    /// What stands round the page.
    pub layout: Layout,
    /// It.
    pub strategy: StrategyHead,
    /// What it asks.
    pub questions: Vec<QuestionCard>,
    /// Whether a release has landed since these answers.
    pub is_before: bool,
    /// The same in other formats.
    pub formats: Vec<Link>,
}
