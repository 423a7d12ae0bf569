//! The map's style as it is served: `tiles/styles/base.json` with the colours of `palette.json` and this server's address.

use serde_json::Value;

const STYLE: &str = include_str!("../../../../tiles/styles/base.json");
const PALETTE: &str = include_str!("../../../../tiles/styles/palette.json");

/// The style for clients of the server at this origin (`https://host`, no slash at the end).
#[must_use]
pub fn base(origin: &str) -> String {
    let mut style = STYLE.replace("{base}", origin);
    let palette = serde_json::from_str::<Value>(PALETTE).unwrap_or_default();
    for (group, colours) in palette.as_object().into_iter().flatten() {
        for (name, colour) in colours.as_object().into_iter().flatten() {
            style = style.replace(&format!("{{{group}.{name}}}"), colour.as_str().unwrap_or_default());
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_placeholder_is_left_and_it_is_json() {
        let style = base("https://example.org");
        let style = serde_json::from_str::<Value>(&style).unwrap();
        let url = style["sources"]["remix"]["url"].as_str().unwrap();
        assert!(url.starts_with("https://example.org/tiles/"), "{url}");
        let layers = style["layers"].to_string();
        assert!(!layers.contains("\"{"), "a colour that palette.json does not have");
    }

    #[test]
    fn colours_stand_only_in_the_palette() {
        assert!(!STYLE.contains("\"#"), "base.json names a colour of its own");
    }
}
