//! A body that is encoded piece by piece, as it is made.

use super::{Encoding, STREAMED_GZIP_LEVEL};
use crate::effort::PROMPT;
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// The window of Brotli: a megabyte, and as much memory again for each download.
const WINDOW: u32 = 20;

/// An encoder under way.
pub enum Streamed {
    /// Zstandard.
    Zstd(Box<zstd::stream::write::Encoder<'static, Vec<u8>>>),
    /// Brotli.
    Brotli(Box<CompressorWriter<Vec<u8>>>),
    /// Gzip.
    Gzip(Box<GzEncoder<Vec<u8>>>),
    /// None.
    Identity,
}

impl Streamed {
    /// An encoder.
    ///
    /// # Errors
    /// If there is no memory for one.
    pub fn new(encoding: Encoding) -> io::Result<Self> {
        Ok(match encoding {
            Encoding::Zstd => {
                Self::Zstd(Box::new(zstd::stream::write::Encoder::new(Vec::new(), PROMPT.zstd)?))
            }
            Encoding::Brotli => Self::Brotli(Box::new(CompressorWriter::new(
                Vec::new(),
                4096,
                PROMPT.brotli.unsigned_abs(),
                WINDOW,
            ))),
            Encoding::Gzip => {
                Self::Gzip(Box::new(GzEncoder::new(Vec::new(), Compression::new(STREAMED_GZIP_LEVEL))))
            }
            Encoding::Identity => Self::Identity,
        })
    }

    /// What comes out when these bytes go in; often nothing yet.
    ///
    /// # Errors
    /// None but for want of memory.
    pub fn piece(&mut self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let out = match self {
            Self::Identity => return Ok(bytes),
            Self::Zstd(encoder) => {
                encoder.write_all(&bytes)?;
                encoder.get_mut()
            }
            Self::Brotli(encoder) => {
                encoder.write_all(&bytes)?;
                encoder.get_mut()
            }
            Self::Gzip(encoder) => {
                encoder.write_all(&bytes)?;
                encoder.get_mut()
            }
        };
        Ok(std::mem::take(out))
    }

    /// What is left at the end.
    ///
    /// # Errors
    /// None but for want of memory.
    pub fn end(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(Vec::new()),
            Self::Zstd(encoder) => encoder.finish(),
            Self::Brotli(encoder) => Ok(encoder.into_inner()),
            Self::Gzip(encoder) => encoder.finish(),
        }
    }
}
