//! Data for scripts and programs inside a page.

use serde::Serialize;

/// JSON that is safe to stand inside a `script` element: nothing in it can close the element or open another.
#[must_use]
pub fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).unwrap_or_default().replace('<', "\\u003c").replace('>', "\\u003e")
}
