//! The attributes of a vector file.

use crate::column::{Column, joined};
use crate::selection::Selection;
use domain::money::Cents;
use domain::{FieldType, Value};
use gdal::errors::GdalError;
use gdal::vector::{Feature, Layer, LayerAccess, OGRFieldType};
use std::ffi::CString;

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in the file.
    pub name: String,
    /// What its values are.
    pub kind: FieldType,
    /// How many bytes its texts may have, where the format has to know it; longer ones are cut.
    pub width: Option<usize>,
}

impl Attribute {
    /// The attributes for the columns of a selection, under the columns' own names.
    pub fn all(selection: &Selection) -> Vec<Self> {
        let layer = selection.layer();
        let attribute = |column: Column| Self {
            name: column.name(layer).to_owned(),
            kind: column.kind(layer),
            width: None,
        };
        selection.columns().map(attribute).collect()
    }

    /// Adds it to a layer.
    #[expect(unsafe_code, reason = "the safe crate has no name for subtypes")]
    pub fn add_to(&self, layer: &Layer<'_>) -> Result<(), GdalError> {
        let name = CString::new(self.name.as_str())?;
        let width = self.width.and_then(|width| i32::try_from(width).ok()).unwrap_or_default();
        // SAFETY: the layer lives, the definition is made, copied by the layer, and destroyed here.
        let created = unsafe {
            let field = gdal_sys::OGR_Fld_Create(name.as_ptr(), self.ogr_type());
            if self.kind == FieldType::Boolean {
                gdal_sys::OGR_Fld_SetSubType(field, gdal_sys::OGRFieldSubType::OFSTBoolean);
            }
            gdal_sys::OGR_Fld_SetWidth(field, width);
            let created = gdal_sys::OGR_L_CreateField(layer.c_layer(), field, 1);
            gdal_sys::OGR_Fld_Destroy(field);
            created
        };
        match created {
            gdal_sys::OGRErr::OGRERR_NONE => Ok(()),
            err => Err(GdalError::OgrError { err, method_name: "OGR_L_CreateField" }),
        }
    }

    /// Sets its value in a feature, where it is at this place.
    pub fn set(&self, feature: &mut Feature<'_>, at: usize, value: &Value) -> Result<(), GdalError> {
        match value {
            Value::Missing => feature.set_field_null(at),
            Value::Text(text) => feature.set_field_string(at, self.cut(text)),
            Value::List(texts) => feature.set_field_string(at, self.cut(&joined(texts))),
            Value::Integer(number) | Value::Cents(Cents(number)) => feature.set_field_integer64(at, *number),
            Value::Decimal(number) => feature.set_field_double(at, *number),
            Value::Boolean(truth) => feature.set_field_integer(at, i32::from(*truth)),
            Value::Date(day) => feature.set_field_string(at, &day.to_string()),
        }
    }

    /// As much of a text as fits.
    pub fn cut<'a>(&self, text: &'a str) -> &'a str {
        &text[..text.floor_char_boundary(self.width.unwrap_or(usize::MAX))]
    }

    fn ogr_type(&self) -> OGRFieldType::Type {
        match self.kind {
            FieldType::Integer | FieldType::Cents => OGRFieldType::OFTInteger64,
            FieldType::Decimal => OGRFieldType::OFTReal,
            FieldType::Date => OGRFieldType::OFTDate,
            FieldType::Boolean => OGRFieldType::OFTInteger,
            FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode | FieldType::List => {
                OGRFieldType::OFTString
            }
        }
    }
}
