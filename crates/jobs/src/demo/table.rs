//! Reads the demo's own small tables: delimited text without quotes, its columns found by name.

use super::DemoError;
use std::str::FromStr;

/// One line below the header.
pub struct Row<'a> {
    table: &'static str,
    line: usize,
    cells: Vec<(&'a str, &'a str)>,
}

/// The lines of a table that has this name in error messages.
pub fn rows<'a>(table: &'static str, text: &'a str, delimiter: char) -> Vec<Row<'a>> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split(delimiter).collect()).unwrap_or_default();
    let row = |(index, line): (usize, &'a str)| Row {
        table,
        line: index + 1,
        cells: header.iter().copied().zip(line.split(delimiter)).collect(),
    };
    lines.map(row).collect()
}

impl<'a> Row<'a> {
    /// What the line has in this column.
    pub fn text(&self, column: &'static str) -> Result<&'a str, DemoError> {
        let cell = self.cells.iter().find(|(name, _)| *name == column);
        cell.map(|(_, value)| *value).ok_or_else(|| self.missing(column))
    }

    /// The same, read as whatever is needed.
    pub fn value<T: FromStr>(&self, column: &'static str) -> Result<T, DemoError> {
        let text = self.text(column)?;
        text.parse().map_err(|_| self.unreadable(column, text))
    }

    /// Texts between bars, at least one.
    pub fn texts(&self, column: &'static str) -> Result<Vec<&'a str>, DemoError> {
        match self.text(column)? {
            "" => Err(self.missing(column)),
            text => Ok(text.split('|').collect()),
        }
    }

    /// Values between bars; an empty cell has none.
    pub fn values<T: FromStr>(&self, column: &'static str) -> Result<Vec<T>, DemoError> {
        let texts = self.text(column)?.split('|').filter(|text| !text.is_empty());
        texts.map(|text| text.parse().map_err(|_| self.unreadable(column, text))).collect()
    }

    fn missing(&self, column: &'static str) -> DemoError {
        DemoError::Missing { table: self.table, line: self.line, column }
    }

    fn unreadable(&self, column: &'static str, value: &str) -> DemoError {
        DemoError::Unreadable { table: self.table, line: self.line, column, value: value.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_codes_keep_their_zeros() {
        let rows = rows("towns", "name;code;sizes\n\nArese;015009;1|2\nPero;015170;", ';');
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].text("code").unwrap(), "015009");
        assert_eq!(rows[0].values::<u32>("sizes").unwrap(), [1, 2]);
        assert_eq!(rows[1].values::<u32>("sizes").unwrap(), [0; 0]);
        assert_eq!(rows[1].texts("sizes").unwrap_err().to_string(), "towns, line 4: no sizes");
    }

    #[test]
    fn a_fault_says_where_it_is() {
        let rows = rows("towns", "name,size\nArese,much\nPero", ',');
        assert_eq!(
            rows[0].value::<u32>("size").unwrap_err().to_string(),
            "towns, line 2: \"much\" is no size"
        );
        assert_eq!(rows[1].value::<u32>("size").unwrap_err().to_string(), "towns, line 3: no size");
    }
}
