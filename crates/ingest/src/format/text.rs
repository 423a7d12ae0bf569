//! A text file, decoded piece by piece: only what is being read is in memory.

use encoding_rs::{Decoder, Encoding as Charset};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes read at a time.
const PIECE: usize = 1 << 18;

/// The part of a text that is being read.
pub struct Window {
    file: File,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: String,
    /// Where in `text` that begins which has not been read.
    start: usize,
    is_last: bool,
}

impl Window {
    /// At the start of the text in a file, behind a byte order mark of `mark` bytes.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn open(path: &Path, charset: &'static Charset, mark: usize) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(mark as u64))?;
        let decoder = charset.new_decoder_without_bom_handling();
        Ok(Self { file, decoder, bytes: vec![0; PIECE], text: String::new(), start: 0, is_last: false })
    }

    /// What follows, as far as it is here.
    #[must_use]
    pub fn rest(&self) -> &str {
        &self.text[self.start..]
    }

    /// Whether nothing follows what is here.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        self.is_last
    }

    /// Goes on behind the next `length` bytes of [`Self::rest`].
    pub const fn advance(&mut self, length: usize) {
        self.start += length;
    }

    /// Reads on: at least as much again as is here, so that what is looked at anew each time stays a share of it.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn grow(&mut self) -> io::Result<()> {
        self.text.drain(..self.start);
        self.start = 0;
        let wanted = self.text.len() * 2;
        while !self.is_last {
            self.read_piece()?;
            if self.text.len() > wanted {
                break;
            }
        }
        Ok(())
    }

    fn read_piece(&mut self) -> io::Result<()> {
        let length = self.file.read(&mut self.bytes)?;
        self.is_last = length == 0;
        let piece = &self.bytes[..length];
        self.text.reserve(self.decoder.max_utf8_buffer_length(length).unwrap_or(length * 3));
        // There is room for all of it; what is faulty was found when the encoding was.
        let _ = self.decoder.decode_to_string(piece, &mut self.text, self.is_last);
        Ok(())
    }
}

/// Whether `charset` reads the whole text without a fault.
///
/// # Errors
/// What the operating system says.
pub fn fits(path: &Path, charset: &'static Charset, mark: usize) -> io::Result<bool> {
    let Window { mut file, mut decoder, mut bytes, mut text, .. } = Window::open(path, charset, mark)?;
    loop {
        let length = file.read(&mut bytes)?;
        text.clear();
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(length).unwrap_or(length * 3));
        let (result, _) =
            decoder.decode_to_string_without_replacement(&bytes[..length], &mut text, length == 0);
        if matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
            return Ok(false);
        }
        if length == 0 {
            return Ok(true);
        }
    }
}
