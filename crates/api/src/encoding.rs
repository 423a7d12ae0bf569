//! Content encodings: the best that the client takes, for what is worth it.

mod streamed;

pub use streamed::Streamed;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use libdeflater::{CompressionLvl, Compressor};
use std::cell::RefCell;
use std::collections::HashMap;

use crate::answers::Encoded;
use crate::content::Content;

/// For what is compressed while it is made, by a library that can.
const STREAMED_GZIP_LEVEL: u32 = 1;
/// Memory that a thread keeps for its next body.
const MOST_MEMORY: usize = 1 << 20;
/// Below this a body travels in one packet anyway, and hardly shrinks.
const WORTH_IT: usize = 512;

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
        let Content { media_type, effort, body, link } = content;
        self.apply_to(Encoded { media_type, effort, coding: None, link, body: body.into() })
    }

    /// The same for a body that is ready to be sent as it is.
    pub fn apply_to(self, plain: Encoded) -> Encoded {
        let is_packed = plain.media_type.starts_with("image/") || plain.media_type.starts_with("font/");
        if plain.body.len() < WORTH_IT || is_packed {
            return plain;
        }
        let effort = plain.effort;
        let smaller = match self {
            Self::Identity => None,
            Self::Zstd => zstd::bulk::compress(&plain.body, effort.zstd).ok(),
            Self::Brotli => Some(brotli(&plain.body, effort.brotli)),
            Self::Gzip => gzip(&plain.body, effort.gzip),
        };
        match smaller {
            Some(bytes) => Encoded { coding: self.name(), body: bytes.into(), ..plain },
            None => plain,
        }
    }
}

fn brotli(body: &[u8], quality: i32) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4);
    let settings = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    // Reading from a slice and writing to a vector cannot fail.
    let _ = brotli::BrotliCompress(&mut &body[..], &mut out, &settings);
    out
}

fn gzip(body: &[u8], level: i32) -> Option<Vec<u8>> {
    thread_local! {
        static BY_LEVEL: RefCell<HashMap<i32, Gzip>> = RefCell::default();
    }
    BY_LEVEL.with_borrow_mut(|all| all.entry(level).or_insert_with(|| Gzip::new(level)).apply(body))
}

/// A compressor, which takes longer to make than most tiles to compress, and memory to write to, which need not be cleared each time.
struct Gzip {
    compressor: Compressor,
    out: Vec<u8>,
}

impl Gzip {
    fn new(level: i32) -> Self {
        let compressor = Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        Self { compressor, out: Vec::new() }
    }

    fn apply(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        let bound = self.compressor.gzip_compress_bound(body.len());
        self.out.resize(bound.max(self.out.len()), 0);
        let packed =
            self.compressor.gzip_compress(body, &mut self.out).map(|length| self.out[..length].to_vec());
        if self.out.len() > MOST_MEMORY {
            self.out = Vec::new();
        }
        packed.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::MVT;
    use crate::effort::{TILE, TILE_FROM_AFAR};
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
    fn what_is_part_of_the_program_is_made_smaller_than_what_somebody_waits_for() {
        let body = include_bytes!("encoding.rs").to_vec();
        for encoding in [Encoding::Zstd, Encoding::Brotli, Encoding::Gzip] {
            let length = |media_type| encoding.apply(Content::new(media_type, body.clone())).body.len();
            assert!(length("text/javascript; charset=utf-8") < length("application/json"), "{encoding:?}");
        }
    }

    #[test]
    fn tiles_from_afar_are_made_smaller_than_tiles_from_near() {
        let body = include_bytes!("encoding.rs").to_vec();
        let length =
            |effort| Encoding::Gzip.apply(Content { effort, ..Content::new(MVT, body.clone()) }).body.len();
        assert!(length(&TILE_FROM_AFAR) < length(&TILE));
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
