use alloc::string::String;
use alloc::vec::Vec;

use super::{Evidence, Measured, Note, Refused, Submission, Turn};
use crate::identity::case::Finding;
use crate::identity::country::{Issuer, IssuerKind};
use crate::identity::document::{DocumentKind, DocumentRule};
use crate::identity::mrz::{Format, Mrz, MrzDate, Outcome};
use crate::identity::name::{self, Comparison, Level, WordDifference, WordKind};
use crate::identity::reasons::Reason;

/// What an operator wants. The rule is data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// Up to which level a name is accepted.
    pub name: name::Policy,
    /// Who approves.
    pub approval: Approval,
}

/// Who approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Approval {
    /// A reviewer, always.
    #[default]
    ByReviewer,
    /// No one, if nothing is refused and no question is open. No one then compares the face with the portrait: what this
    /// approves is that somebody turned a head and has this document.
    WithoutReviewer,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision<'a> {
    /// At least one hard failure, the most urgent first, each reason once for each side.
    Refuse(Vec<Refused<'a>>),
    /// A reviewer decides.
    Review(Evidence<'a>),
    /// Approved without a reviewer.
    Approve,
}

impl Decision<'_> {
    /// The stable code: `refuse`, `review` or `approve`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refuse(_) => "refuse",
            Self::Review(_) => "review",
            Self::Approve => "approve",
        }
    }
}

/// Decides about a submission.
#[must_use]
pub fn decide<'a>(submission: &Submission<'a>, policy: &Policy) -> Decision<'a> {
    let rule = DocumentRule::of(submission.country, submission.kind);
    let mut desk = Desk::default();
    if !rule.is_offered() {
        desk.refuse(Reason::DocumentNotOffered.into());
    }
    desk.photos(submission);
    match &submission.turn {
        Some(turn) => desk.turn(turn),
        None => desk.refuse(Reason::TurnNotArrived.into()),
    }
    match submission.zone {
        Some(zone) => desk.zone(zone, submission, &rule),
        None if rule.zone().is_some() => desk.note(Note::ZoneNotRead),
        None => {}
    }
    desk.name(submission.name, policy.name);
    if submission.person_known {
        desk.refuse(Reason::PersonKnown.into());
    }
    if !submission.client_agrees {
        desk.note(Note::ReportsDiffer);
    }
    desk.decision(policy.approval)
}

/// Which of the two names has more of it: words, or a word where the other one has its initial.
fn more_or_less(difference: &[WordDifference]) -> Reason {
    let letters = |word: &Option<String>| {
        word.as_deref().map_or(0, |word| word.chars().filter(|letter| letter.is_alphabetic()).count())
    };
    let kinds = [WordKind::Missing, WordKind::Extra, WordKind::Initial];
    let differs = difference.iter().filter(|word| kinds.contains(&word.kind));
    let (more, less): (Vec<_>, Vec<_>) = differs.partition(|word| letters(&word.typed) > letters(&word.document));
    match (more.is_empty(), less.is_empty()) {
        (false, true) => Reason::NameTooMuch,
        (false, false) => Reason::NameDifferent,
        (true, _) => Reason::NameIncomplete,
    }
}

#[derive(Default)]
struct Desk<'a> {
    refused: Vec<Refused<'a>>,
    evidence: Evidence<'a>,
}

impl<'a> Desk<'a> {
    fn photos(&mut self, submission: &Submission<'a>) {
        for &side in submission.kind.sides() {
            let Some(photo) = submission.photos.iter().find(|photo| photo.side == side) else {
                self.refuse(Finding { reason: Reason::PhotoNotArrived, side: Some(side) });
                continue;
            };
            if !photo.readable {
                self.refuse(Finding { reason: Reason::PhotoFileUnusable, side: Some(side) });
            }
            if photo.from_file {
                self.note(Note::PhotoFromFile);
            }
            for &measured in photo.measures.iter().filter(|measured| !measured.pass) {
                match Reason::of_measure(measured.name) {
                    Some(reason) => self.measured(Finding { reason, side: Some(side) }, measured),
                    None => self.warn(measured),
                }
            }
        }
    }

    fn turn(&mut self, turn: &Turn<'a>) {
        for code in turn.findings {
            match Reason::of_finding(code) {
                Some(reason) => self.refuse(reason.into()),
                None => self.note(Note::Unexplained),
            }
        }
        for &measured in turn.measures.iter().filter(|measured| !measured.pass) {
            match Reason::of_measure(measured.name) {
                Some(reason) => self.measured(reason.into(), measured),
                None => self.warn(measured),
            }
        }
    }

