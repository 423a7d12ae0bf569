//! Addresses of the portal: what stands in their query, and how it is written.

use axum::http::Uri;

/// The parameter that says which version of a resource an address is of. The answer does not depend on it.
pub const VERSION: &str = "v";

/// The parameters of an address, decoded.
pub fn query(uri: &Uri) -> Vec<(String, String)> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// A text as it stands in the query of an address.
pub fn escape(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The template of the addresses of tiles of these collections, as their tag has them, sifted by these parameters.
pub fn tiles(origin: &str, ids: &str, tag: &str, parameters: &[(String, String)]) -> String {
    let template = format!("{origin}/tiles/{ids}/{{z}}/{{x}}/{{y}}?{VERSION}={tag}");
    parameters
        .iter()
        .fold(template, |so_far, (name, value)| format!("{so_far}&{}={}", escape(name), escape(value)))
}
