//! The attributes of features, by the numbers they have in the tile.

use super::Pen;
use crate::mvt::Value;
use crate::pyramid::MUNICIPALITY;

impl Pen<'_> {
    /// Gives the next feature its attributes; `municipality` instead of its own, where it is drawn in one of several.
    pub(super) fn attributes(&mut self, feature: u32, municipality: Option<&str>) {
        let attributes = &self.pyramid.attributes;
        for (column, value) in (0..self.columns).zip(attributes.of(feature)) {
            let Some(value) = value else { continue };
            if municipality.is_some() && attributes.key(column) == MUNICIPALITY {
                continue;
            }
            let key = if let Some(key) = self.keys[column] {
                key
            } else {
                let key = self.layer.key(attributes.key(column));
                self.keys[column] = Some(key);
                key
            };
            let number = match self.seen.number(value) {
                Some(number) => number,
                None => self.layer.new_value(attributes.bytes(value)),
            };
            self.seen.remember(value, number);
            self.layer.tag(key, number);
        }
        if let Some(code) = municipality.filter(|_| self.strain.halved.is_some()) {
            self.layer.attribute(MUNICIPALITY, Value::Text(code));
        }
    }
}
