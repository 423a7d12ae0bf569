//! Bodies that are sent while they are made: a piece is made when the one before it is on its way.

use axum::body::{Body, Bytes};
use export::ExportError;
use futures_util::stream;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time;

use crate::answers::Answers;
use crate::encoding::{Encoding, Streamed};
use crate::problem::Problem;

/// How long a client may take nothing before its download is given up. Others wait for what it holds: files, and a past edition.
const STALL: Duration = Duration::from_mins(1);

/// A download under way.
struct Making<I> {
    pieces: I,
    /// `None` once the end is encoded.
    encoder: Option<Streamed>,
}

impl<I: Iterator<Item = Result<Vec<u8>, ExportError>>> Making<I> {
    /// What is to be sent next; `None` at the end.
    fn next(&mut self) -> Result<Option<Vec<u8>>, ExportError> {
        while let Some(encoder) = &mut self.encoder {
            let out = match self.pieces.next() {
                Some(piece) => encoder.piece(piece?)?,
                None => self.encoder.take().map_or(Ok(Vec::new()), Streamed::end)?,
            };
            if !out.is_empty() {
                return Ok(Some(out));
            }
        }
        Ok(None)
    }
}

/// The body of a download. The pieces are made in the room for heavy work, one at a time; when the client leaves, or takes nothing
/// for a minute, the rest is not made, and a file goes.
///
/// # Errors
/// 500 if there is no memory for the encoder.
pub fn body(
    pieces: impl Iterator<Item = Result<Vec<u8>, ExportError>> + Send + 'static,
    encoding: Encoding,
    answers: Arc<Answers>,
) -> Result<Body, Problem> {
    let encoder = Streamed::new(encoding).map_err(|error| Problem::internal(&error))?;
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(pump(Making { pieces, encoder: Some(encoder) }, sender, answers, STALL));
    Ok(of(receiver))
}

/// A body of what comes through a channel: `None` is its end. Where the channel closes without one, it breaks off, and the client
/// is told so.
fn of(receiver: mpsc::Receiver<Option<Bytes>>) -> Body {
    let next = async |receiver: Option<mpsc::Receiver<Option<Bytes>>>| {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Some(piece)) => Some((Ok(piece), Some(receiver))),
            Some(None) => None,
            None => Some((Err(io::Error::other("the download broke off")), None)),
        }
    };
    Body::from_stream(stream::unfold(Some(receiver), next))
}

async fn pump<I: Iterator<Item = Result<Vec<u8>, ExportError>> + Send + 'static>(
    mut making: Making<I>,
    sender: mpsc::Sender<Option<Bytes>>,
    answers: Arc<Answers>,
    stall: Duration,
) {
    loop {
        let made = answers.room.work(move |_| {
            let piece = making.next();
            Ok((piece, making))
        });
        let Ok((piece, rest)) = made.await else { return };
        making = rest;
        let piece = match piece {
            Ok(piece) => piece.map(Bytes::from),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "a download broke off");
                return;
            }
        };
        let is_last = piece.is_none();
        let sent = time::timeout(stall, sender.send(piece)).await;
        if is_last || !matches!(sent, Ok(Ok(()))) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use std::io::Read;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Pieces that count those made, and take note when they go.
    struct Counted {
        left: usize,
        fails_at: usize,
        made: Arc<AtomicUsize>,
        gone: Arc<AtomicUsize>,
    }

    impl Iterator for Counted {
        type Item = Result<Vec<u8>, ExportError>;

        fn next(&mut self) -> Option<Self::Item> {
            self.left = self.left.checked_sub(1)?;
            self.made.fetch_add(1, Ordering::Relaxed);
            if self.left == self.fails_at {
                Some(Err(ExportError::Stopped))
            } else {
                Some(Ok(vec![b'x'; 1000]))
            }
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            self.gone.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn counted(left: usize, fails_at: usize) -> (Counted, Arc<AtomicUsize>, Arc<AtomicUsize>) {
        let (made, gone) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        (Counted { left, fails_at, made: made.clone(), gone: gone.clone() }, made, gone)
    }

    fn answers() -> Arc<Answers> {
        Arc::new(Answers::new(1))
    }

    async fn until(gone: &AtomicUsize) {
        while gone.load(Ordering::Relaxed) == 0 {
            time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[tokio::test]
    async fn a_body_is_whole_in_every_encoding() {
        let unpack = |encoding: Encoding, bytes: &[u8]| match encoding {
            Encoding::Identity => bytes.to_vec(),
            Encoding::Zstd => zstd::stream::decode_all(bytes).unwrap(),
            Encoding::Gzip => {
                let mut out = Vec::new();
                flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
                out
            }
            Encoding::Brotli => {
                let mut out = Vec::new();
                brotli::BrotliDecompress(&mut &bytes[..], &mut out).unwrap();
                out
            }
        };
        for encoding in [Encoding::Identity, Encoding::Zstd, Encoding::Gzip, Encoding::Brotli] {
            let (pieces, ..) = counted(300, usize::MAX);
            let body = to_bytes(body(pieces, encoding, answers()).unwrap(), usize::MAX).await.unwrap();
            assert_eq!(unpack(encoding, &body), vec![b'x'; 300_000], "{encoding:?}");
            assert!(encoding == Encoding::Identity || body.len() < 3000);
        }
    }

    #[tokio::test]
    async fn what_breaks_off_does_not_look_whole() {
        let (pieces, made, _) = counted(10, 5);
        assert!(to_bytes(body(pieces, Encoding::Identity, answers()).unwrap(), usize::MAX).await.is_err());
        assert_eq!(made.load(Ordering::Relaxed), 5);
    }

    #[tokio::test]
    async fn a_client_that_leaves_ends_the_work() {
        let (pieces, made, gone) = counted(1_000_000, usize::MAX);
        drop(body(pieces, Encoding::Identity, answers()).unwrap());
        until(&gone).await;
        assert!(made.load(Ordering::Relaxed) < 10);
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_ends_it_too_and_sees_that_it_is_not_whole() {
        let (pieces, made, gone) = counted(1_000_000, usize::MAX);
        let (sender, receiver) = mpsc::channel(1);
        let encoder = Some(Streamed::new(Encoding::Identity).unwrap());
        tokio::spawn(pump(Making { pieces, encoder }, sender, answers(), Duration::from_millis(20)));
        until(&gone).await;
        assert!(made.load(Ordering::Relaxed) < 10);
        assert!(to_bytes(of(receiver), usize::MAX).await.is_err());
    }
}
