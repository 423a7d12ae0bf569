//! What a filter says, before anybody asks what its names mean: the same tree for text and for JSON.

use super::error::FilterError;
use super::op::Op;
use geometry::Shape;
use time::Date;

/// How deep a filter may be nested. All that walks over one calls itself, so this bounds the stack.
pub const MAX_DEPTH: usize = 64;

/// A filter or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// The value of a property.
    Property(String, Option<usize>),
    /// A value that stands there.
    Literal(Literal),
    /// Several values.
    List(Vec<Self>),
    /// From one time to another; `None` is open.
    Interval(Option<Box<Self>>, Option<Box<Self>>),
    /// An operator or function with its arguments.
    Call(Call),
}

/// An operator or function with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Which.
    pub op: Op,
    /// Its arguments, as many as it takes.
    pub arguments: Vec<Expression>,
    /// Where it stands in the text.
    pub at: Option<usize>,
    depth: usize,
}

/// A value that stands in a filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A finite number.
    Number(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant, as it stands.
    Timestamp(String),
    /// A geometry, in longitude and latitude.
    Geometry(Vec<Shape>),
}

impl Expression {
    /// An operator or function with its arguments.
    ///
    /// # Errors
    /// If it takes another number of them, or if they are nested too deep.
    pub fn call(op: Op, arguments: Vec<Self>, at: Option<usize>) -> Result<Self, FilterError> {
        let (least, most) = op.arity();
        if !(least..=most).contains(&arguments.len()) {
            let what = format!("“{}” takes {least} arguments, not {}", op.name(), arguments.len());
            return Err(FilterError::new(what, at));
        }
        let depth = 1 + arguments.iter().map(Self::depth).max().unwrap_or_default();
        if depth > MAX_DEPTH {
            return Err(too_deep(at));
        }
        Ok(Self::Call(Call { op, arguments, at, depth }))
    }

    /// How many coordinates its geometries have.
    pub fn coordinates(&self) -> usize {
        match self {
            Self::Literal(Literal::Geometry(shapes)) => shapes.iter().map(|shape| shape.coords().len()).sum(),
            Self::Call(call) => call.arguments.iter().map(Self::coordinates).sum(),
            _ => 0,
        }
    }

    fn depth(&self) -> usize {
        match self {
            Self::Call(call) => call.depth,
            Self::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or_default(),
            Self::Property(..) | Self::Literal(_) | Self::Interval(..) => 0,
        }
    }
}

/// That a filter is nested too deep.
pub fn too_deep(at: Option<usize>) -> FilterError {
    FilterError::new(format!("the filter is nested more than {MAX_DEPTH} deep: write it flatter"), at)
}
