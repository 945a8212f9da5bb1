use alloc::vec::Vec;

use thiserror::Error;

use super::{
    APPROVAL_LIFE, ATTEMPTS, Bar, CASE_LIFE, CONFIRMATION_LIFE, EXAMINATION_LIFE, Effect, Event, Examined,
    INVITATION_LIFE, LINK_LIFE, Mail, Part, Parts, REVIEW_AGAIN, REVIEW_LIFE, Refusal, Stage, State,
};

/// Why an event does not happen to a case. The state stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum CaseError {
    /// The event does not belong to this stage: a second click, a page that was left open.
    #[error("this cannot be done now")]
    NotNow,
    /// What the state waited for has ended; [`Event::TimePassed`] comes first.
    #[error("the time for this is over")]
    Late,
    /// The time that the state waits for is not over.
    #[error("the time is not over yet")]
    Early,
    /// A photo or video that was not asked for.
    #[error("this was not asked for")]
    NotWanted,
    /// Every attempt was used; the helpdesk can give one more.
    #[error("every attempt was used")]
    AttemptsUsed,
    /// The case was closed for a cause that only the helpdesk can do something about.
    #[error("only the helpdesk can open this case again")]
    HelpdeskOnly,
    /// The manager took the invitation back; it takes a new one.
    #[error("the invitation was taken back")]
    Revoked,
}

impl CaseError {
    /// Every variant, in the order of declaration.
    pub const ALL: &[Self] = &[
        Self::NotNow,
        Self::Late,
        Self::Early,
        Self::NotWanted,
        Self::AttemptsUsed,
        Self::HelpdeskOnly,
        Self::Revoked,
    ];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotNow => "case_not_now",
            Self::Late => "case_late",
            Self::Early => "case_early",
            Self::NotWanted => "case_not_wanted",
            Self::AttemptsUsed => "case_attempts_used",
            Self::HelpdeskOnly => "case_helpdesk_only",
            Self::Revoked => "case_revoked",
        }
    }
}

/// What an event at `now`, in seconds since 1970, makes of a case, and what has to be done because of it.
///
/// # Errors
/// [`CaseError`]: the event does not happen.
pub fn apply(state: State, event: Event, now: u64) -> Result<(State, Vec<Effect>), CaseError> {
    let over = state.until.is_some_and(|until| now >= until);
    match event {
        Event::TimePassed if over => return Ok(time_passed(state, now)),
        Event::TimePassed => return Err(CaseError::Early),
        // These are no answers to what the state waits for.
        Event::Withdrawn | Event::Examined(_) | Event::ReviewApproved | Event::ReviewRefused(_) => {}
        _ if over => return Err(CaseError::Late),
        _ => {}
    }
    let mut step = Step { state, effects: Vec::new(), now };
    step.take(event)?;
    Ok((step.state, step.effects))
}

struct Step {
    state: State,
    effects: Vec<Effect>,
    now: u64,
}

