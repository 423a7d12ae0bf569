//! Content encodings: the best that the client takes, for what is worth it.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use std::io::Write;

/// Below this a body travels in one packet anyway.
const WORTH_IT: usize = 1024;

/// A way to make a body smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Zstandard.
    Zstd,
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// None.
    Identity,
}

impl Encoding {
    /// What a client takes, by our preference: zstd costs least for what it gives.
    pub fn of(headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes = |wanted: &str| {
            accept.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                let name = parts.next().unwrap_or_default();
                let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
                !refused && (name.eq_ignore_ascii_case(wanted) || name == "*")
            })
        };
        let preferred = [(Self::Zstd, "zstd"), (Self::Brotli, "br"), (Self::Gzip, "gzip")];
        preferred.into_iter().find(|(_, name)| takes(name)).map_or(Self::Identity, |(encoding, _)| encoding)
    }

    /// What tells entity tags of different encodings apart.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Zstd => "z",
            Self::Brotli => "b",
            Self::Gzip => "g",
            Self::Identity => "i",
        }
    }

    /// The body in this encoding with the encoding's name, or as it is where that is not worth it.
    pub fn apply(self, media_type: &str, body: Vec<u8>) -> (Vec<u8>, Option<&'static str>) {
        let is_packed = media_type.starts_with("image/") || media_type.starts_with("font/");
        if body.len() < WORTH_IT || is_packed {
            return (body, None);
        }
        let smaller = match self {
            Self::Identity => return (body, None),
            Self::Zstd => zstd::bulk::compress(&body, 3).ok().map(|bytes| (bytes, "zstd")),
            Self::Brotli => Some((brotli(&body), "br")),
            Self::Gzip => gzip(&body).map(|bytes| (bytes, "gzip")),
        };
        match smaller {
            Some((bytes, name)) => (bytes, Some(name)),
            None => (body, None),
        }
    }
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4);
    let settings = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    // Reading from a slice and writing to a vector cannot fail.
    let _ = brotli::BrotliCompress(&mut &body[..], &mut out, &settings);
    out
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(5));
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::io::Read;

    fn of(accept: &'static str) -> Encoding {
        Encoding::of(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn the_best_that_the_client_takes_is_chosen() {
        assert_eq!(of("gzip, deflate, br, zstd"), Encoding::Zstd);
        assert_eq!(of("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(of("gzip;q=0.5, br;q=0"), Encoding::Gzip);
        assert_eq!(of("identity"), Encoding::Identity);
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn every_encoding_gives_the_body_back() {
        let body = b"REMIX ".repeat(1000);
        let (bytes, _) = Encoding::Zstd.apply("application/json", body.clone());
        assert_eq!(zstd::bulk::decompress(&bytes, body.len()).unwrap(), body);
        let (bytes, _) = Encoding::Gzip.apply("application/json", body.clone());
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, body);
        let (bytes, _) = Encoding::Brotli.apply("application/json", body.clone());
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &bytes[..], &mut back).unwrap();
        assert_eq!(back, body);
        assert_eq!(Encoding::Gzip.apply("font/woff2", body.clone()), (body, None));
    }
}
