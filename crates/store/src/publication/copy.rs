//! Rows in PostgreSQL's binary COPY format: the quickest way into a table.

use crate::StoreError;
use sqlx::PgConnection;

/// Bytes sent at a time: the server reads the next ones while it works.
const MESSAGE: usize = 1 << 16;

/// What begins a binary COPY: a signature, no flags, no extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// One row being written: its fields, in the order of the statement's columns.
pub(crate) struct Row<'a>(&'a mut Vec<u8>);

impl Row<'_> {
    pub(crate) fn bytes(&mut self, value: Option<&[u8]>) {
        match value {
            None => self.0.extend_from_slice(&(-1_i32).to_be_bytes()),
            Some(value) => {
                // PostgreSQL itself takes no field of a gigabyte; longer ones are refused by it.
                let length = i32::try_from(value.len()).unwrap_or(i32::MAX);
                self.0.extend_from_slice(&length.to_be_bytes());
                self.0.extend_from_slice(value);
            }
        }
    }

    /// Text; PostgreSQL's has no place for a NUL, which damaged files contain.
    pub(crate) fn text(&mut self, value: Option<&str>) {
        match value {
            Some(text) if text.contains('\0') => self.bytes(Some(text.replace('\0', "␀").as_bytes())),
            text => self.bytes(text.map(str::as_bytes)),
        }
    }

    pub(crate) fn bigint(&mut self, value: Option<i64>) {
        self.bytes(value.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    }

    pub(crate) fn integer(&mut self, value: i32) {
        self.bytes(Some(&value.to_be_bytes()));
    }

    pub(crate) fn double(&mut self, value: Option<f64>) {
        self.bytes(value.map(f64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    }

    /// JSON; a NUL, as damaged files contain it, could not be read out of it as text.
    pub(crate) fn json(&mut self, text: &str) {
        if text.contains("\\u0000") {
            self.bytes(Some(text.replace("\\u0000", "␀").as_bytes()));
        } else {
            self.bytes(Some(text.as_bytes()));
        }
    }

    /// A shape: WKB in EPSG:4326, which the database wants to be told.
    pub(crate) fn geometry(&mut self, wkb: Option<&[u8]>) {
        let with_srid = wkb.and_then(|wkb| {
            let (order, rest) = wkb.split_first()?;
            let (kind, rest) = rest.split_first_chunk::<4>()?;
            let little = *order == 1;
            let kind = if little { u32::from_le_bytes(*kind) } else { u32::from_be_bytes(*kind) };
            let write = |number: u32| if little { number.to_le_bytes() } else { number.to_be_bytes() };
            let head = [&[*order], write(kind | 0x2000_0000).as_slice(), &write(4326)].concat();
            Some([&head, rest].concat())
        });
        self.bytes(with_srid.as_deref());
    }
}

/// Rows of one table, ready to be copied into it.
pub(crate) struct Rows {
    /// `copy … from stdin (format binary)`: the table and its columns.
    statement: &'static str,
    /// How many columns.
    columns: i16,
    bytes: Vec<u8>,
}

impl Rows {
    /// No rows yet.
    pub(crate) fn new(statement: &'static str, columns: i16) -> Self {
        Self { statement, columns, bytes: HEAD.to_vec() }
    }

    /// Forgets the rows; the room for them stays.
    pub(crate) fn clear(&mut self) {
        self.bytes.truncate(HEAD.len());
    }

    /// How many bytes they are.
    pub(super) const fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The next row, to be filled in.
    pub(crate) fn row(&mut self) -> Row<'_> {
        self.bytes.extend_from_slice(&self.columns.to_be_bytes());
        Row(&mut self.bytes)
    }

    /// Copies them.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses one of them; then none is there.
    pub(crate) async fn copy(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        if self.bytes.len() == HEAD.len() {
            return Ok(());
        }
        let mut sink = connection.copy_in_raw(self.statement).await?;
        for message in self.bytes.chunks(MESSAGE) {
            sink.send(message).await?;
        }
        sink.send((-1_i16).to_be_bytes().as_slice()).await?;
        sink.finish().await?;
        Ok(())
    }
}
