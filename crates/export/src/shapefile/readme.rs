//! The page in the ZIP: where the data comes from, what the short names mean, what had to be cut.

use super::MAX_TEXT;
use super::names::Kept;
use crate::about;
use crate::column::Column;
use crate::selection::Selection;
use atlas::Property;
use std::fmt::Write;

/// The text of the page, for shapefiles with these columns.
pub fn text(selection: &Selection, columns: &[Kept], files: usize) -> String {
    let layer = selection.layer();
    let mut text = about::text(selection);
    text.push_str("\nNomi nello shapefile e nomi interi / Names in the shapefile and full names\n\n");
    for Kept { column, attribute, .. } in columns {
        let label = match column {
            Column::Property(Property::Field(field)) => {
                let label = &layer.collection.fields[*field].label;
                format!("  {} / {}", label.it, label.en)
            }
            _ => String::new(),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{:<10}  {:<32}{label}", attribute.name, column.name(layer));
    }
    for Kept { column, cut, .. } in columns.iter().filter(|kept| kept.cut > 0) {
        let name = column.name(layer);
        let _ = writeln!(
            text,
            "\n{name}: {cut} testi oltre {MAX_TEXT} byte, tagliati: sono interi negli altri formati.\n\
             {name}: {cut} texts beyond {MAX_TEXT} bytes, cut: they are whole in the other formats."
        );
    }
    if files > 1 {
        text.push_str(
            "\nUno shapefile per tipo di geometria; i record senza geometria sono nel primo, quelli con più tipi in più d'uno.\n\
             One shapefile for each type of geometry; records without one are in the first, those with several in several.\n",
        );
    }
    text
}
