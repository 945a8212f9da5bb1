//! The onboarding case as a state machine: what a person has done, what is asked next, and what is done again after a
//! refusal. It follows the portal's steps 1 to 14, from the invitation or the account to the profile.
//!
//! [`apply()`] is the only way from one [`State`] to the next. It has no clock and does nothing itself: time comes in, and
//! what has to happen comes out as [`Effect`]s, to be stored or done in the same transaction as the state. Nothing in a
//! state is personal data.
//!
//! ```text
//! invited → unconfirmed → check_data → choose_country → choose_document → hand_off → link_open → number_match
//!                              ↑              ↑                              ↑ ↓ (already on a phone)   ↓
//!                              └──────────────┴───────── rejected ───────────┴ capture ←───────────────┘
//!                                                           ↑                    ↓
//!   done ← profile ← approved ← in_review ← examining ──────┘       examining ← ready
//! ```
//!
//! From everywhere a person can withdraw. A case without progress expires and can be restarted; one whose attempts are
//! used up, or whose cause no one can photograph away, is closed and can be reopened by the helpdesk only, also after the person
//! withdrew or time passed. Until a case is submitted the manager can take the invitation back; it takes a new one then. What
//! such a case waits for is its [`Bar`].

mod apply;
mod event;
mod parts;
mod refusal;
mod state;

pub use apply::{CaseError, apply};
pub use event::{Details, Effect, Event, Examined, Mail};
pub use parts::{Part, Parts};
pub use refusal::{Finding, Refusal};
pub use state::{Bar, Stage, State};

/// How many times a case can be submitted. Five in six hours is what Login.gov allows; ours are per case.
pub const ATTEMPTS: u8 = 5;
/// How long a link to the phone lives, in seconds: 15 minutes.
pub const LINK_LIFE: u64 = 15 * 60;
/// How long an address waits to be confirmed, in seconds: a day.
pub const CONFIRMATION_LIFE: u64 = DAY;
/// How long an invitation waits, in seconds: 14 days.
pub const INVITATION_LIFE: u64 = 14 * DAY;
/// How long a case waits for its next step before its pictures are erased, in seconds: 30 days.
pub const CASE_LIFE: u64 = 30 * DAY;
/// How long the link of an approval lives, in seconds: 30 days.
pub const APPROVAL_LIFE: u64 = 30 * DAY;
/// How long an examination may take before it is started again, in seconds: ten minutes.
pub const EXAMINATION_LIFE: u64 = 10 * 60;
/// How long a case may lie with the reviewers before they are reminded, in seconds: 20 minutes, which is what people are
/// told.
pub const REVIEW_LIFE: u64 = 20 * 60;
/// How long after a reminder the reviewers are reminded of the same case again, in seconds: a day.
pub const REVIEW_AGAIN: u64 = DAY;

const DAY: u64 = 24 * 60 * 60;
