use super::{Part, Parts, Refusal};
use crate::identity::document::DocumentKind;

/// What happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// The person made an account, from an invitation.
    AccountCreated,
    /// The person opened the link in the mail to their address.
    AddressConfirmed,
    /// The manager sent the invitation again.
    InvitationResent,
    /// The manager took the invitation back.
    InvitationRevoked,
    /// The person looked at their data, corrected or not, and went on.
    DataChecked,
    /// The person chose a country.
    CountryChosen,
    /// The person chose a kind of document.
    DocumentChosen(DocumentKind),
    /// The person went back a step, to other data, another country or another document.
    WentBack,
    /// The person asked for the code that the phone scans.
    LinkAsked,
    /// A phone opened the link; it is the only one that can from now on.
    PhoneJoined,
    /// Both screens show the same number, and the person said so.
    NumberMatched,
    /// The numbers differ: someone else opened the link.
    NumberDiffered,
    /// The person already is on a phone and goes on there.
    ContinuedHere,
    /// The phone is gone: lost, empty, another one wanted.
    PhoneLeft,
    /// A photo or the video passed the measures on the phone and has arrived whole.
    PartReceived(Part),
    /// The person wants to take a photo or the video again before submitting.
    PartDiscarded(Part),
    /// The person submitted.
    Submitted,
    /// The server repeated every check.
    Examined(Examined),
    /// The reviewer approved.
    ReviewApproved,
    /// The reviewer refused.
    ReviewRefused(Refusal),
    /// The person read the reasons and goes on.
    RedoStarted,
    /// The person asked for the mail with the link to the profile again.
    ApprovalResent,
    /// The person opened that link.
    ProfileOpened,
    /// Every field of the profile is there.
    ProfileSaved,
    /// The person withdrew.
    Withdrawn,
    /// The person begins anew after expiry or withdrawal.
    Restarted,
    /// The helpdesk gave one more attempt.
    Reopened,
    /// The time that the state waits for is over.
    TimePassed,
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
    /// The stable code, such as `refused`.
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
