//! Mail: what is said ([`letters`]), waiting and sending ([`outbox`]), which letter to whom with which link (`prepare`), how it
//! leaves ([`transport`]), and the development mailbox that shows what would have left ([`mailbox`]).
//!
//! A request only ever adds one row to the outbox. Which mail that becomes, for whom, and the link in it are decided at the
//! moment of sending: so a known and an unknown address cost a request the same, and no link lies in the database.

pub mod letters;
pub mod mailbox;
pub mod outbox;
mod prepare;
pub mod transport;

pub use letters::Letter;
pub use outbox::{Mail, Outbox};
