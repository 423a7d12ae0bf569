//! The thread that reads the files of an import: it is work for the processor, and GDAL's handles stay on one thread. What it has
//! read is written meanwhile.

use super::ImportError;
use domain::{Collection, Record};
use ingest::reading::FileUse;
use ingest::{Definitions, Reading, Standing};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, mpsc as std_mpsc};
use store::{Store, standing};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Runs of records that may be read ahead of the writing.
const AHEAD: usize = 2;

/// The files, opened.
pub(super) struct Opened {
    /// Where they are; those of which others are a part once each.
    pub paths: Vec<PathBuf>,
    /// How each was understood.
    pub files: Vec<FileUse>,
    /// The generation of the source's schema.
    pub generation: Option<String>,
}

/// Records of a collection, in the order of the files.
type Run = (Arc<Collection>, Vec<Record>);

/// The thread at work.
pub(super) struct Reader {
    opened: oneshot::Receiver<Opened>,
    records: mpsc::Receiver<Run>,
    written: std_mpsc::Sender<Vec<Record>>,
    thread: JoinHandle<Result<Option<Reading>, ImportError>>,
}

impl Reader {
    /// Opens the files and begins to read them.
    pub fn start(store: &Store, definitions: &Arc<Definitions>, given: &Arc<[PathBuf]>) -> Self {
        let (tell_opened, opened) = oneshot::channel();
        let (hand_on, records) = mpsc::channel(AHEAD);
        let (written, take_back) = std_mpsc::channel();
        let (store, definitions, given) = (store.clone(), definitions.clone(), given.clone());
        let database = Handle::current();
        let work = move || {
            let files = ingest::open(&definitions, &given)?;
            let opened =
                Opened { paths: files.paths(), files: files.files(), generation: files.generation()? };
            // Nobody waits for it if the import has been given up.
            let _ = tell_opened.send(opened);
            let mut standing = Standing::new();
            for id in files.parents() {
                if let Some(collection) = definitions.collections.iter().find(|it| it.id == id) {
                    standing.insert(id, database.block_on(standing::values(&store, collection))?);
                }
            }
            // Nobody takes them any more if there is nothing to write, or if that has failed.
            let mut hand_on = |collection: &Arc<Collection>, records| {
                take_back.try_iter().for_each(drop::<Vec<Record>>);
                match hand_on.blocking_send((collection.clone(), records)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            };
            Ok(files.read(&standing, &mut hand_on)?)
        };
        Self { opened, records, written, thread: tokio::task::spawn_blocking(work) }
    }

    /// The files, once they are open.
    ///
    /// # Errors
    /// [`ImportError`] if they cannot be used.
    pub async fn opened(&mut self) -> Result<Opened, ImportError> {
        match (&mut self.opened).await {
            Ok(opened) => Ok(opened),
            Err(_) => match (&mut self.thread).await {
                Ok(Err(error)) => Err(error),
                Ok(Ok(_)) | Err(_) => Err(ImportError::Panicked),
            },
        }
    }

    /// The next records; `None` when there are no more, or when reading stopped.
    pub async fn records(&mut self) -> Option<Run> {
        self.records.recv().await
    }

    /// Gives back what has been written: the thread that has made records is the quickest to free them, and uses the room again.
    pub fn give_back(&self, records: Vec<Record>) {
        // After its last row it takes nothing back.
        let _ = self.written.send(records);
    }

    /// What came of it.
    ///
    /// # Errors
    /// [`ImportError`] if the files cannot be used.
    pub async fn end(self) -> Result<Reading, ImportError> {
        let read = self.thread.await.map_err(|_| ImportError::Panicked)??;
        read.ok_or(ImportError::Panicked)
    }
}
