//! GDAL kept from printing, and heard where it complains instead of giving an error.

use crate::error::ExportError;
use std::ffi::CStr;

/// Keeps GDAL quiet on this thread while `work` is done. What it complains of is an error, even if it was not given as one: a file
/// that could not be finished, for example. Other threads, and the handler that they share, are not concerned.
#[expect(unsafe_code, reason = "the safe crate has no name for the handlers of one thread")]
pub fn about(work: impl FnOnce() -> Result<(), ExportError>) -> Result<(), ExportError> {
    // SAFETY: the handler is GDAL's own, pushed and popped on the same thread.
    unsafe {
        gdal_sys::CPLPushErrorHandler(Some(gdal_sys::CPLQuietErrorHandler));
        gdal_sys::CPLErrorReset();
    }
    let done = work();
    let complaint = complaint();
    // SAFETY: as above.
    unsafe { gdal_sys::CPLPopErrorHandler() };
    match (done, complaint) {
        (Err(ExportError::Gdal { source, .. }), reason) => {
            Err(ExportError::Gdal { reason: reason.unwrap_or_else(|| source.to_string()), source })
        }
        (Ok(()), Some(complaint)) => Err(ExportError::Unfinished(complaint)),
        (done, _) => done,
    }
}

/// What GDAL last complained about on this thread; warnings are none.
#[expect(unsafe_code, reason = "the safe crate has no name for it")]
fn complaint() -> Option<String> {
    // SAFETY: the text is GDAL's, of this thread, and copied before GDAL is called again.
    unsafe {
        let is_failure = gdal_sys::CPLGetLastErrorType() >= gdal_sys::CPLErr::CE_Failure;
        is_failure.then(|| CStr::from_ptr(gdal_sys::CPLGetLastErrorMsg()).to_string_lossy().into_owned())
    }
}
