//! Looks at a text of JSON byte by byte: how large its features are, whether its CRS is a link, and where their shapes begin.

/// The most bytes that a `crs` member may have.
const LONGEST_CRS: usize = 4096;

/// How far a text has been looked at.
#[derive(Default)]
pub struct Scan {
    /// Whether a `crs` member is a link.
    pub links: bool,
    /// The most values that any feature had.
    pub most: u64,
    /// Bytes since the feature began.
    pub bytes: u64,
    depth: u32,
    in_text: bool,
    escaped: bool,
    /// The last text at the top level of the file and in a feature of its collection, as far as it may be a name that matters.
    key: Vec<u8>,
    member: Vec<u8>,
    /// The `crs` member that is being read.
    crs: Option<Vec<u8>>,
    /// Values since the feature began.
    values: u64,
}

impl Scan {
    /// Whether the shape of a feature begins here, if an object does.
    pub fn is_at_shape(&self) -> bool {
        let (is_alone, is_in_collection) = (self.depth == 1, self.depth == 3 && self.key == b"features");
        !self.in_text
            && (is_alone && self.key == b"geometry" || is_in_collection && self.member == b"geometry")
    }

    /// Takes a whole object without looking into its names.
    pub fn pass(&mut self, object: &[u8]) {
        self.bytes += object.len() as u64;
        self.values += object.iter().map(|byte| u64::from(matches!(byte, b'{' | b'[' | b','))).sum::<u64>();
        self.most = self.most.max(self.values);
    }

    /// Takes the next byte.
    pub fn take(&mut self, byte: u8) {
        self.bytes += 1;
        if let Some(crs) = &mut self.crs {
            crs.push(byte);
            self.links |= crs.len() > LONGEST_CRS;
        }
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => {
                    self.escaped = true;
                    if let Some(name) = self.name() {
                        name.push(byte);
                    }
                }
                b'"' => self.in_text = false,
                _ => {
                    if let Some(name) = self.name().filter(|name| name.len() < 16) {
                        name.push(byte);
                    }
                }
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                if let Some(name) = self.name() {
                    name.clear();
                }
            }
            b'{' | b'[' => {
                // A feature begins: in a collection, or as one line of a sequence.
                let is_in_collection = self.depth == 2 && self.key == b"features";
                if byte == b'{' && (self.depth == 0 || is_in_collection) {
                    (self.values, self.bytes) = (0, 0);
                }
                // GDAL takes the name in any case; one with escaped letters may be it too.
                let is_crs = self.key.eq_ignore_ascii_case(b"crs") || self.key.contains(&b'\\');
                if self.depth == 1 && is_crs {
                    self.crs = Some(Vec::new());
                }
                self.depth += 1;
                self.count();
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if let Some(crs) = self.crs.take_if(|_| self.depth <= 1) {
                    let text = String::from_utf8_lossy(&crs).to_lowercase();
                    self.links |= ["link", "url", "href", "\\u"].into_iter().any(|word| text.contains(word));
                }
            }
            b',' => self.count(),
            _ => {}
        }
    }

    /// The name that a text may be.
    const fn name(&mut self) -> Option<&mut Vec<u8>> {
        match self.depth {
            1 => Some(&mut self.key),
            3 => Some(&mut self.member),
            _ => None,
        }
    }

    fn count(&mut self) {
        self.values += 1;
        self.most = self.most.max(self.values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crs_that_is_a_link_is_seen() {
        let check = |crs: &str, expect: bool| {
            let mut scan = Scan::default();
            format!(r#"{{"type": "FeatureCollection", {crs}, "features": [], "b": {{"url": 1}}}}"#)
                .bytes()
                .for_each(|byte| scan.take(byte));
            assert_eq!(scan.links, expect, "{crs}");
        };
        check(r#""crs": {"type": "link", "properties": {"href": "x"}}"#, true);
        check(r#""CRS": {"type": "URL", "properties": {}}"#, true);
        check(r#""\u0063rs": {"type": "url"}"#, true);
        check(r#""crs": {"type": "\u006cin\u006b"}"#, true);
        check(r#""crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, false);
        check(r#""crs": null, "a": {"type": "url"}"#, false);
    }

    #[test]
    fn values_are_counted_for_each_feature() {
        let check = |text: &str, expect: u64| {
            let mut scan = Scan::default();
            text.bytes().for_each(|byte| scan.take(byte));
            assert_eq!(scan.most, expect, "{text}");
        };
        let feature = r#"{"a": "x,[{\",", "b": [1,2]}"#;
        check(feature, 4);
        check(&format!("{feature}\n{feature}\n\u{1e}{feature}"), 4);
        check(&format!(r#"{{"type": "x", "features": [{feature}, {feature}]}}"#), 5);
        check(&format!(r#"{{"geometries": [{feature}, {feature}]}}"#), 11);
    }

    #[test]
    fn shapes_begin_where_features_have_them() {
        let check = |text: &str, expect: &[&str]| {
            let mut scan = Scan::default();
            let mut found = Vec::new();
            for (at, byte) in text.bytes().enumerate() {
                if byte == b'{' && scan.is_at_shape() {
                    found.push(&text[at..at + 3]);
                }
                scan.take(byte);
            }
            assert_eq!(found, expect, "{text}");
        };
        check(r#"{"geometry": {1}, "x": {2}}"#, &["{1}"]);
        check("{\"geometry\": {1}}\n\u{1e}{\"geometry\": {2}}", &["{1}", "{2}"]);
        check(
            r#"{"features": [{"geometry": {1}, "properties": {"geometry": {2}}}, {"a": [{"geometry": {3}}], "geometry" :{4}}]}"#,
            &["{1}", "{4}"],
        );
        check(r#"{"features": 1, "x": [{"geometry": {1}}]}"#, &[]);
        check(r#"{"features": [{"geom\u0065try": {1}, "a": "geometry", "b": {2}, "GEOMETRY": {3}}]}"#, &[]);
    }

    #[test]
    fn what_is_passed_counts_as_if_it_had_been_taken() {
        let (object, mut taken, mut passed) =
            (r#"{"type":"x","a":[[1,2],[3,4]]}"#, Scan::default(), Scan::default());
        object.bytes().for_each(|byte| taken.take(byte));
        passed.pass(object.as_bytes());
        assert_eq!((passed.most, passed.bytes), (taken.most, taken.bytes + 1));
    }
}
