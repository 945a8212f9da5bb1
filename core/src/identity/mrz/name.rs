//! The name of a zone, ICAO Doc 9303-3 §4.6 and the truncation of parts 4 to 7.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::FieldProblem;
use crate::identity::name::{Name, zone_identifiers};

/// A name as a zone has it: capital letters without marks, in components.
///
/// Personal data: all of it. `Debug` shows how many components there are.
#[derive(Clone, PartialEq, Eq)]
pub struct MrzName {
    primary: Vec<String>,
    secondary: Vec<String>,
    truncation: Option<TruncationStyle>,
    surname_only: bool,
}

impl MrzName {
    /// The components of the primary identifier, the surname where there are surnames. Never empty.
    #[must_use]
    pub fn primary(&self) -> &[String] {
        &self.primary
    }

    /// The components of the secondary identifier, the given names; empty for a holder with a single name.
    #[must_use]
    pub fn secondary(&self) -> &[String] {
        &self.secondary
    }

    /// How the name looks truncated: its last cell is a letter, which must be treated as a truncation even when the
    /// name just fits (ICAO Doc 9303-4 §4.2.3). Any component may then be only the beginning of itself, and components
    /// may be missing at the end.
    #[must_use]
    pub fn truncation(&self) -> Option<TruncationStyle> {
        self.truncation
    }

    /// Whether this is all of the name and it has no secondary identifier (ICAO Doc 9303-3 §4.6).
    #[must_use]
    pub fn single(&self) -> bool {
        self.secondary.is_empty() && !self.surname_only
    }

    /// Whether the format has no place for given names: the French licence.
    #[must_use]
    pub fn surname_only(&self) -> bool {
        self.surname_only
    }

    /// The name to compare with what was typed; `None` where the zone has no given names, as on the French licence.
    #[must_use]
    pub fn to_name(&self) -> Option<Name> {
        let may_be_truncated = self.truncation.is_some();
        let (primary, secondary) = (self.primary.join("<"), self.secondary.join("<"));
        if self.surname_only { None } else { Name::from_zone(&primary, &secondary, may_be_truncated).ok() }
    }

    /// Reads the cells of a name field.
    pub(super) fn read(cells: &str, surname_only: bool) -> Result<Self, FieldProblem> {
        let (primary, secondary) = zone_identifiers(cells).map_err(|_| FieldProblem::NotAName)?;
        let components = |text: &str| text.split('<').map(String::from).collect::<Vec<_>>();
        let primary = components(primary);
        let secondary = if secondary.is_empty() { Vec::new() } else { components(secondary) };
        if surname_only && !secondary.is_empty() {
            return Err(FieldProblem::NotAName);
        }
        let truncation = (!cells.ends_with('<')).then(|| TruncationStyle::seen(&primary, &secondary));
        Ok(Self { primary, secondary, truncation, surname_only })
    }
}

impl fmt::Debug for MrzName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MrzName")
            .field("primary", &self.primary.len())
            .field("secondary", &self.secondary.len())
            .field("truncation", &self.truncation)
            .finish_non_exhaustive()
    }
}

/// How an issuer shortens a name that is longer than its field; each one chooses (ICAO Doc 9303-4 §4.2.3.2 and .3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TruncationStyle {
    /// Components become their initials.
    Initials,
    /// Components are cut where room is needed.
    Cut,
    /// The components of the surname are cut to one length.
    FixedLength,
}

impl TruncationStyle {
    /// Every style.
    pub const ALL: &[Self] = &[Self::Initials, Self::Cut, Self::FixedLength];

    /// The stable code: `initials`, `cut` or `fixed-length`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Initials => "initials",
            Self::Cut => "cut",
            Self::FixedLength => "fixed-length",
        }
    }

    /// The style with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|style| style.code() == code)
    }

    /// The style that a truncated name looks like. All of the standard's examples are told right; a name of short
    /// components can look like a style that it does not have, so this is for showing, never for deciding.
    fn seen(primary: &[String], secondary: &[String]) -> Self {
        let initial = |components: &[String]| components.iter().any(|component| component.len() == 1);
        match primary {
            [first, others @ ..] if others.len() > 1 && others.iter().all(|other| other.len() == first.len()) => {
                if first.len() > 1 {
                    Self::FixedLength
                } else {
                    Self::Initials
                }
            }
            [_] if initial(secondary) => Self::Initials,
            _ if initial(primary) => Self::Initials,
            _ => Self::Cut,
        }
    }
}
