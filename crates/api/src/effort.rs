//! How hard content is made smaller, by what it is.

/// How hard each encoding tries.
#[derive(Debug)]
pub struct Effort {
    /// Level of Zstandard.
    pub zstd: i32,
    /// Quality of Brotli.
    pub brotli: i32,
    /// Level of libdeflate.
    pub gzip: i32,
}

/// Somebody waits: beyond, time grows faster than bytes shrink. Gzip makes texts as small as zlib's fourth
/// level, in two thirds of its time.
pub const PROMPT: Effort = Effort { zstd: 3, brotli: 4, gzip: 3 };
/// Tiles are within 1.5 % as small by gzip's first level, in two thirds of that time again.
pub const TILE: Effort = Effort { gzip: 1, ..PROMPT };
/// Tiles from afar are few and large: they are 6 % smaller by the sixth level, in twice the time.
pub const TILE_FROM_AFAR: Effort = Effort { gzip: 6, ..PROMPT };
/// What is part of the program is made small once, and kept by its readers for ever.
const LASTING: Effort = Effort { zstd: 19, brotli: 9, gzip: 12 };

impl Effort {
    /// What is worth it for any content of a media type. Scripts and style sheets are answered with what is part of the program, and
    /// nothing else is.
    pub fn for_a(media_type: &str) -> &'static Self {
        let lasts = media_type.starts_with("text/javascript") || media_type.starts_with("text/css");
        if lasts { &LASTING } else { &PROMPT }
    }
}
