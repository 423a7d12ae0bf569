//! The files of the pages as they were built from `web/`: part of the program.

use rust_embed::RustEmbed;
use std::sync::LazyLock;

/// The built files, by name.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
pub struct Built;

/// What the built files are as a whole: `version` of their manifest. Addresses carry it, so that they can be kept for ever.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let manifest = Built::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok());
    let version =
        manifest.and_then(|manifest: serde_json::Value| Some(manifest.get("version")?.as_str()?.to_owned()));
    version.unwrap_or_default()
});
