//! The onboarding case. Times are seconds since 1970.

use gatepass_core::identity::case::{self, Examined, Finding, Parts, Refusal, State};

use super::document::{DocumentKind, Side};
use super::mirrored;
use super::reasons::reason_of;
use crate::error::{CallError, GatepassError};

mirrored! {
    /// Where a case stands.
    CaseStage = case::Stage {
        /// The manager sent an invitation.
        Invited,
        /// The address is not yet confirmed.
        Unconfirmed,
        /// The person looks at their data.
        CheckData,
        /// The person chooses a country.
        ChooseCountry,
        /// The person chooses a document.
        ChooseDocument,
        /// The person goes to the phone.
        HandOff,
        /// A link waits to be opened on a phone.
        LinkOpen,
        /// Both screens show a number.
        NumberMatch,
        /// Photos and video are taken.
        Capture,
        /// All is there and waits for Submit.
        Ready,
        /// The server checks.
        Examining,
        /// The reviewers have it.
        InReview,
        /// Something has to be done again.
        Rejected,
        /// The helpdesk has to be asked.
        Closed,
        /// The mail with the link to the profile is out.
        Approved,
        /// That link has lapsed.
        ApprovalLapsed,
        /// The profile is filled in.
        Profile,
        /// All is done.
        Done,
        /// Nothing happened for long.
        Expired,
        /// The person withdrew.
        Withdrawn,
    }
}

mirrored! {
    /// One thing that a person does.
    CasePart = case::Part {
        /// An account exists.
        Account,
        /// Its address is confirmed.
        Address,
        /// The data were looked at.
        Data,
        /// Country and document are chosen.
        Document,
        /// The front of a card, the data page of a passport.
        Front,
        /// The back of a card.
        Back,
        /// The video of the turning head.
        Turn,
    }
}

mirrored! {
    /// What an ended case cannot go on without, whatever the person does.
    CaseBar = case::Bar {
        /// The helpdesk's word.
        Helpdesk,
        /// A new invitation.
        Invitation,
    }
}

mirrored! {
    /// A mail.
    CaseMail = case::Mail {
        /// To the invited person.
        Invitation,
        /// With the link that confirms the address.
        Confirmation,
        /// What failed and what to do.
        Refused,
        /// What failed, and that the helpdesk has to be asked.
        Closed,
        /// With the link to the profile.
        Approved,
        /// To the reviewers.
        ReviewLate,
        /// Its pictures are erased.
        Expired,
        /// Everything is erased.
        Withdrawn,
        /// The helpdesk opened the case again.
        Reopened,
    }
}

/// A case at one time.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaseState {
    /// Where it stands.
    pub stage: CaseStage,
    /// Once chosen.
    pub kind: Option<DocumentKind>,
    /// What is still to be done, or to be done again.
    pub wanted: Vec<CasePart>,
    /// How often it was submitted.
    pub attempts: u8,
    /// What it cannot go on without.
    pub bar: Option<CaseBar>,
    /// When [`CaseEvent::TimePassed`] is due.
    pub until: Option<u64>,
}

impl From<State> for CaseState {
    fn from(state: State) -> Self {
        Self {
            stage: state.stage().into(),
            kind: state.kind().map(Into::into),
            wanted: list(state.wanted()),
            attempts: state.attempts(),
            bar: state.bar().map(Into::into),
            until: state.until(),
        }
    }
}

impl TryFrom<CaseState> for State {
    type Error = GatepassError;

    fn try_from(state: CaseState) -> Result<Self, GatepassError> {
        let wanted = state.wanted.iter().fold(Parts::NONE, |parts, &part| parts.with(Parts::only(part.into())));
        let kind = state.kind.map(Into::into);
        let bar = state.bar.map(Into::into);
        let restored = Self::restore(state.stage.into(), kind, wanted, state.attempts, bar, state.until);
        Ok(restored.ok_or(CallError::InvalidCaseState)?)
    }
}

/// A reason, and the side whose photo it is about.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaseFinding {
    /// The code of the reason.
    pub reason: String,
    /// Of which photo.
    pub side: Option<Side>,
}

/// What happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
#[allow(missing_docs, reason = "as the core's Event, variant by variant")]
pub enum CaseEvent {
    AccountCreated,
    AddressConfirmed,
    InvitationResent,
    InvitationRevoked,
    DataChecked,
    CountryChosen,
    DocumentChosen { kind: DocumentKind },
    WentBack,
    LinkAsked,
    PhoneJoined,
    NumberMatched,
    NumberDiffered,
    ContinuedHere,
    PhoneLeft,
    PartReceived { part: CasePart },
    PartDiscarded { part: CasePart },
    Submitted,
    ExaminedRefuse { findings: Vec<CaseFinding> },
    ExaminedReview,
    ExaminedApprove,
    ReviewApproved,
    ReviewRefused { findings: Vec<CaseFinding> },
    RedoStarted,
    ApprovalResent,
    ProfileOpened,
    ProfileSaved,
    Withdrawn,
    Restarted,
    Reopened,
    TimePassed,
}

impl TryFrom<CaseEvent> for case::Event {
    type Error = GatepassError;

