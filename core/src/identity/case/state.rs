use super::{CONFIRMATION_LIFE, INVITATION_LIFE, Part, Parts};
use crate::identity::document::DocumentKind;

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The workshop's manager sent an invitation.
    Invited,
    /// The account is made, its address not yet confirmed.
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
    /// That link has lapsed; another one can be asked for.
    ApprovalLapsed,
    /// The profile is filled in.
    Profile,
    /// All is done.
    Done,
    /// Nothing happened for long; the pictures are erased.
    Expired,
    /// The person withdrew; everything is erased.
    Withdrawn,
}

impl Stage {
    /// Every stage.
    pub const ALL: &[Self] = &[
        Self::Invited,
        Self::Unconfirmed,
        Self::CheckData,
        Self::ChooseCountry,
        Self::ChooseDocument,
        Self::HandOff,
        Self::LinkOpen,
        Self::NumberMatch,
        Self::Capture,
        Self::Ready,
        Self::Examining,
        Self::InReview,
        Self::Rejected,
        Self::Closed,
        Self::Approved,
        Self::ApprovalLapsed,
        Self::Profile,
        Self::Done,
        Self::Expired,
        Self::Withdrawn,
    ];

    /// The stable code, such as `in_review`, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Unconfirmed => "unconfirmed",
            Self::CheckData => "check_data",
            Self::ChooseCountry => "choose_country",
            Self::ChooseDocument => "choose_document",
            Self::HandOff => "hand_off",
            Self::LinkOpen => "link_open",
            Self::NumberMatch => "number_match",
            Self::Capture => "capture",
            Self::Ready => "ready",
            Self::Examining => "examining",
            Self::InReview => "in_review",
            Self::Rejected => "rejected",
            Self::Closed => "closed",
            Self::Approved => "approved",
            Self::ApprovalLapsed => "approval_lapsed",
            Self::Profile => "profile",
            Self::Done => "done",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage with this [`code`](Self::code), as a database stores it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.code() == code)
    }
}

/// What an ended case cannot go on without, whatever the person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bar {
    /// The helpdesk's word: the attempts are used, or nothing that the person does again would end otherwise. Withdrawing or
    /// waiting does not lift it.
    Helpdesk,
    /// A new invitation: the manager took the last one back.
    Invitation,
}

impl Bar {
    /// Every bar.
    pub const ALL: &[Self] = &[Self::Helpdesk, Self::Invitation];

    /// The stable code, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Helpdesk => "helpdesk",
            Self::Invitation => "invitation",
        }
    }

    /// The bar with this [`code`](Self::code), as a database stores it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|bar| bar.code() == code)
    }
}

/// A case at one time. A database keeps its six fields; [`State::restore`] reads them back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    pub(super) stage: Stage,
    pub(super) kind: Option<DocumentKind>,
    pub(super) wanted: Parts,
    pub(super) attempts: u8,
    pub(super) bar: Option<Bar>,
    pub(super) until: Option<u64>,
}

impl State {
    /// A case of someone whom a manager invited at `now`, in seconds since 1970. The invitation is sent by the caller.
    #[must_use]
    pub fn invited(now: u64) -> Self {
        let wanted = Parts::only(Part::Account).with(Parts::only(Part::Address)).with(Self::everything());
        Self {
            stage: Stage::Invited,
            kind: None,
            wanted,
            attempts: 0,
            bar: None,
            until: Some(now.saturating_add(INVITATION_LIFE)),
        }
    }

    /// A case of someone who made an account at `now`, in seconds since 1970. The mail to the address is sent by the
    /// caller.
    #[must_use]
    pub fn unconfirmed(now: u64) -> Self {
        let wanted = Parts::only(Part::Address).with(Self::everything());
        let until = Some(now.saturating_add(CONFIRMATION_LIFE));
        Self { stage: Stage::Unconfirmed, kind: None, wanted, attempts: 0, bar: None, until }
    }

