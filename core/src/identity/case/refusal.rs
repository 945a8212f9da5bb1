use super::Parts;
use crate::identity::document::Side;
use crate::identity::reasons::{Fixer, Reason};

/// A reason, and the side whose photo it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// Why.
    pub reason: Reason,
    /// Of which photo; `None` when it is about none or about all.
    pub side: Option<Side>,
}

impl From<Reason> for Finding {
    fn from(reason: Reason) -> Self {
        Self { reason, side: None }
    }
}

/// A refusal: what is done again, or that no repetition helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Refusal {
    redo: Parts,
    retry: bool,
}

impl Refusal {
    /// What findings come to: everything that one of them asks for is done again, and if one of them can be mended by the
    /// helpdesk only, nothing is until they have. `None` when there are none, or only such as a reviewer settles.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Option<Self> {
        let mut hard = findings.iter().filter(|finding| finding.reason.fixer() != Fixer::Reviewer).peekable();
        hard.peek()?;
        Some(hard.fold(Self { redo: Parts::NONE, retry: true }, |refusal, finding| Self {
            redo: refusal.redo.with(Parts::to_redo(finding.reason, finding.side)),
            retry: refusal.retry && finding.reason.retry(),
        }))
    }

    /// What is done again.
    #[must_use]
    pub fn redo(self) -> Parts {
        self.redo
    }

    /// Whether the person may try again.
    #[must_use]
    pub fn retry(self) -> bool {
        self.retry
    }
}
