//! `remix template`.

use crate::arguments::{Common, Template};
use anyhow::{Context, Result};
use jobs::{Configuration, template};
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Writes the template of a source. A file that is there already is left alone: somebody may have filled it in.
///
/// # Errors
/// A sentence that says why there is no template.
pub fn run(common: &Common, options: Template) -> Result<ExitCode> {
    let configuration = Configuration::load(common.data.as_deref(), &common.territory)?;
    let workbook = template::xlsx(&configuration, &options.source)?;
    let path = options.output.unwrap_or_else(|| PathBuf::from(format!("{}.xlsx", options.source)));
    let written = File::create_new(&path).and_then(|mut file| file.write_all(&workbook));
    written.with_context(|| format!("cannot write {}", path.display()))?;
    let mut out = io::stdout().lock();
    writeln!(out, "written to {0}: fill it in, then `remix import {1} {0}`", path.display(), options.source)?;
    Ok(ExitCode::SUCCESS)
}
