//! What the `OpenAPI` document says of the sheets of municipalities and zones.

use serde_json::{Value, json};

use super::{path, query};

const JSON: &[&str] = &["application/json"];

/// Adds the paths of sheets.
pub fn paths(add: &mut impl FnMut(&str, &str, &str, Vec<Value>, &[&str])) {
    let text = json!({ "type": "string" });
    let code =
        path("istat", "The ISTAT code: six digits", &json!({ "type": "string", "pattern": "^[0-9]{6}$" }));
    let zone = path("zone", "The zone\u{2019}s code, as /zones has it", &text);
    let since = || {
        let day = json!({ "type": "string", "format": "date" });
        query("since", "Tell what changed on this day and since; else with the latest release", &day)
    };
    add("/municipalities", "municipalities", "The municipalities, with their figures", Vec::new(), JSON);
    add(
        "/municipalities/{istat}",
        "municipality",
        "Everything that is known of a municipality: proposals, money, services, areas with their shares, the answers to the strategies\u{2019} \
         questions there, what changed, and what is missing",
        vec![code, since()],
        JSON,
    );
    add("/zones", "zones", "The homogeneous zones, with their figures", Vec::new(), JSON);
    add("/zones/{zone}", "zone", "The same of a zone, together", vec![zone, since()], JSON);
}
