//! Ending work that nobody waits for any more.

use crate::error::ExportError;

/// Whether work under way is to stop, since nobody wants the download any more: asked for each record.
pub type Stop<'a> = &'a dyn Fn() -> bool;

/// Ends the work if it is to stop.
pub fn check(stop: Stop<'_>) -> Result<(), ExportError> {
    if stop() { Err(ExportError::Stopped) } else { Ok(()) }
}
