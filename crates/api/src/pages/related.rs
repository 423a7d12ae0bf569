//! What a record's page shows beside the record: what other sources say of it, and the records that belong to it.

/// Both.
#[derive(Clone, Debug, Default)]
pub struct Related {
    /// What other sources say of the same record.
    pub also: Vec<Also>,
    /// The records of other collections that belong to it.
    pub children: Vec<Children>,
}

/// What one other source says.
#[derive(Clone, Debug)]
pub struct Also {
    /// The source's title.
    pub source: String,
    /// That several official records fit it, if so.
    pub note: Option<String>,
    /// Where it says something else.
    pub differences: Vec<Difference>,
}

/// One field of which two sources say different things, as they say it.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The field's label.
    pub label: String,
    /// What the official source says; `None` if nothing.
    pub official: Option<String>,
    /// What the other source says.
    pub proposed: Option<String>,
}

/// The records of one collection.
#[derive(Clone, Debug)]
pub struct Children {
    /// The collection's id.
    pub collection: String,
    /// Its title.
    pub title: String,
    /// All of them, as a table of their own.
    pub url: String,
    /// The words of the link to all of them, which says how many they are.
    pub all: String,
    /// The headings: of the name, then of the cells and whether they are numbers.
    pub columns: Vec<(String, bool)>,
    /// The first of them.
    pub rows: Vec<Child>,
}

/// One record that belongs to another.
#[derive(Clone, Debug)]
pub struct Child {
    /// Its page.
    pub url: String,
    /// Its title, or its key.
    pub title: String,
    /// Whether it is a number, and what is stated.
    pub cells: Vec<(bool, Option<String>)>,
}
