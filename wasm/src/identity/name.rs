//! Names: compared with a document's, and as a zone would have them.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::identity::name::{
    self, Advice, Comparison, Language, LetterDifference, Level, Name, NameField, Policy, Preview, WordDifference,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::texts;
use crate::error::{CallError, Thrown};
use crate::object::{argument, object};

/// Compares a typed name with a document's.
///
/// # Errors
/// The codes of `NameError`; `unknown_name_level`.
#[wasm_bindgen(js_name = compareNames)]
pub fn compare_names(
    typed: &NameArgument,
    document: &NameArgument,
    policy: &PolicyArgument,
) -> Result<ComparisonDto, Thrown> {
    let policy: Policy = policy.try_into()?;
    let comparison = name::compare(&typed_name(typed)?, &document_name(document)?);
    let dto = ComparisonDto::from(&comparison);
    dto.accepted(comparison.accepted(policy));
    dto.decision(comparison.decide(policy).code());
    dto.advice(comparison.advice(policy).iter().map(Into::into).collect());
    Ok(dto)
}

/// What a zone would make of a typed name.
///
/// # Errors
/// The codes of `NameError`; `unknown_name_field`, `unknown_language`.
#[wasm_bindgen(js_name = previewName)]
pub fn preview_name(typed: &NameArgument, field: &str, language: &str) -> Result<PreviewDto, Thrown> {
    let field = NameField::from_code(field).ok_or(CallError::UnknownNameField)?;
    let language = Language::ALL.iter().find(|known| known.code() == language).ok_or(CallError::UnknownLanguage)?;
    Ok((&name::preview(&typed_name(typed)?, field, *language)).into())
}

argument! {
    /// A name in one of the forms of the facade's `NameInput` and `DocumentName`; the others are undefined.
    NameArgument {
        text = text: Option<String>,
        given = given: Option<String>,
        surname = surname: Option<String>,
        primary = primary: Option<Vec<String>>,
        secondary = secondary: Option<Vec<String>>,
        may_be_truncated = mayBeTruncated: Option<bool>,
    }

    /// The facade's `NamePolicy`.
    PolicyArgument {
        accept_up_to = acceptUpTo: Option<String>,
        refuse_truncated = refuseTruncated: Option<bool>,
    }
}

object! {
    /// The facade's `NameComparison`.
    ComparisonDto {
        level = level: &str,
        accepted = accepted: bool,
        decision = decision: &str,
        may_be_truncated = mayBeTruncated: bool,
        difference = difference: Vec<WordDto>,
        advice = advice: Vec<AdviceDto>,
    }

    /// The facade's `NameAdvice`.
    AdviceDto {
        key = key: &str,
        arguments = arguments: TextArguments,
    }

    /// The facade's `WordDifference`.
    WordDto {
        kind = kind: &str,
        part = part: &str,
        typed = typed: &str,
        document = document: &str,
        letters = letters: Vec<LetterDto>,
    }

    /// The facade's `LetterDifference`.
    LetterDto {
        kind = kind: &str,
        typed = typed: &str,
        document = document: &str,
    }

    /// The facade's `NamePreview`.
    PreviewDto {
        zone = zone: &str,
        hints = hints: Vec<JsValue>,
    }
}

#[wasm_bindgen]
extern "C" {
    /// What is put into a text, by the names of its variables.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type TextArguments;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> TextArguments;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn put(this: &TextArguments, name: &str, value: &str);
}

impl TryFrom<&PolicyArgument> for Policy {
    type Error = Thrown;

    fn try_from(argument: &PolicyArgument) -> Result<Self, Thrown> {
        let level = |code: String| Ok::<_, Thrown>(Level::from_code(&code).ok_or(CallError::UnknownNameLevel)?);
        let policy = argument.accept_up_to().map(level).transpose()?.map_or_else(Self::default, Self::up_to);
        Ok(if argument.refuse_truncated().unwrap_or_default() { policy.refuse_truncated() } else { policy })
    }
}

impl From<&Comparison> for ComparisonDto {
    fn from(comparison: &Comparison) -> Self {
        let dto = Self::new();
        dto.level(comparison.level().code());
        dto.may_be_truncated(comparison.may_be_truncated());
        dto.difference(comparison.difference().iter().map(Into::into).collect());
        dto
    }
}

impl From<&Advice> for AdviceDto {
    fn from(advice: &Advice) -> Self {
        let (dto, arguments) = (Self::new(), TextArguments::new());
        advice.arguments().into_iter().for_each(|(name, value)| arguments.put(name, value));
        dto.key(advice.text_key());
        dto.arguments(arguments);
        dto
    }
}

impl From<&WordDifference> for WordDto {
    fn from(word: &WordDifference) -> Self {
        let dto = Self::new();
        dto.kind(word.kind.code());
        word.part.iter().for_each(|part| dto.part(part.code()));
        word.typed.iter().for_each(|typed| dto.typed(typed));
        word.document.iter().for_each(|document| dto.document(document));
        dto.letters(word.letters.iter().map(Into::into).collect());
        dto
    }
}

impl From<&LetterDifference> for LetterDto {
    fn from(letter: &LetterDifference) -> Self {
        let dto = Self::new();
        dto.kind(letter.kind.code());
        dto.typed(&letter.typed);
        dto.document(&letter.document);
        dto
    }
}

impl From<&Preview> for PreviewDto {
    fn from(preview: &Preview) -> Self {
        let dto = Self::new();
        dto.zone(preview.zone());
        dto.hints(texts(preview.hints().iter().map(|hint| hint.code())));
        dto
    }
}

/// What was typed: one text, or its parts.
fn typed_name(argument: &NameArgument) -> Result<Name, Thrown> {
    Ok(match argument.text() {
        Some(text) => Name::parse(&text)?,
        None => parts(argument)?,
    })
}

/// What a document says: printed text, a zone's field, the identifiers of a zone, or the parts of a name.
fn document_name(argument: &NameArgument) -> Result<Name, Thrown> {
    let joined = |words: Vec<String>| words.join("<");
    Ok(match (argument.text(), argument.primary()) {
        (Some(text), _) => Name::from_document(&text)?,
        (None, Some(primary)) => {
            let secondary = argument.secondary().map(joined).unwrap_or_default();
            Name::from_zone(&joined(primary), &secondary, argument.may_be_truncated().unwrap_or_default())?
        }
        (None, None) => parts(argument)?,
    })
}

fn parts(argument: &NameArgument) -> Result<Name, Thrown> {
    Ok(Name::from_parts(&argument.given().unwrap_or_default(), &argument.surname().unwrap_or_default())?)
}
