use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::difference::{WordDifference, WordKind};
use super::{Decision, Level};

/// One sentence to a person whose typed name is not the document's: the key of its text, and what is put into it. The texts
/// are among those of the [`reasons`](crate::identity::reasons). Personal data: what is put in; `Debug` shows the key.
#[derive(Clone, PartialEq, Eq)]
pub enum Advice {
    /// What stands where.
    Written {
        /// The document's name.
        document: String,
        /// The typed one.
        typed: String,
    },
    /// The document has the words in another order.
    Order,
    /// Words are missing.
    Add {
        /// The document's.
        words: String,
    },
    /// Words are too much.
    LeaveOut {
        /// The typed ones.
        words: String,
    },
    /// A word is written otherwise.
    Write {
        /// The document's word.
        document: String,
        /// The typed one.
        typed: String,
    },
    /// The zone may hold only a part of the name: what is to be typed stands above it. Words of such a zone are in no other
    /// sentence, because each of them may be the beginning of a word (ICAO Doc 9303-4 §4.2.2).
    Stops {
        /// The zone's last word.
        word: String,
    },
    /// Nobody can correct it by typing: a reviewer compares.
    Review,
}

impl Advice {
    /// The keys of all sentences, in the order of declaration.
    pub const KEYS: &[&'static str] = &[
        "name-advice-written",
        "name-advice-order",
        "name-advice-add",
        "name-advice-leave-out",
        "name-advice-write",
        "name-advice-stops",
        "name-advice-review",
    ];

    /// The key of the sentence.
    #[must_use]
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::Written { .. } => "name-advice-written",
            Self::Order => "name-advice-order",
            Self::Add { .. } => "name-advice-add",
            Self::LeaveOut { .. } => "name-advice-leave-out",
            Self::Write { .. } => "name-advice-write",
            Self::Stops { .. } => "name-advice-stops",
            Self::Review => "name-advice-review",
        }
    }

    /// What is put into the sentence: the names of its variables, and their values. Personal data.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Written { document, typed } | Self::Write { document, typed } => {
                [("document", document.as_str()), ("typed", typed.as_str())].into()
            }
            Self::Add { words } | Self::LeaveOut { words } => [("words", words.as_str())].into(),
            Self::Stops { word } => [("word", word.as_str())].into(),
            Self::Order | Self::Review => Vec::new(),
        }
    }

    /// What to say of two names that were compared, in the order in which it is said; nothing where nothing can be done.
    /// `stops_at`: the last word of a zone that may be truncated.
    pub(super) fn of(
        decision: Decision,
        level: Level,
        difference: &[WordDifference],
        (typed, document): (&str, &str),
        stops_at: Option<&str>,
    ) -> Vec<Self> {
        match decision {
            Decision::Accept => return Vec::new(),
            Decision::Review => return [Self::Review].into(),
            Decision::Refuse => {}
        }
        let words = |kind: WordKind| {
            let of_kind = difference.iter().filter(|word| word.kind == kind);
            let texts = of_kind.filter_map(|word| word.document.as_deref().or(word.typed.as_deref()));
            Some(texts.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
        };
        let rewritten = |kind: WordKind| {
            difference
                .iter()
                .filter(move |word| word.kind == kind)
                .filter_map(|word| Some(Self::Write { document: word.document.clone()?, typed: word.typed.clone()? }))
        };
        let written = || Self::Written { document: document.into(), typed: typed.into() };
        let mut advice = Vec::new();
        let unsure = matches!(level, Level::MissingMiddle | Level::Initials | Level::Different);
        if let Some(word) = stops_at.filter(|_| unsure) {
            return [written(), Self::Stops { word: word.into() }].into();
        }
        advice.extend((level == Level::OrderSwapped).then_some(Self::Order));
        advice.extend(words(WordKind::Missing).map(|words| Self::Add { words }));
        advice.extend(words(WordKind::Extra).map(|words| Self::LeaveOut { words }));
        advice.extend(rewritten(WordKind::Letters).chain(rewritten(WordKind::Initial)));
        if !advice.is_empty() {
            advice.insert(0, written());
        }
        advice
    }
}

impl fmt::Debug for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Advice").field(&self.text_key()).finish()
    }
}
