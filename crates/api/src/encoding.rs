//! Content encodings: the best that the client takes, for what is worth it.

mod streamed;

pub use streamed::Streamed;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use libdeflater::{CompressionLvl, Compressor};
use std::cell::RefCell;

use crate::answers::Encoded;
use crate::content::{Content, MVT};

/// On texts as small as zlib's fourth level makes them, in two thirds of its time: who waits for an answer waits for this too.
const GZIP_LEVEL: i32 = 3;
/// Tiles are within 1.5 % as small by the first level, in two thirds of that time again.
const TILE_GZIP_LEVEL: i32 = 1;
/// The same for what is compressed while it is made, by a library that can.
const STREAMED_GZIP_LEVEL: u32 = 1;
/// Below this a body travels in one packet anyway, and hardly shrinks.
const WORTH_IT: usize = 512;
/// How hard the others try: beyond, time grows faster than bytes shrink.
const ZSTD: i32 = 3;
const QUALITY: i32 = 4;

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
        let mut preferred = [Self::Zstd, Self::Brotli, Self::Gzip].into_iter();
        preferred.find(|encoding| encoding.name().is_some_and(takes)).unwrap_or(Self::Identity)
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

    /// Its name in headers; `None` for none.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Zstd => Some("zstd"),
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// Content in this encoding, or as it is where that is not worth it.
    pub fn apply(self, content: Content) -> Encoded {
        let Content { media_type, body, link } = content;
        self.apply_to(Encoded { media_type, coding: None, link, body: body.into() })
    }

    /// The same for a body that is ready to be sent as it is.
    pub fn apply_to(self, plain: Encoded) -> Encoded {
        let is_packed = plain.media_type.starts_with("image/") || plain.media_type.starts_with("font/");
        if plain.body.len() < WORTH_IT || is_packed {
            return plain;
        }
        let smaller = match self {
            Self::Identity => None,
            Self::Zstd => zstd::bulk::compress(&plain.body, ZSTD).ok(),
            Self::Brotli => Some(brotli(&plain.body)),
            Self::Gzip => gzip(&plain.body, plain.media_type),
        };
        match smaller {
            Some(bytes) => Encoded { coding: self.name(), body: bytes.into(), ..plain },
            None => plain,
        }
    }
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4);
    let settings = brotli::enc::BrotliEncoderParams { quality: QUALITY, ..Default::default() };
    // Reading from a slice and writing to a vector cannot fail.
    let _ = brotli::BrotliCompress(&mut &body[..], &mut out, &settings);
    out
}

fn gzip(body: &[u8], media_type: &str) -> Option<Vec<u8>> {
    thread_local! {
        // They take longer to make than most tiles to compress.
        static OF_TILES: RefCell<Compressor> = compressor(TILE_GZIP_LEVEL);
        static OF_OTHERS: RefCell<Compressor> = compressor(GZIP_LEVEL);
    }
    let compressor = if media_type == MVT { &OF_TILES } else { &OF_OTHERS };
    compressor.with_borrow_mut(|compressor| {
        let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
        let length = compressor.gzip_compress(body, &mut out).ok()?;
        out.truncate(length);
        // A body may be kept for long: what it does not need goes back.
        out.shrink_to_fit();
        Some(out)
    })
}

fn compressor(level: i32) -> RefCell<Compressor> {
    RefCell::new(Compressor::new(CompressionLvl::new(level).unwrap_or_default()))
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
        let apply = |encoding: Encoding, media_type: &'static str| {
            let encoded = encoding.apply(Content::new(media_type, body.clone()));
            (encoded.body.to_vec(), encoded.coding)
        };
        let (bytes, coding) = apply(Encoding::Zstd, "application/json");
        assert_eq!(
            (zstd::bulk::decompress(&bytes, body.len()).unwrap(), coding),
            (body.clone(), Some("zstd"))
        );
        let (bytes, coding) = apply(Encoding::Gzip, "application/json");
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut back).unwrap();
        assert_eq!((back, coding), (body.clone(), Some("gzip")));
        let (bytes, coding) = apply(Encoding::Brotli, "application/json");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &bytes[..], &mut back).unwrap();
        assert_eq!((back, coding), (body.clone(), Some("br")));
        assert_eq!(apply(Encoding::Gzip, "font/woff2"), (body, None));
    }
}
