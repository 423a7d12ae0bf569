//! Names that stand in files, addresses and SQL: a type for what each of them names.

/// Makes the type of a name, documented by what it names.
macro_rules! name {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a name: lower-case letters, digits and hyphens, beginning with a letter. `None` if it is not so.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                crate::name::is_slug(text).then(|| Self(text.to_owned()))
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

pub(crate) use name;

/// Whether a text is fit to name things in files, addresses and SQL.
pub(crate) fn is_slug(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && text.len() <= 60
}
