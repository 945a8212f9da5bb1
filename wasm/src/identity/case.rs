//! The onboarding case.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::identity::case::{
    self, Bar, Details, Effect, Event, Examined, Finding, Mail, Part, Parts, Refusal, Stage, State,
};
use gatepass_core::identity::document::{DocumentKind, Side};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::document::kind_of;
use super::reasons::reason_of;
use super::texts;
use crate::convert::{bounded, millis, to_f64};
use crate::error::{CallError, Thrown};
use crate::object::{argument, object};

/// The case of someone who was invited.
///
/// # Errors
/// `invalid_time`.
#[wasm_bindgen(js_name = invitedCase)]
pub fn invited_case(now_ms: f64) -> Result<StateDto, Thrown> {
    Ok(State::invited(seconds(now_ms)?).into())
}

/// The case of someone who made an account.
///
/// # Errors
/// `invalid_time`.
#[wasm_bindgen(js_name = unconfirmedCase)]
pub fn unconfirmed_case(now_ms: f64) -> Result<StateDto, Thrown> {
    Ok(State::unconfirmed(seconds(now_ms)?).into())
}

/// What an event makes of a case.
///
/// # Errors
/// The codes of `CaseError`; `invalid_case_state`, `unknown_event`, `unknown_document_kind`, `unknown_reason`,
/// `invalid_time`.
#[wasm_bindgen(js_name = applyEvent)]
pub fn apply_event(state: &StateArgument, event: &EventArgument, now_ms: f64) -> Result<AppliedDto, Thrown> {
    let (state, effects) = case::apply(state.try_into()?, event.try_into()?, seconds(now_ms)?)?;
    let dto = AppliedDto::new();
    dto.state(state.into());
    dto.effects(effects.into_iter().map(Into::into).collect());
    Ok(dto)
}

argument! {
    /// The facade's `CaseState`.
    StateArgument {
        stage = stage: String,
        kind = kind: Option<String>,
        wanted = wanted: Vec<String>,
        attempts = attempts: f64,
        bar = bar: Option<String>,
        until_ms = untilMs: Option<f64>,
    }

    /// The facade's `CaseEvent`.
    EventArgument {
        name = type: String,
        kind = kind: Option<String>,
        part = part: Option<String>,
        outcome = outcome: Option<String>,
        findings = findings: Option<Vec<FindingArgument>>,
    }

    /// The facade's `CaseFinding`.
    FindingArgument {
        reason = reason: String,
        side = side: Option<String>,
    }
}

object! {
    /// The facade's `CaseState`.
    StateDto {
        stage = stage: &str,
        kind = kind: &str,
        wanted = wanted: Vec<JsValue>,
        attempts = attempts: u8,
        bar = bar: &str,
        until_ms = untilMs: f64,
    }

    /// What `applyEvent` gives.
    AppliedDto {
        state = state: StateDto,
        effects = effects: Vec<EffectDto>,
    }

    /// The facade's `CaseEffect`.
    EffectDto {
        name = type: &str,
        mail = mail: &str,
        until_ms = untilMs: f64,
        parts = parts: Vec<JsValue>,
    }
}

impl TryFrom<&StateArgument> for State {
    type Error = Thrown;

    fn try_from(argument: &StateArgument) -> Result<Self, Thrown> {
        let read = || {
            let kind = argument.kind().map(|code| kind_of(&code)).transpose().ok()?;
            let wanted = argument.wanted();
            let wanted = wanted
                .iter()
                .try_fold(Parts::NONE, |parts, code| Some(parts.with(Parts::only(Part::from_code(code)?))))?;
            let bar = match argument.bar() {
                Some(code) => Some(Bar::from_code(&code)?),
                None => None,
            };
            let until = argument.until_ms().map(seconds).transpose().ok()?;
            Self::restore(
                Stage::from_code(&argument.stage())?,
                kind,
                wanted,
                bounded(argument.attempts(), u8::MAX),
                bar,
                until,
            )
        };
        Ok(read().ok_or(CallError::InvalidCaseState)?)
    }
}

impl TryFrom<&EventArgument> for Event {
    type Error = Thrown;

    fn try_from(argument: &EventArgument) -> Result<Self, Thrown> {
        Ok(Self::from_code(&argument.name(), argument)?.ok_or(CallError::UnknownEvent)?)
    }
}

impl Details for EventArgument {
    type Error = Thrown;

    fn kind(&self) -> Result<DocumentKind, Thrown> {
        kind_of(&self.kind().unwrap_or_default())
    }

    fn part(&self) -> Result<Part, Thrown> {
        Ok(self.part().as_deref().and_then(Part::from_code).ok_or(CallError::UnknownEvent)?)
    }

    fn examined(&self) -> Result<Examined, Thrown> {
        let outcome = self.outcome().unwrap_or_default();
        Ok(Examined::from_code(&outcome, || self.refusal())?.ok_or(CallError::UnknownEvent)?)
    }

    /// What the findings come to; it is none without one.
    fn refusal(&self) -> Result<Refusal, Thrown> {
        let findings = self.findings().unwrap_or_default();
        let findings: Result<Vec<Finding>, Thrown> = findings.iter().map(TryInto::try_into).collect();
        Ok(Refusal::of(&findings?).ok_or(CallError::UnknownEvent)?)
    }
}

impl TryFrom<&FindingArgument> for Finding {
    type Error = Thrown;

    fn try_from(argument: &FindingArgument) -> Result<Self, Thrown> {
        let side = |code: String| Side::from_code(&code).ok_or(CallError::UnknownEvent);
        Ok(Self { reason: reason_of(&argument.reason())?, side: argument.side().map(side).transpose()? })
    }
}

impl From<State> for StateDto {
    fn from(state: State) -> Self {
        let dto = Self::new();
        dto.stage(state.stage().code());
        state.kind().iter().for_each(|kind| dto.kind(kind.code()));
        dto.wanted(codes(state.wanted()));
        dto.attempts(state.attempts());
        state.bar().iter().for_each(|bar| dto.bar(bar.code()));
        state.until().into_iter().for_each(|until| dto.until_ms(to_f64(until) * 1000.0));
        dto
    }
}

impl From<Effect> for EffectDto {
    fn from(effect: Effect) -> Self {
        let dto = Self::new();
        dto.name(effect.code());
        match effect {
            Effect::Mail(mail) => dto.mail(Mail::code(mail)),
            Effect::IssueLink { until } => dto.until_ms(to_f64(until) * 1000.0),
            Effect::Erase(parts) => dto.parts(codes(parts)),
            Effect::RevokeLink
            | Effect::DrawPrompts
            | Effect::Examine
            | Effect::Queue
            | Effect::Unqueue
            | Effect::Verify
            | Effect::Unverify => {}
        }
        dto
    }
}

fn codes(parts: Parts) -> Vec<JsValue> {
    texts(parts.iter().map(Part::code))
}

fn seconds(now_ms: f64) -> Result<u64, Thrown> {
    Ok(millis(now_ms)? / 1000)
}
