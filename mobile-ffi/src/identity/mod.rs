//! Who a person is, as a document says it.

pub mod case;
pub mod country;
pub mod document;
pub mod mrz;
pub mod name;
pub mod profile;
pub mod reasons;

/// Declares an enum of the core's own variants, and both ways between them.
macro_rules! mirrored {
    ($(#[$doc:meta])* $name:ident = $core:path { $($(#[$variant_doc:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl From<$core> for $name {
            fn from(of: $core) -> Self {
                match of {
                    $(<$core>::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$name> for $core {
            fn from(of: $name) -> Self {
                match of {
                    $($name::$variant => Self::$variant,)+
                }
            }
        }
    };
}

pub(crate) use mirrored;

/// Codes as a list.
fn texts<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    codes.into_iter().map(str::to_owned).collect()
}

/// Exact: what is counted here is small.
pub(crate) fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
