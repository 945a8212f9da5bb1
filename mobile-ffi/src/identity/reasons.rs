//! Why an identification was not accepted.

use gatepass_core::identity::reasons::{self, Reason as CoreReason};

use super::{mirrored, texts};
use crate::error::{CallError, GatepassError};

mirrored! {
    /// Who can do something about a reason.
    Fixer = reasons::Fixer {
        /// The person who is identified.
        Technician,
        /// The helpdesk.
        Helpdesk,
        /// The reviewer.
        Reviewer,
    }
}

mirrored! {
    /// What is done again.
    Redo = reasons::Redo {
        /// Nothing.
        Nothing,
        /// The name and the other data.
        Data,
        /// The choice of country and document, and every photo.
        Document,
        /// The photo of one side.
        Photo,
        /// The video.
        Turn,
    }
}

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// Who can do something about it.
    pub fixer: Fixer,
    /// Whether trying again can help.
    pub retry: bool,
    /// What is done again.
    pub redo: Redo,
    /// The code of what is ringed.
    pub region: String,
    /// The names of the measures that lead to it.
    pub measures: Vec<String>,
    /// The key of the sentence that says what happened.
    pub text_key: String,
    /// The key of the text that says what to do.
    pub remedy_key: String,
}

impl From<CoreReason> for Reason {
    fn from(reason: CoreReason) -> Self {
        Self {
            code: reason.code().into(),
            fixer: reason.fixer().into(),
            retry: reason.retry(),
            redo: reason.redo().into(),
            region: reason.region().code().into(),
            measures: texts(reason.measures().iter().copied()),
            text_key: reason.text_key(),
            remedy_key: reason.remedy_key(),
        }
    }
}

/// Every reason, in the order in which they are shown.
#[uniffi::export]
#[must_use]
pub fn reasons() -> Vec<Reason> {
    CoreReason::ALL.iter().copied().map(Into::into).collect()
}

/// The reason that a measure which failed leads to.
#[uniffi::export]
#[must_use]
pub fn reason_of_measure(name: &str) -> Option<Reason> {
    CoreReason::of_measure(name).map(Into::into)
}

/// The reason that a finding about the video leads to.
#[uniffi::export]
#[must_use]
pub fn reason_of_finding(code: &str) -> Option<Reason> {
    CoreReason::of_finding(code).map(Into::into)
}

/// The texts of a language (`sv` or `en`) in the grammar of Fluent 1.0.
///
/// # Errors
/// `unknown_language`.
#[uniffi::export]
pub fn reason_texts(language: &str) -> Result<String, GatepassError> {
    match language {
        "en" => Ok(reasons::ENGLISH.into()),
        "sv" => Ok(reasons::SWEDISH.into()),
        _ => Err(CallError::UnknownLanguage.into()),
    }
}

/// The reason with a code.
pub(crate) fn reason_of(code: &str) -> Result<CoreReason, GatepassError> {
    Ok(CoreReason::from_code(code).ok_or(CallError::UnknownReason)?)
}
