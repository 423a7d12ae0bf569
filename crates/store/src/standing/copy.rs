//! Rows out of PostgreSQL in its binary COPY format, read where they lie: the quickest way out of a table.

use crate::StoreError;
use futures_util::TryStreamExt;
use sqlx::PgConnection;
use std::ops::ControlFlow;
use std::str;

/// What begins a binary COPY: a signature of eleven bytes, flags, and the length of an extension, which there is none of.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0";
const HEAD_LENGTH: usize = HEAD.len() + 8;

/// The fields of a row, from the first on.
pub struct Fields<'a>(&'a [u8]);

/// Something in a row is not what its column is declared to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odd;

impl<'a> Fields<'a> {
    /// The bytes of the next field; `None` for a null.
    pub fn bytes(&mut self) -> Result<Option<&'a [u8]>, Odd> {
        let length = i32::from_be_bytes(self.take()?);
        let Ok(length) = usize::try_from(length) else { return Ok(None) };
        let (field, rest) = self.0.split_at_checked(length).ok_or(Odd)?;
        self.0 = rest;
        Ok(Some(field))
    }

    pub fn text(&mut self) -> Result<Option<&'a str>, Odd> {
        self.bytes()?.map(|bytes| str::from_utf8(bytes).map_err(|_| Odd)).transpose()
    }

    pub fn bigint(&mut self) -> Result<i64, Odd> {
        self.number().and_then(|it| it.map(i64::from_be_bytes).ok_or(Odd))
    }

    pub fn integer(&mut self) -> Result<i32, Odd> {
        self.number().and_then(|it| it.map(i32::from_be_bytes).ok_or(Odd))
    }

    pub fn double(&mut self) -> Result<Option<f64>, Odd> {
        Ok(self.number()?.map(f64::from_be_bytes))
    }

    fn number<const N: usize>(&mut self) -> Result<Option<[u8; N]>, Odd> {
        self.bytes()?.map(|bytes| bytes.try_into().map_err(|_| Odd)).transpose()
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Odd> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Odd)?;
        self.0 = rest;
        Ok(*bytes)
    }
}

/// Copies the rows of a query of so many `columns` and hands each of them over; it can ask for no more.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn out(
    connection: &mut PgConnection,
    query: &str,
    mut take: impl FnMut(Fields<'_>) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let mut messages = connection.copy_out_raw(&format!("copy ({query}) to stdout (format binary)")).await?;
    let mut is_wanted = true;
    // What nobody wants is received all the same: the connection cannot be used before.
    while let Some(message) = messages.try_next().await? {
        if let Some(row) = row(&message).filter(|_| is_wanted) {
            is_wanted = take(row).is_continue();
        }
    }
    Ok(())
}

/// The row in a message, of which there is one in each but the last.
fn row(message: &[u8]) -> Option<Fields<'_>> {
    let head = if message.starts_with(HEAD) { HEAD_LENGTH } else { 0 };
    let (count, fields) = message.get(head..)?.split_first_chunk()?;
    (i16::from_be_bytes(*count) >= 0).then_some(Fields(fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_where_they_lie_and_what_is_cut_off_is_odd() {
        let mut message = [HEAD, &[0; 8], &4_i16.to_be_bytes(), &2_i32.to_be_bytes(), b"ab"].concat();
        message.extend(
            [(-1_i32).to_be_bytes(), 4_i32.to_be_bytes(), 7_i32.to_be_bytes(), 9_i32.to_be_bytes()].concat(),
        );
        let mut fields = row(&message).unwrap();
        assert_eq!((fields.text(), fields.bytes(), fields.integer()), (Ok(Some("ab")), Ok(None), Ok(7)));
        assert_eq!((fields.bytes(), Fields(&[0, 0, 0, 1, 255]).text()), (Err(Odd), Err(Odd)));
        assert!(row(&(-1_i16).to_be_bytes()).is_none() && row(&[]).is_none());
    }
}