    fn try_from(event: CaseEvent) -> Result<Self, GatepassError> {
        Ok(match event {
            CaseEvent::AccountCreated => Self::AccountCreated,
            CaseEvent::AddressConfirmed => Self::AddressConfirmed,
            CaseEvent::InvitationResent => Self::InvitationResent,
            CaseEvent::InvitationRevoked => Self::InvitationRevoked,
            CaseEvent::DataChecked => Self::DataChecked,
            CaseEvent::CountryChosen => Self::CountryChosen,
            CaseEvent::DocumentChosen { kind } => Self::DocumentChosen(kind.into()),
            CaseEvent::WentBack => Self::WentBack,
            CaseEvent::LinkAsked => Self::LinkAsked,
            CaseEvent::PhoneJoined => Self::PhoneJoined,
            CaseEvent::NumberMatched => Self::NumberMatched,
            CaseEvent::NumberDiffered => Self::NumberDiffered,
            CaseEvent::ContinuedHere => Self::ContinuedHere,
            CaseEvent::PhoneLeft => Self::PhoneLeft,
            CaseEvent::PartReceived { part } => Self::PartReceived(part.into()),
            CaseEvent::PartDiscarded { part } => Self::PartDiscarded(part.into()),
            CaseEvent::Submitted => Self::Submitted,
            CaseEvent::ExaminedRefuse { findings } => Self::Examined(Examined::Refuse(refusal(&findings)?)),
            CaseEvent::ExaminedReview => Self::Examined(Examined::Review),
            CaseEvent::ExaminedApprove => Self::Examined(Examined::Approve),
            CaseEvent::ReviewApproved => Self::ReviewApproved,
            CaseEvent::ReviewRefused { findings } => Self::ReviewRefused(refusal(&findings)?),
            CaseEvent::RedoStarted => Self::RedoStarted,
            CaseEvent::ApprovalResent => Self::ApprovalResent,
            CaseEvent::ProfileOpened => Self::ProfileOpened,
            CaseEvent::ProfileSaved => Self::ProfileSaved,
            CaseEvent::Withdrawn => Self::Withdrawn,
            CaseEvent::Restarted => Self::Restarted,
            CaseEvent::Reopened => Self::Reopened,
            CaseEvent::TimePassed => Self::TimePassed,
        })
    }
}

/// What has to be done because of an event.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum CaseEffect {
    /// Send a mail.
    Mail {
        /// Which one.
        mail: CaseMail,
    },
    /// Make a one-time link.
    IssueLink {
        /// When it ends.
        until: u64,
    },
    /// No link and no phone of this case is good for anything any more.
    RevokeLink,
    /// Draw an order of turns for the video.
    DrawPrompts,
    /// Erase these pictures.
    Erase {
        /// Which.
        parts: Vec<CasePart>,
    },
    /// Examine what was submitted.
    Examine,
    /// Put the case into the reviewers' queue.
    Queue,
    /// Take it out again.
    Unqueue,
    /// The person is identified from now on.
    Verify,
    /// The person is no longer identified.
    Unverify,
}

impl From<case::Effect> for CaseEffect {
    fn from(effect: case::Effect) -> Self {
        match effect {
            case::Effect::Mail(mail) => Self::Mail { mail: mail.into() },
            case::Effect::IssueLink { until } => Self::IssueLink { until },
            case::Effect::RevokeLink => Self::RevokeLink,
            case::Effect::DrawPrompts => Self::DrawPrompts,
            case::Effect::Erase(parts) => Self::Erase { parts: list(parts) },
            case::Effect::Examine => Self::Examine,
            case::Effect::Queue => Self::Queue,
            case::Effect::Unqueue => Self::Unqueue,
            case::Effect::Verify => Self::Verify,
            case::Effect::Unverify => Self::Unverify,
        }
    }
}

/// What an event makes of a case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CaseStep {
    /// The case after it.
    pub state: CaseState,
    /// What has to be done, in this order.
    pub effects: Vec<CaseEffect>,
}

/// The case of someone whom a manager invited.
#[uniffi::export]
#[must_use]
pub fn invited_case(now: u64) -> CaseState {
    State::invited(now).into()
}

/// The case of someone who made an account.
#[uniffi::export]
#[must_use]
pub fn unconfirmed_case(now: u64) -> CaseState {
    State::unconfirmed(now).into()
}

/// What an event makes of a case.
///
/// # Errors
/// The codes of events that do not happen; `invalid_case_state`, `unknown_event`, `unknown_reason`.
#[uniffi::export]
pub fn apply_event(state: CaseState, event: CaseEvent, now: u64) -> Result<CaseStep, GatepassError> {
    let (state, effects) = case::apply(state.try_into()?, event.try_into()?, now)?;
    Ok(CaseStep { state: state.into(), effects: effects.into_iter().map(Into::into).collect() })
}

fn list(parts: Parts) -> Vec<CasePart> {
    parts.iter().map(Into::into).collect()
}

fn refusal(findings: &[CaseFinding]) -> Result<Refusal, GatepassError> {
    let findings: Result<Vec<_>, GatepassError> = findings
        .iter()
        .map(|finding| Ok(Finding { reason: reason_of(&finding.reason)?, side: finding.side.map(Into::into) }))
        .collect();
    Ok(Refusal::of(&findings?).ok_or(CallError::UnknownEvent)?)
}
