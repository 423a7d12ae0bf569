//! `remix overlay`.

use crate::arguments::{AnswerFormat, Common, Overlay};
use crate::session::{self, Session};
use anyhow::{Context, Result, bail};
use api::printed;
use jobs::{edition, overlay};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

/// Answers the questions of the strategies on what stands now, writes the answers to the database, and prints those asked for.
///
/// # Errors
/// A sentence that says why there is no answer.
pub async fn run(common: &Common, options: Overlay) -> Result<ExitCode> {
    let session = session::open(common).await?;
    let printed = answer(&session, &options).await;
    session.close().await?;
    io::stdout().lock().write_all(&printed?)?;
    Ok(ExitCode::SUCCESS)
}

async fn answer(session: &Session, options: &Overlay) -> Result<Vec<u8>> {
    let Session { configuration, store, .. } = session;
    check(session, options)?;
    let edition = Arc::new(edition::build(store, configuration).await?);
    let answered = overlay::answer(configuration, edition, None).await;
    let answered = answered.context("answering stopped by a fault of the program: please report it")?;
    overlay::write(store, &answered).await?;
    let wanted = answered.answers.iter().map(AsRef::as_ref).filter(|answer| {
        options.strategy.as_deref().is_none_or(|id| answer.strategy.as_str() == id)
            && options.question.as_deref().is_none_or(|id| answer.question.id.as_str() == id)
    });
    let wanted: Vec<_> = wanted.collect();
    match options.format {
        AnswerFormat::Text => {
            let groups = options.question.is_some();
            let texts = wanted.iter().map(|answer| printed::text(&answered.edition, answer, groups));
            Ok(texts.collect::<String>().into_bytes())
        }
        AnswerFormat::Json => {
            let mut text = String::new();
            writeln!(text, "{:#}", printed::json(&answered.edition, &wanted))?;
            Ok(text.into_bytes())
        }
        AnswerFormat::Csv => match wanted.as_slice() {
            [one] => printed::csv(&answered.edition, one)
                .with_context(|| printed::text(&answered.edition, one, false).trim_end().to_owned()),
            several => bail!(
                "a table is of one question, and {} are asked for: name one with --strategy and --question",
                several.len()
            ),
        },
    }
}

/// What is asked for has to be there.
fn check(session: &Session, options: &Overlay) -> Result<()> {
    let strategies = &session.configuration.strategies;
    let is_known = |id: &&str| strategies.iter().any(|it| it.id.as_str() == *id);
    if let Some(id) = options.strategy.as_deref().filter(|id| !is_known(id)) {
        let known: Vec<_> = strategies.iter().map(|it| it.id.as_str()).collect();
        bail!("there is no strategy {id}: data/strategies has {}", known.join(", "));
    }
    let chosen =
        strategies.iter().filter(|it| options.strategy.as_deref().is_none_or(|id| it.id.as_str() == id));
    let known: Vec<_> = chosen.flat_map(|it| &it.questions).map(|it| it.id.as_str()).collect();
    if let Some(id) = options.question.as_deref().filter(|id| !known.contains(id)) {
        bail!("there is no question {id}: there are {}", known.join(", "));
    }
    Ok(())
}