    fn zone(&mut self, zone: &Mrz, submission: &Submission<'a>, rule: &DocumentRule) {
        let of_kind = match zone.format() {
            Format::Td3 => submission.kind == DocumentKind::Passport,
            Format::Td1 | Format::Td2 => submission.kind == DocumentKind::ResidencePermit,
            Format::LicenceFra | Format::LicenceChe | Format::LicenceNld => {
                submission.kind == DocumentKind::DrivingLicence
            }
            Format::MrvA | Format::MrvB => false,
        };
        let issuer = zone.issuer().and_then(Issuer::from_code);
        // A territory's people have the documents of its state.
        let chosen = submission.country;
        let of_country =
            issuer.and_then(Issuer::country).is_none_or(|country| country == chosen || country == chosen.state());
        if !of_kind || !of_country {
            return self.refuse(Reason::DocumentOther.into());
        }
        match issuer {
            Some(Issuer::Special(special)) if special.kind() == IssuerKind::Specimen => {
                return self.refuse(Reason::DocumentSpecimen.into());
            }
            issuer if issuer.and_then(Issuer::country).is_none() => self.note(Note::IssuerUnclear),
            _ => {}
        }
        let side = rule.zone().map(|place| place.side);
        if zone.checks().iter().any(|digit| digit.outcome() == Outcome::Fail) {
            return self.refuse(Finding { reason: Reason::ZoneInconsistent, side });
        }
        if zone.problems().iter().any(|&(field, _)| zone.covered(field)) {
            return self.refuse(Finding { reason: Reason::ZoneUnreadable, side });
        }
        // Where no digit covers it, nobody knows whether it was misread or printed so: no photo would help.
        if !zone.problems().is_empty() {
            self.note(Note::ZoneFieldUnclear);
        }
        if !zone.repairs().is_empty() {
            self.note(Note::ZoneMended);
        }
        match zone.expiry_date() {
            Some(MrzDate::Full(date)) if date < submission.today => self.refuse(Reason::DocumentExpired.into()),
            // The Swiss and the Dutch licence have none in the zone.
            Some(MrzDate::Full(_)) | None => {}
            Some(MrzDate::Partial { .. } | MrzDate::Unknown) => self.note(Note::NoExpiryDate),
        }
    }

    fn name(&mut self, name: Option<&Comparison>, policy: name::Policy) {
        let Some(name) = name else { return self.note(Note::NameNotCompared) };
        match name.decide(policy) {
            // What is equal to the beginning of a name may be the beginning only.
            name::Decision::Accept if name.may_be_truncated() => self.note(Note::NameCutInZone),
            name::Decision::Accept => {}
            name::Decision::Review => self.note(Note::NameCutInZone),
            name::Decision::Refuse => self.refuse(
                match name.level() {
                    Level::OrderSwapped => Reason::NameOrder,
                    Level::MissingMiddle | Level::Initials => more_or_less(name.difference()),
                    Level::Identical
                    | Level::SameLetters
                    | Level::IcaoEqual
                    | Level::TruncatedInMrz
                    | Level::Different => Reason::NameDifferent,
                }
                .into(),
            ),
        }
    }

    fn refuse(&mut self, finding: Finding) {
        if !self.refused.iter().any(|refused| refused.finding == finding) {
            self.refused.push(Refused { finding, measures: Vec::new() });
        }
    }

    fn measured(&mut self, finding: Finding, measured: Measured<'a>) {
        self.refuse(finding);
        if let Some(refused) = self.refused.iter_mut().find(|refused| refused.finding == finding) {
            refused.measures.push(measured);
        }
    }

    fn warn(&mut self, measured: Measured<'a>) {
        self.note(Note::Warning);
        self.evidence.warnings.push(measured);
    }

    fn note(&mut self, note: Note) {
        if !self.evidence.notes.contains(&note) {
            self.evidence.notes.push(note);
        }
    }

    fn decision(mut self, approval: Approval) -> Decision<'a> {
        if !self.refused.is_empty() {
            self.refused.sort_by_key(|refused| refused.finding);
            return Decision::Refuse(self.refused);
        }
        self.evidence.notes.sort_unstable();
        match approval {
            Approval::WithoutReviewer if self.evidence == Evidence::default() => Decision::Approve,
            Approval::WithoutReviewer | Approval::ByReviewer => Decision::Review(self.evidence),
        }
    }
}