impl Step {
    fn take(&mut self, event: Event) -> Result<(), CaseError> {
        use Stage::*;
        let media = Parts::MEDIA;
        match (self.state.stage, event) {
            (Invited | Expired | Withdrawn, Event::InvitationResent) if self.state.wanted.has(Part::Account) => {
                self.state.bar = None;
                self.go(Invited, Some(INVITATION_LIFE));
                self.mail(Mail::Invitation);
            }
            // Who has an account already begins anew with it.
            (Withdrawn, Event::InvitationResent) if self.state.bar == Some(Bar::Invitation) => {
                self.state.bar = None;
                self.mail(Mail::Invitation);
            }
            (
                Invited | Unconfirmed | CheckData | ChooseCountry | ChooseDocument | HandOff | LinkOpen | NumberMatch
                | Capture | Ready | Rejected,
                Event::InvitationRevoked,
            ) => {
                self.withdraw();
                self.state.bar = Some(Bar::Invitation);
            }
            // Of an ended case the pictures are gone, and whoever withdrew knows.
            (Expired | Withdrawn, Event::InvitationRevoked) if self.state.bar.is_none() => {
                self.forget(Withdrawn);
                self.state.bar = Some(Bar::Invitation);
            }
            (Invited, Event::AccountCreated) => {
                self.done(Parts::only(Part::Account));
                self.mail(Mail::Confirmation);
            }
            (Unconfirmed, Event::AddressConfirmed) => self.done(Parts::only(Part::Address)),
            (CheckData, Event::DataChecked) => self.done(Parts::only(Part::Data)),
            (ChooseCountry, Event::CountryChosen) => self.go(ChooseDocument, Some(CASE_LIFE)),
            (ChooseDocument, Event::DocumentChosen(kind)) => {
                self.state.kind = Some(kind);
                let turn = self.state.wanted.shared(Parts::only(Part::Turn));
                self.state.wanted = Parts::photos_of(kind).with(turn);
                self.next();
            }
            (ChooseCountry, Event::WentBack) => {
                self.state.wanted = self.state.wanted.with(Parts::only(Part::Data));
                self.go(CheckData, Some(CASE_LIFE));
            }
            (ChooseDocument, Event::WentBack) => self.go(ChooseCountry, Some(CASE_LIFE)),
            (HandOff | LinkOpen | NumberMatch | Capture | Ready, Event::WentBack) => {
                // Another document: its photos are taken, the video stays.
                self.drop_link();
                let there = Parts::PHOTOS.without(self.state.wanted);
                self.erase(there.shared(self.state.kind.map_or(Parts::NONE, Parts::photos_of)));
                self.state.kind = None;
                self.state.wanted = self.state.wanted.with(Parts::only(Part::Document)).with(Parts::PHOTOS);
                self.go(ChooseCountry, Some(CASE_LIFE));
            }
            (HandOff | LinkOpen, Event::LinkAsked) => {
                self.drop_link();
                self.go(LinkOpen, Some(LINK_LIFE));
                self.effects.push(Effect::IssueLink { until: self.now.saturating_add(LINK_LIFE) });
            }
            (LinkOpen, Event::PhoneJoined) => self.go(NumberMatch, Some(LINK_LIFE)),
            (NumberMatch, Event::NumberDiffered) | (NumberMatch | Capture, Event::PhoneLeft) => {
                self.effects.push(Effect::RevokeLink);
                self.go(HandOff, Some(CASE_LIFE));
            }
            (NumberMatch, Event::NumberMatched) => self.capture(),
            (HandOff | LinkOpen, Event::ContinuedHere) => {
                self.drop_link();
                self.capture();
            }
            (Capture, Event::PartReceived(part)) if self.state.wanted.shared(media).has(part) => {
                self.state.wanted = self.state.wanted.without(Parts::only(part));
                let stage = if self.state.wanted.is_empty() { Ready } else { Capture };
                self.go(stage, Some(CASE_LIFE));
            }
            (Capture, Event::PartReceived(_)) => return Err(CaseError::NotWanted),
            (Capture | Ready, Event::PartDiscarded(part)) => {
                let photos = self.state.kind.map_or(Parts::NONE, Parts::photos_of);
                let there = photos.with(Parts::only(Part::Turn)).without(self.state.wanted);
                if !there.has(part) {
                    return Err(CaseError::NotWanted);
                }
                self.erase(Parts::only(part));
                self.state.wanted = self.state.wanted.with(Parts::only(part));
                self.capture();
            }
            (Ready, Event::Submitted) => {
                self.state.attempts += 1;
                self.effects.push(Effect::RevokeLink);
                self.go(Examining, Some(EXAMINATION_LIFE));
                self.effects.push(Effect::Examine);
            }
            (Examining, Event::Examined(Examined::Refuse(refusal))) | (InReview, Event::ReviewRefused(refusal)) => {
                self.refuse(refusal);
            }
            (Examining, Event::Examined(Examined::Review)) => {
                self.go(InReview, Some(REVIEW_LIFE));
                self.effects.push(Effect::Queue);
            }
            (Examining, Event::Examined(Examined::Approve)) | (InReview, Event::ReviewApproved) => {
                self.go(Approved, Some(APPROVAL_LIFE));
                self.mail(Mail::Approved);
            }
            (Rejected, Event::RedoStarted) => self.redo(),
            (Approved | ApprovalLapsed, Event::ApprovalResent) => {
                self.go(Approved, Some(APPROVAL_LIFE));
                self.mail(Mail::Approved);
            }
            (Approved, Event::ProfileOpened) => self.go(Profile, None),
            (Profile, Event::ProfileSaved) => {
                self.go(Done, None);
                self.effects.push(Effect::Verify);
            }
            (Withdrawn, Event::Withdrawn) => return Err(CaseError::NotNow),
            (_, Event::Withdrawn) => self.withdraw(),
            // Who never made an account is invited again instead.
            (Expired | Withdrawn, Event::Restarted) if !self.state.wanted.has(Part::Account) => {
                match self.state.bar {
                    Some(Bar::Invitation) => return Err(CaseError::Revoked),
                    _ if self.state.attempts >= ATTEMPTS => return Err(CaseError::AttemptsUsed),
                    Some(Bar::Helpdesk) => return Err(CaseError::HelpdeskOnly),
                    None => {}
                }
                self.next();
                if self.state.stage == Unconfirmed {
                    self.mail(Mail::Confirmation);
                }
            }
            (Closed | Expired | Withdrawn, Event::Reopened) if !self.state.wanted.has(Part::Account) => {
                if self.state.bar == Some(Bar::Invitation) {
                    return Err(CaseError::Revoked);
                }
                self.state.bar = None;
                self.state.attempts = self.state.attempts.min(ATTEMPTS - 1);
                self.redo();
                self.mail(if self.state.stage == Unconfirmed { Mail::Confirmation } else { Mail::Reopened });
            }
            _ => return Err(CaseError::NotNow),
        }
        Ok(())
    }

