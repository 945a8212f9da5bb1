use super::Level;

/// Which levels of the ladder are accepted. The rule is data: an operator may ask for more or for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    accept_up_to: Level,
    review_truncated: bool,
}

/// What a policy says of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The typed name is the document's.
    Accept,
    /// Nobody can correct this by typing: the zone is cut, a person compares with what is printed.
    Review,
    /// The typed name has to be changed.
    Refuse,
}

impl Decision {
    /// The stable code: `accept`, `review` or `refuse`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Review => "review",
            Self::Refuse => "refuse",
        }
    }
}

impl Policy {
    /// Accepts every level up to this one; a truncated zone beyond it is for a reviewer.
    #[must_use]
    pub const fn up_to(level: Level) -> Self {
        Self { accept_up_to: level, review_truncated: true }
    }

    /// A truncated zone is refused like any other difference.
    #[must_use]
    pub const fn refuse_truncated(self) -> Self {
        Self { review_truncated: false, ..self }
    }

    /// Whether a name that is as close as `level` is accepted.
    #[must_use]
    pub fn accepts(self, level: Level) -> bool {
        level <= self.accept_up_to
    }

    /// What happens with a name that is as close as `level`.
    #[must_use]
    pub fn decide(self, level: Level) -> Decision {
        if self.accepts(level) {
            Decision::Accept
        } else if self.review_truncated && level == Level::TruncatedInMrz {
            Decision::Review
        } else {
            Decision::Refuse
        }
    }
}

impl Default for Policy {
    /// Accepts up to [`Level::IcaoEqual`].
    fn default() -> Self {
        Self::up_to(Level::IcaoEqual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_accepts_transliterations_and_nothing_further() {
        let policy = Policy::default();
        for &level in Level::ALL {
            assert_eq!(policy.accepts(level), level <= Level::IcaoEqual, "{}", level.code());
        }
        assert_eq!(policy.decide(Level::TruncatedInMrz), Decision::Review);
        assert_eq!(policy.refuse_truncated().decide(Level::TruncatedInMrz), Decision::Refuse);
        assert_eq!(policy.decide(Level::Initials), Decision::Refuse);
    }
}
