//! Names: compared with a document's, and as a zone would have them.

use std::collections::HashMap;

use gatepass_core::identity::name::{self, Language, Name, NameField as CoreField, Policy};

use super::{mirrored, texts};
use crate::error::{CallError, GatepassError};

mirrored! {
    /// How close a typed name is to a document's, best first.
    NameLevel = name::Level {
        /// Letter by letter.
        Identical,
        /// Up to case, accents and separators.
        SameLetters,
        /// Up to a transliteration of ICAO Doc 9303-3 §6.
        IcaoEqual,
        /// The same words in another order.
        OrderSwapped,
        /// One of them has words that the other has not.
        MissingMiddle,
        /// Words are given as their first letter.
        Initials,
        /// The zone is cut, and what it holds fits.
        TruncatedInMrz,
        /// None of these.
        Different,
    }
}

mirrored! {
    /// What a policy says of a comparison.
    NameDecision = name::Decision {
        /// The typed name is the document's.
        Accept,
        /// Nobody can correct this by typing.
        Review,
        /// The typed name has to be changed.
        Refuse,
    }
}

mirrored! {
    /// How a word differs.
    WordKind = name::WordKind {
        /// It does not.
        Same,
        /// It stands at another place.
        Moved,
        /// Some letters differ.
        Letters,
        /// One of them has the first letter only.
        Initial,
        /// The zone has the beginning of it.
        Cut,
        /// The document has it, what was typed has not.
        Missing,
        /// It was typed, the document has none.
        Extra,
    }
}

mirrored! {
    /// How letters differ.
    LetterKind = name::LetterKind {
        /// They do not.
        Same,
        /// Another letter was typed.
        Changed,
        /// The document has it, what was typed has not.
        Missing,
        /// It was typed, the document has none.
        Extra,
    }
}

mirrored! {
    /// The name field of a zone.
    NameField = CoreField {
        /// 30 characters.
        Td1,
        /// 31 characters.
        Td2,
        /// 39 characters.
        Td3,
    }
}

/// A name. Personal data: keep it out of logs.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum NameText {
    /// As typed or printed: `Karin Ek`, or `EK, KARIN`; of a document also the name field of a zone.
    Whole {
        /// It.
        text: String,
    },
    /// Given names and surname apart; one of them may be empty.
    Parts {
        /// Given names.
        given: String,
        /// Surname.
        surname: String,
    },
}

/// Letters of a word beside the document's. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct LetterDifference {
    /// How they differ.
    pub kind: LetterKind,
    /// Empty when missing.
    pub typed: String,
    /// Empty when extra.
    pub document: String,
}

impl From<&name::LetterDifference> for LetterDifference {
    fn from(letter: &name::LetterDifference) -> Self {
        Self { kind: letter.kind.into(), typed: letter.typed.clone(), document: letter.document.clone() }
    }
}

/// One word of the document's name beside what was typed for it. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct WordDifference {
    /// How they differ.
    pub kind: WordKind,
    /// `given` or `surname`, where it is known.
    pub part: Option<String>,
    /// Absent when it is missing.
    pub typed: Option<String>,
    /// Absent when it is extra.
    pub document: Option<String>,
    /// The letters of both, in order.
    pub letters: Vec<LetterDifference>,
}

impl From<&name::WordDifference> for WordDifference {
    fn from(word: &name::WordDifference) -> Self {
        Self {
            kind: word.kind.into(),
            part: word.part.map(|part| part.code().into()),
            typed: word.typed.clone(),
            document: word.document.clone(),
            letters: word.letters.iter().map(Into::into).collect(),
        }
    }
}

/// How close a typed name is to a document's, and in what they differ. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct NameComparison {
    /// The closest rung of the ladder that holds.
    pub level: NameLevel,
    /// What the policy says.
    pub decision: NameDecision,
    /// Whether the document's zone may hold only a part of the name.
    pub may_be_truncated: bool,
    /// Both names word by word.
    pub difference: Vec<WordDifference>,
    /// What to say to the person, in this order.
    pub advice: Vec<NameAdvice>,
}

/// One sentence. Personal data: what is put into it.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct NameAdvice {
    /// The key of its text, of those of the reasons.
    pub key: String,
    /// What is put into it, by the names of its variables.
    pub arguments: HashMap<String, String>,
}

impl From<&name::Advice> for NameAdvice {
    fn from(advice: &name::Advice) -> Self {
        let arguments = advice.arguments().into_iter().map(|(name, value)| (name.into(), value.into()));
        Self { key: advice.text_key().into(), arguments: arguments.collect() }
    }
}

/// What a zone would make of a typed name. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct NamePreview {
    /// The name field without the fillers at its end.
    pub zone: String,
    /// The codes of what to look at again.
    pub hints: Vec<String>,
}

impl From<name::Preview> for NamePreview {
    fn from(preview: name::Preview) -> Self {
        Self { zone: preview.zone().into(), hints: texts(preview.hints().iter().map(|hint| hint.code())) }
    }
}

/// Compares what a person typed with what a document says; `accept_up_to` is the last level that is accepted,
/// [`NameLevel::IcaoEqual`] unless an operator wants another.
///
/// # Errors
/// The codes of texts that are no names.
#[uniffi::export]
pub fn compare_names(
    typed: NameText,
    document: NameText,
    accept_up_to: NameLevel,
) -> Result<NameComparison, GatepassError> {
    let document = match document {
        NameText::Whole { text } => Name::from_document(&text)?,
        NameText::Parts { given, surname } => Name::from_parts(&given, &surname)?,
    };
    let comparison = name::compare(&typed_name(typed)?, &document);
    let policy = Policy::up_to(accept_up_to.into());
    Ok(NameComparison {
        level: comparison.level().into(),
        decision: comparison.decide(policy).into(),
        may_be_truncated: comparison.may_be_truncated(),
        difference: comparison.difference().iter().map(Into::into).collect(),
        advice: comparison.advice(policy).iter().map(Into::into).collect(),
    })
}

/// The zone's form of a name; `language` is the ISO 639-1 code by which Cyrillic letters are read, `ru` by default.
///
/// # Errors
/// The codes of texts that are no names; `unknown_language`.
#[uniffi::export]
pub fn preview_name(typed: NameText, field: NameField, language: Option<String>) -> Result<NamePreview, GatepassError> {
    let known = |code: String| Language::ALL.iter().copied().find(|language| language.code() == code);
    let language = match language {
        Some(code) => known(code).ok_or(CallError::UnknownLanguage)?,
        None => Language::default(),
    };
    Ok(name::preview(&typed_name(typed)?, field.into(), language).into())
}

fn typed_name(typed: NameText) -> Result<Name, GatepassError> {
    Ok(match typed {
        NameText::Whole { text } => Name::parse(&text)?,
        NameText::Parts { given, surname } => Name::from_parts(&given, &surname)?,
    })
}