    fn go(&mut self, stage: Stage, life: Option<u64>) {
        self.state.stage = stage;
        self.state.until = life.map(|life| self.now.saturating_add(life));
    }

    /// To the earliest stage at which something is wanted.
    fn next(&mut self) {
        let stage = self.state.next_stage();
        let life = match stage {
            Stage::Invited => INVITATION_LIFE,
            Stage::Unconfirmed => CONFIRMATION_LIFE,
            _ => CASE_LIFE,
        };
        self.go(stage, Some(life));
    }

    fn done(&mut self, parts: Parts) {
        self.state.wanted = self.state.wanted.without(parts);
        self.next();
    }

    fn capture(&mut self) {
        self.go(Stage::Capture, Some(CASE_LIFE));
        if self.state.wanted.has(Part::Turn) {
            self.effects.push(Effect::DrawPrompts);
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        // A passport has no back to take again.
        let photos = self.state.kind.map_or(Parts::PHOTOS, Parts::photos_of);
        let mut redo = refusal.redo();
        if redo.has(Part::Document) {
            self.state.kind = None;
        } else {
            redo = redo.without(Parts::PHOTOS.without(photos));
        }
        self.state.wanted = redo;
        let open = refusal.retry() && self.state.attempts < ATTEMPTS;
        self.state.bar = (!open).then_some(Bar::Helpdesk);
        self.go(if open { Stage::Rejected } else { Stage::Closed }, Some(CASE_LIFE));
        self.mail(if open { Mail::Refused } else { Mail::Closed });
    }

    /// Begins again with what was refused. Only now is it erased: until then the person can look at it with the reasons.
    fn redo(&mut self) {
        if matches!(self.state.stage, Stage::Rejected | Stage::Closed) {
            self.erase(self.state.wanted.shared(Parts::MEDIA));
        }
        self.next();
    }

    fn withdraw(&mut self) {
        let was = self.state.stage;
        self.drop_link();
        if matches!(was, Stage::Examining | Stage::InReview) {
            self.effects.push(Effect::Unqueue);
        }
        if was == Stage::Done {
            self.effects.push(Effect::Unverify);
        }
        self.forget(Stage::Withdrawn);
        self.mail(Mail::Withdrawn);
    }

    /// Erases every picture, and wants everything again.
    fn forget(&mut self, stage: Stage) {
        self.erase(Parts::MEDIA);
        self.state.kind = None;
        self.state.wanted = self.state.wanted.with(State::everything());
        self.go(stage, None);
    }

    fn drop_link(&mut self) {
        if matches!(self.state.stage, Stage::LinkOpen | Stage::NumberMatch | Stage::Capture | Stage::Ready) {
            self.effects.push(Effect::RevokeLink);
        }
    }

    fn erase(&mut self, parts: Parts) {
        if !parts.is_empty() {
            self.effects.push(Effect::Erase(parts));
        }
    }

    fn mail(&mut self, mail: Mail) {
        self.effects.push(Effect::Mail(mail));
    }
}

fn time_passed(state: State, now: u64) -> (State, Vec<Effect>) {
    let mut step = Step { state, effects: Vec::new(), now };
    match state.stage {
        Stage::LinkOpen | Stage::NumberMatch => {
            step.effects.push(Effect::RevokeLink);
            step.go(Stage::HandOff, Some(CASE_LIFE));
        }
        // A server that died in between must not keep a person waiting.
        Stage::Examining => {
            step.go(Stage::Examining, Some(EXAMINATION_LIFE));
            step.effects.push(Effect::Examine);
        }
        Stage::InReview => {
            step.go(Stage::InReview, Some(REVIEW_AGAIN));
            step.mail(Mail::ReviewLate);
        }
        Stage::Approved => step.go(Stage::ApprovalLapsed, None),
        _ => {
            step.drop_link();
            step.forget(Stage::Expired);
            step.mail(Mail::Expired);
        }
    }
    (step.state, step.effects)
}