    /// A state as it was stored. What no sequence of events leads to is `None`: a case in review whose front is missing.
    #[must_use]
    pub fn restore(
        stage: Stage,
        kind: Option<DocumentKind>,
        wanted: Parts,
        attempts: u8,
        bar: Option<Bar>,
        until: Option<u64>,
    ) -> Option<Self> {
        let state = Self { stage, kind, wanted, attempts, bar, until };
        state.sound().then_some(state)
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(self) -> Stage {
        self.stage
    }

    /// The kind of document, once chosen.
    #[must_use]
    pub fn kind(self) -> Option<DocumentKind> {
        self.kind
    }

    /// What is still to be done, or to be done again.
    #[must_use]
    pub fn wanted(self) -> Parts {
        self.wanted
    }

    /// How often it was submitted, of [`ATTEMPTS`](super::ATTEMPTS).
    #[must_use]
    pub fn attempts(self) -> u8 {
        self.attempts
    }

    /// What it cannot go on without; `None` when the person can go on, or the stage waits for someone else.
    #[must_use]
    pub fn bar(self) -> Option<Bar> {
        self.bar
    }

    /// When [`Event::TimePassed`](super::Event::TimePassed) is due, in seconds since 1970; `None` when nothing ends.
    #[must_use]
    pub fn until(self) -> Option<u64> {
        self.until
    }

    /// All that is done after the address was confirmed, before a document is known.
    pub(super) fn everything() -> Parts {
        Parts::only(Part::Data).with(Parts::only(Part::Document)).with(Parts::MEDIA)
    }

    /// What holds for every state that events lead to.
    fn sound(self) -> bool {
        use Stage::*;
        let next = self.next_stage();
        let has = |part| self.wanted.has(part);
        let photos = self.kind.map_or(Parts::PHOTOS, Parts::photos_of);
        let fits = match self.stage {
            Invited => has(Part::Account) && has(Part::Address),
            Unconfirmed | CheckData => next == self.stage,
            ChooseCountry | ChooseDocument => next == ChooseCountry,
            HandOff | LinkOpen | NumberMatch | Capture => next == HandOff,
            Ready => next == Ready,
            Examining | InReview | Approved | ApprovalLapsed | Profile | Done => self.wanted.is_empty(),
            Rejected | Closed => !has(Part::Account) && !has(Part::Address),
            Expired | Withdrawn => self.wanted.shared(Self::everything()) == Self::everything(),
        };
        let waits = match self.stage {
            ApprovalLapsed | Profile | Done | Expired | Withdrawn => self.until.is_none(),
            _ => self.until.is_some(),
        };
        let open = !matches!(
            self.stage,
            Examining | InReview | Approved | ApprovalLapsed | Profile | Done | Closed | Expired | Withdrawn
        );
        let attempts = self.attempts < super::ATTEMPTS || !open && self.attempts == super::ATTEMPTS;
        // A document that is known is the only one with sides; one that is wanted is not known.
        let document =
            has(Part::Document) == self.kind.is_none() && self.wanted.shared(Parts::PHOTOS).without(photos).is_empty();
        let barred = match self.bar {
            None => self.stage != Closed,
            Some(Bar::Helpdesk) => matches!(self.stage, Closed | Expired | Withdrawn),
            Some(Bar::Invitation) => self.stage == Withdrawn,
        };
        fits && waits && attempts && document && barred
    }

    /// The earliest stage at which something is wanted.
    pub(super) fn next_stage(self) -> Stage {
        let has = |part| self.wanted.has(part);
        if has(Part::Account) {
            Stage::Invited
        } else if has(Part::Address) {
            Stage::Unconfirmed
        } else if has(Part::Data) {
            Stage::CheckData
        } else if has(Part::Document) {
            Stage::ChooseCountry
        } else if self.wanted.is_empty() {
            Stage::Ready
        } else {
            Stage::HandOff
        }
    }
}
