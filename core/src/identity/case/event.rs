use super::{Part, Parts, Refusal};
use crate::identity::document::DocumentKind;

/// One line for each event: what belongs to it, if anything does, and its code.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $(($detail:ident: $of:ty))? = $code:literal;)*) => {
        /// What happened to a case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Event {
            $($(#[$doc])* $name $(($of))?,)*
        }

        impl Event {
            /// The code of every event, in the order in which they are declared.
            pub const CODES: &[&'static str] = &[$($code),*];

            /// The stable code, such as `part_received`, as listed in `tests/vectors/error-codes.json`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)* }
            }

            /// The event with this [`code`](Self::code); of `details` only what belongs to it is asked for. `None` for a code
            /// that no event has.
            ///
            /// # Errors
            /// What `details` say of what is missing or makes no sense.
            pub fn from_code<D: Details>(code: &str, details: &D) -> Result<Option<Self>, D::Error> {
                Ok(Some(match code {
                    $($code => Self::$name $((details.$detail()?))?,)*
                    _ => return Ok(None),
                }))
            }
        }
    };
}

events! {
    /// The person made an account, from an invitation.
    AccountCreated = "account_created";
    /// The person opened the link in the mail to their address.
    AddressConfirmed = "address_confirmed";
    /// The manager sent the invitation again.
    InvitationResent = "invitation_resent";
    /// The manager took the invitation back.
    InvitationRevoked = "invitation_revoked";
    /// The person looked at their data, corrected or not, and went on.
    DataChecked = "data_checked";
    /// The person chose a country.
    CountryChosen = "country_chosen";
    /// The person chose a kind of document.
    DocumentChosen(kind: DocumentKind) = "document_chosen";
    /// The person went back a step, to other data, another country or another document.
    WentBack = "went_back";
    /// The person asked for the code that the phone scans.
    LinkAsked = "link_asked";
    /// A phone opened the link; it is the only one that can from now on.
    PhoneJoined = "phone_joined";
    /// Both screens show the same number, and the person said so.
    NumberMatched = "number_matched";
    /// The numbers differ: someone else opened the link.
    NumberDiffered = "number_differed";
    /// The person already is on a phone and goes on there.
    ContinuedHere = "continued_here";
    /// The phone is gone: lost, empty, another one wanted.
    PhoneLeft = "phone_left";
    /// A photo or the video passed the measures on the phone and has arrived whole.
    PartReceived(part: Part) = "part_received";
    /// The person wants to take a photo or the video again before submitting.
    PartDiscarded(part: Part) = "part_discarded";
    /// The person submitted.
    Submitted = "submitted";
    /// The server repeated every check.
    Examined(examined: Examined) = "examined";
    /// The reviewer approved.
    ReviewApproved = "review_approved";
    /// The reviewer refused.
    ReviewRefused(refusal: Refusal) = "review_refused";
    /// The person read the reasons and goes on.
    RedoStarted = "redo_started";
    /// The person asked for the mail with the link to the profile again.
    ApprovalResent = "approval_resent";
    /// The person opened that link.
    ProfileOpened = "profile_opened";
    /// Every field of the profile is there.
    ProfileSaved = "profile_saved";
    /// The person withdrew.
    Withdrawn = "withdrawn";
    /// The person begins anew after expiry or withdrawal.
    Restarted = "restarted";
    /// The helpdesk gave one more attempt.
    Reopened = "reopened";
    /// The time that the state waits for is over.
    TimePassed = "time_passed";
}

/// What belongs to an event beside its code, as a border or a database hands it over.
pub trait Details {
    /// Why there is no such detail.
    type Error;

    /// The kind of document that was chosen.
    ///
    /// # Errors
    /// It is missing or makes no sense.
    fn kind(&self) -> Result<DocumentKind, Self::Error>;

    /// The part that was received or discarded.
    ///
    /// # Errors
    /// It is missing or makes no sense.
    fn part(&self) -> Result<Part, Self::Error>;

    /// What the checks came to: see [`Examined::from_code`].
    ///
    /// # Errors
    /// It is missing or makes no sense.
    fn examined(&self) -> Result<Examined, Self::Error>;

    /// Why the reviewer refused: see [`Refusal::of`].
    ///
    /// # Errors
    /// It is missing or refuses nothing.
    fn refusal(&self) -> Result<Refusal, Self::Error>;
}

/// What the server's own checks came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Examined {
    /// A hard failure.
    Refuse(Refusal),
    /// A reviewer decides.
    Review,
    /// Approved without a reviewer, which only an explicit policy allows.
    Approve,
}

impl Examined {
    /// The stable code: `refuse`, `review` or `approve`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Refuse(_) => "refuse",
            Self::Review => "review",
            Self::Approve => "approve",
        }
    }

    /// The outcome with this [`code`](Self::code); only where it is a refusal, `refusal` is asked why. `None` for a code
    /// that no outcome has.
    ///
    /// # Errors
    /// What `refusal` says of findings that refuse nothing.
    pub fn from_code<E>(code: &str, refusal: impl FnOnce() -> Result<Refusal, E>) -> Result<Option<Self>, E> {
        Ok(Some(match code {
            "refuse" => Self::Refuse(refusal()?),
            "review" => Self::Review,
            "approve" => Self::Approve,
            _ => return Ok(None),
        }))
    }
}

/// What has to be done because of an event, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Send a mail.
    Mail(Mail),
    /// Make a one-time link that lives until then, in seconds since 1970.
    IssueLink {
        /// When it ends.
        until: u64,
    },
    /// No link and no phone of this case is good for anything any more.
    RevokeLink,
    /// Draw an order of turns for the video.
    DrawPrompts,
    /// Erase these pictures.
    Erase(Parts),
    /// Examine what was submitted.
    Examine,
    /// Put the case into the reviewers' queue.
    Queue,
    /// Take it out of the queue, or from the examination.
    Unqueue,
    /// The person is identified from now on.
    Verify,
    /// The person is no longer identified.
    Unverify,
}

impl Effect {
    /// The stable code, such as `revoke_link`, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::IssueLink { .. } => "issue_link",
            Self::RevokeLink => "revoke_link",
            Self::DrawPrompts => "draw_prompts",
            Self::Erase(_) => "erase",
            Self::Examine => "examine",
            Self::Queue => "queue",
            Self::Unqueue => "unqueue",
            Self::Verify => "verify",
            Self::Unverify => "unverify",
        }
    }
}

/// A mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mail {
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
    /// To the reviewers: a case waits longer than people are told.
    ReviewLate,
    /// The case was not gone on with, and its pictures are erased.
    Expired,
    /// Everything is erased.
    Withdrawn,
    /// The helpdesk opened the case again.
    Reopened,
}

impl Mail {
    /// Every mail.
    pub const ALL: &[Self] = &[
        Self::Invitation,
        Self::Confirmation,
        Self::Refused,
        Self::Closed,
        Self::Approved,
        Self::ReviewLate,
        Self::Expired,
        Self::Withdrawn,
        Self::Reopened,
    ];

    /// The stable code, such as `refused`, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Confirmation => "confirmation",
            Self::Refused => "refused",
            Self::Closed => "closed",
            Self::Approved => "approved",
            Self::ReviewLate => "review_late",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Reopened => "reopened",
        }
    }
}
