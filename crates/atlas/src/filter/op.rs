//! The operators and functions of CQL2.

/// An operator or function, by its name in CQL2 JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    /// All hold.
    And,
    /// One holds at least.
    Or,
    /// It does not hold.
    Not,
    /// The one value against the other.
    Compare(Comparison),
    /// Text like a pattern.
    Like,
    /// Between two values, both included.
    Between,
    /// One of several values.
    In,
    /// Nothing is stated.
    IsNull,
    /// Text without its case.
    CaseI,
    /// Text without its accents.
    AccentI,
    /// A calculation.
    Arithmetic(Arithmetic),
    /// A relation of two geometries.
    Spatial(Spatial),
    /// A relation of two sets.
    Array(Array),
    /// A relation of two times.
    Temporal(Temporal),
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in CQL2 JSON.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }
    };
}

named! {
    /// Comparisons of two values.
    Comparison {
        /// The same.
        Equal = "=",
        /// Another.
        NotEqual = "<>",
        /// Less.
        Less = "<",
        /// Less or the same.
        LessOrEqual = "<=",
        /// More.
        Greater = ">",
        /// More or the same.
        GreaterOrEqual = ">=",
    }
}

named! {
    /// Calculations with two numbers.
    Arithmetic {
        /// Sum.
        Add = "+",
        /// Difference.
        Subtract = "-",
        /// Product.
        Multiply = "*",
        /// Quotient.
        Divide = "/",
        /// Remainder.
        Modulo = "%",
        /// Whole quotient, towards zero.
        IntegerDivide = "div",
        /// Power.
        Power = "^",
    }
}

named! {
    /// Relations of two geometries (OGC 06-103r4).
    Spatial {
        /// They share a point.
        Intersects = "s_intersects",
        /// They share none.
        Disjoint = "s_disjoint",
        /// The first lies in the second.
        Within = "s_within",
        /// The second lies in the first.
        Contains = "s_contains",
        /// They share points of their borders only.
        Touches = "s_touches",
        /// They cross.
        Crosses = "s_crosses",
        /// They share a part as large as themselves, and each has some of its own.
        Overlaps = "s_overlaps",
        /// They are the same points.
        Equals = "s_equals",
    }
}

named! {
    /// Relations of two sets.
    Array {
        /// The same members.
        Equals = "a_equals",
        /// The first has all of the second.
        Contains = "a_contains",
        /// The second has all of the first.
        ContainedBy = "a_containedby",
        /// They share a member.
        Overlaps = "a_overlaps",
    }
}

named! {
    /// Relations of two times, after Allen.
    Temporal {
        /// It begins when the other has ended.
        After = "t_after",
        /// It ends before the other begins.
        Before = "t_before",
        /// It begins earlier and ends later.
        Contains = "t_contains",
        /// They share no day.
        Disjoint = "t_disjoint",
        /// It begins later and ends earlier.
        During = "t_during",
        /// They begin and end together.
        Equals = "t_equals",
        /// It begins earlier, and they end together.
        FinishedBy = "t_finishedby",
        /// It begins later, and they end together.
        Finishes = "t_finishes",
        /// They share a day.
        Intersects = "t_intersects",
        /// It ends when the other begins.
        Meets = "t_meets",
        /// It begins when the other ends.
        MetBy = "t_metby",
        /// It begins within the other and ends later.
        OverlappedBy = "t_overlappedby",
        /// It begins earlier and ends within the other.
        Overlaps = "t_overlaps",
        /// They begin together, and it ends later.
        StartedBy = "t_startedby",
        /// They begin together, and it ends earlier.
        Starts = "t_starts",
    }
}

impl Op {
    /// Its name in CQL2 JSON; functions have the same in text, in whatever case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::Compare(it) => it.name(),
            Self::Like => "like",
            Self::Between => "between",
            Self::In => "in",
            Self::IsNull => "isNull",
            Self::CaseI => "casei",
            Self::AccentI => "accenti",
            Self::Arithmetic(it) => it.name(),
            Self::Spatial(it) => it.name(),
            Self::Array(it) => it.name(),
            Self::Temporal(it) => it.name(),
        }
    }

    /// The operator with a name of CQL2 JSON.
    pub fn parse(name: &str) -> Option<Self> {
        let words = [
            Self::And,
            Self::Or,
            Self::Not,
            Self::Like,
            Self::Between,
            Self::In,
            Self::IsNull,
            Self::CaseI,
            Self::AccentI,
        ];
        let word = words.into_iter().find(|it| it.name() == name);
        word.or_else(|| Comparison::parse(name).map(Self::Compare))
            .or_else(|| Arithmetic::parse(name).map(Self::Arithmetic))
            .or_else(|| Self::function(name))
    }

    /// The function with a name, in whatever case.
    pub fn function(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let folding = [Self::CaseI, Self::AccentI].into_iter().find(|it| it.name() == name);
        folding
            .or_else(|| Spatial::parse(&name).map(Self::Spatial))
            .or_else(|| Array::parse(&name).map(Self::Array))
            .or_else(|| Temporal::parse(&name).map(Self::Temporal))
    }

    /// How many arguments it takes: at least, at most.
    pub const fn arity(self) -> (usize, usize) {
        match self {
            Self::And | Self::Or => (1, usize::MAX),
            Self::Not | Self::IsNull | Self::CaseI | Self::AccentI => (1, 1),
            Self::Between => (3, 3),
            _ => (2, 2),
        }
    }
}
