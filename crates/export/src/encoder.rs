//! What a format does that is written record by record.

use crate::error::ExportError;
use crate::selection::Selection;

/// About how many bytes a piece has.
pub const PIECE: usize = 128 * 1024;

/// A format that is written record by record.
pub trait Encoder: Send {
    /// Writes what stands before the records.
    fn head(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError>;
    /// Writes the record at a place of the layer; `rank` counts from 0.
    fn record(
        &mut self,
        selection: &Selection,
        rank: usize,
        place: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError>;
    /// Writes what stands behind them.
    fn foot(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError>;
}
