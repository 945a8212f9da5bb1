use alloc::vec::Vec;

use super::{Batch, Entry};

/// Gathers the QR codes of one export, in any order and however often each is scanned.
#[derive(Debug, Clone, Default)]
pub struct Collector {
    /// By index; as long as the export. Empty before the first code.
    parts: Vec<Option<Batch>>,
}

/// What [`Collector::add`] did with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Some codes of the export are still missing.
    Collecting,
    /// All codes of the export are there.
    Complete,
    /// The code is from another export. It was not taken; what was gathered stays.
    OtherExport,
}

impl Added {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[Self::Collecting, Self::Complete, Self::OtherExport];

    /// The stable code of this state, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Complete => "complete",
            Self::OtherExport => "other_export",
        }
    }
}

impl Collector {
    /// Nothing gathered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one code. A code that is there already changes nothing.
    pub fn add(&mut self, batch: Batch) -> Added {
        if self.parts.is_empty() {
            self.parts.resize_with(usize::from(batch.size()), || None);
        } else if !self.belongs(&batch) {
            return Added::OtherExport;
        }
        if let Some(place) = self.parts.get_mut(usize::from(batch.index())) {
            *place = Some(batch);
        }
        if self.is_complete() { Added::Complete } else { Added::Collecting }
    }

    /// How many codes are there, for "2 of 3 scanned".
    #[must_use]
    pub fn scanned(&self) -> usize {
        self.parts.iter().flatten().count()
    }

    /// How many codes the export has; 0 before the first one.
    #[must_use]
    pub fn total(&self) -> usize {
        self.parts.len()
    }

    /// Which codes are missing, from 0.
    pub fn missing(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().enumerate().filter(|(_, part)| part.is_none()).map(|(index, _)| index)
    }

    /// Whether every code of the export is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(Option::is_some)
    }

    /// The accounts of the codes gathered so far, complete or not, in the order of the export. An account that occurs
    /// twice, equal in every part, is given once.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for entry in self.parts.into_iter().flatten().flat_map(Batch::into_entries) {
            let repeated = entry.as_ref().is_ok_and(|(account, _)| {
                entries.iter().any(|earlier| earlier.as_ref().is_ok_and(|(other, _)| other == account))
            });
            if !repeated {
                entries.push(entry);
            }
        }
        entries
    }

    /// Same number, same size, and no other content in the same place: exports without a number all have number 0.
    fn belongs(&self, batch: &Batch) -> bool {
        let same_export =
            self.parts.iter().flatten().all(|known| known.id() == batch.id() && known.size() == batch.size());
        let same_place = self.parts.get(usize::from(batch.index()));
        same_export && same_place.is_some_and(|place| place.as_ref().is_none_or(|known| known == batch))
    }
}
