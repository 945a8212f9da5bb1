//! The onboarding case: every state that events can lead to, with every event. If one of these fails, a person is stuck, or
//! is asked again for what was good, or is identified without having been looked at.
#![cfg(feature = "identity")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use gatepass_core::identity::case::{
    APPROVAL_LIFE, ATTEMPTS, Bar, CASE_LIFE, CONFIRMATION_LIFE, CaseError, Details, Effect, Event, Examined, Finding,
    INVITATION_LIFE, LINK_LIFE, Mail, Part, Parts, REVIEW_AGAIN, REVIEW_LIFE, Refusal, Stage, State, apply,
};
use gatepass_core::identity::document::{DocumentKind, Side};
use gatepass_core::identity::reasons::Reason;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

const NOW: u64 = 1_795_413_600;

fn refusal(findings: &[Finding]) -> Refusal {
    Refusal::of(findings).expect("hard findings")
}

fn of_side(reason: Reason, side: Side) -> Finding {
    Finding { reason, side: Some(side) }
}

/// Every refusal that one or two reasons can make.
fn refusals() -> Vec<Refusal> {
    let sides = [None, Some(Side::Front), Some(Side::Back)];
    let single: Vec<_> = Reason::ALL.iter().flat_map(|&reason| sides.map(|side| Finding { reason, side })).collect();
    let mut all = BTreeSet::new();
    for &one in &single {
        for &other in &single {
            all.extend(Refusal::of(&[one, other]));
        }
    }
    all.into_iter().collect()
}

fn events() -> Vec<Event> {
    use Event::*;
    let mut events = vec![
        AccountCreated,
        AddressConfirmed,
        InvitationResent,
        InvitationRevoked,
        DataChecked,
        CountryChosen,
        WentBack,
        LinkAsked,
        PhoneJoined,
        NumberMatched,
        NumberDiffered,
        ContinuedHere,
        PhoneLeft,
        Submitted,
        Examined(gatepass_core::identity::case::Examined::Review),
        Examined(gatepass_core::identity::case::Examined::Approve),
        ReviewApproved,
        RedoStarted,
        ApprovalResent,
        ProfileOpened,
        ProfileSaved,
        Withdrawn,
        Restarted,
        Reopened,
        TimePassed,
    ];
    events.extend(DocumentKind::ALL.iter().map(|&kind| DocumentChosen(kind)));
    events.extend(Part::ALL.iter().map(|&part| PartReceived(part)));
    events.extend(Part::ALL.iter().map(|&part| PartDiscarded(part)));
    for refusal in refusals() {
        events.push(ReviewRefused(refusal));
        events.push(Examined(gatepass_core::identity::case::Examined::Refuse(refusal)));
    }
    events
}

/// Applies an event at the time at which it can happen, and takes the result back to [`NOW`], so that states that differ
/// in nothing but the hour are one. What a database would store must be what comes back.
fn step(state: State, event: Event) -> Result<(State, Vec<Effect>), CaseError> {
    let at = if event == Event::TimePassed { state.until().unwrap_or(NOW) } else { NOW };
    let (next, effects) = apply(state, event, at)?;
    let until = next.until().map(|until| until - at + NOW);
    let stored = State::restore(next.stage(), next.kind(), next.wanted(), next.attempts(), next.bar(), until);
    Ok((stored.unwrap_or_else(|| panic!("{state:?} and {event:?} make {next:?}, which is not sound")), effects))
}

/// An event, and what it leads to.
type Step = (Event, State, Vec<Effect>);

/// Every reachable state, with every step that leads away from it.
fn model() -> BTreeMap<State, Vec<Step>> {
    let events = events();
    let mut steps = BTreeMap::new();
    let mut waiting: VecDeque<_> = [State::invited(NOW), State::unconfirmed(NOW)].into();
    while let Some(state) = waiting.pop_front() {
        if steps.contains_key(&state) {
            continue;
        }
        let away: Vec<_> = events
            .iter()
            .filter_map(|&event| step(state, event).ok().map(|(next, effects)| (event, next, effects)))
            .collect();
        waiting.extend(away.iter().map(|(_, next, _)| *next));
        steps.insert(state, away);
    }
    steps
}

#[test]
fn from_every_state_there_is_a_way_to_the_end() {
    let steps = model();
    let stages: BTreeSet<_> = steps.keys().map(|state| state.stage()).collect();
    assert_eq!(stages.len(), Stage::ALL.len(), "a stage is never reached");
    // Without withdrawing, without the helpdesk's or the manager's mercy unless the attempts are used, and without waiting.
    let by_the_person = |state: State, event: Event| match event {
        Event::Withdrawn | Event::InvitationRevoked | Event::TimePassed => false,
        Event::Reopened => state.attempts() == ATTEMPTS || state.bar() == Some(Bar::Helpdesk),
        _ => true,
    };
    let mut good: BTreeSet<State> = steps.keys().filter(|state| state.stage() == Stage::Done).copied().collect();
    loop {
        let more: Vec<State> = steps
            .iter()
            .filter(|(state, _)| !good.contains(state))
            .filter(|(state, away)| {
                away.iter().any(|(event, next, _)| by_the_person(**state, *event) && good.contains(next))
            })
            .map(|(state, _)| *state)
            .collect();
        if more.is_empty() {
            break;
        }
        good.extend(more);
    }
    let stuck: Vec<_> = steps.keys().filter(|state| !good.contains(state)).take(5).collect();
    assert!(stuck.is_empty(), "no way to the end: {stuck:?}");
    println!("{} states, {} steps", steps.len(), steps.values().map(Vec::len).sum::<usize>());
}

#[test]
fn what_holds_in_every_step() {
    for (state, away) in model() {
        let can = |event| away.iter().any(|(happened, ..)| *happened == event);
        assert_eq!(can(Event::Withdrawn), state.stage() != Stage::Withdrawn, "{state:?}: who can withdraw");
        assert_eq!(can(Event::TimePassed), state.until().is_some(), "{state:?}");
        for (event, next, effects) in away {
            let does = |effect| effects.contains(&effect);
            let what = format!("{state:?} {event:?} {next:?} {effects:?}");
            // Identified is who was approved and filled in a profile, and no one else.
            assert_eq!(does(Effect::Verify), next.stage() == Stage::Done, "{what}");
            assert_eq!(
                does(Effect::Unverify),
                state.stage() == Stage::Done && next.stage() == Stage::Withdrawn,
                "{what}"
            );
            if next.stage() == Stage::Approved && !matches!(state.stage(), Stage::Approved | Stage::ApprovalLapsed) {
                assert!(matches!(event, Event::ReviewApproved | Event::Examined(Examined::Approve)), "{what}");
                assert!(matches!(state.stage(), Stage::InReview | Stage::Examining), "{what}");
            }
            // Attempts are counted, and only Submit uses one.
            assert!(next.attempts() <= ATTEMPTS, "{what}");
            assert_eq!(next.attempts() > state.attempts(), event == Event::Submitted, "{what}");
            assert!(next.attempts() >= state.attempts() || event == Event::Reopened, "{what}");
            // Whoever leaves the phone's stages leaves no link behind.
            let linked = |stage| matches!(stage, Stage::LinkOpen | Stage::NumberMatch | Stage::Capture | Stage::Ready);
            if linked(state.stage()) && !linked(next.stage()) {
                assert!(does(Effect::RevokeLink), "{what}");
            }
            if next.stage() == Stage::LinkOpen {
                assert!(does(Effect::IssueLink { until: NOW + LINK_LIFE }), "{what}");
            }
            if matches!(next.stage(), Stage::Withdrawn | Stage::Expired) && next.stage() != state.stage() {
                assert!(does(Effect::Erase(Parts::MEDIA)), "{what}");
            }
            // A new video has new prompts.
            if next.stage() == Stage::Capture && state.stage() != Stage::Capture && next.wanted().has(Part::Turn) {
                assert!(does(Effect::DrawPrompts), "{what}");
            }
            // Nothing that was good is asked for again, unless the person or the end of the case dropped it.
            let dropped = matches!(
                event,
                Event::WentBack
                    | Event::PartDiscarded(_)
                    | Event::DocumentChosen(_)
                    | Event::Withdrawn
                    | Event::InvitationRevoked
                    | Event::TimePassed
            );
            let asked = match event {
                Event::ReviewRefused(refusal) | Event::Examined(Examined::Refuse(refusal)) => refusal.redo(),
                _ => state.wanted(),
            };
            assert!(dropped || next.wanted().without(asked).is_empty(), "{what}");
        }
    }
}

/// Where events lead to from these states.
fn reached(steps: &BTreeMap<State, Vec<Step>>, from: Vec<State>, can: impl Fn(Event) -> bool) -> BTreeSet<State> {
    let mut seen: BTreeSet<State> = from.iter().copied().collect();
    let mut waiting = from;
    while let Some(state) = waiting.pop() {
        for (event, next, _) in &steps[&state] {
            if can(*event) && seen.insert(*next) {
                waiting.push(*next);
            }
        }
    }
    seen
}

/// Another face than the document's, or five attempts, must not begin anew with two clicks; nor must who was sent away.
#[test]
fn who_was_stopped_goes_on_only_with_leave() {
    let steps = model();
    let ended = |state: &State| matches!(state.stage(), Stage::Closed | Stage::Withdrawn | Stage::Expired);
    let closed: Vec<State> = steps.keys().filter(|state| state.stage() == Stage::Closed).copied().collect();
    assert!(closed.iter().any(|state| state.attempts() < ATTEMPTS), "closed at once");
    let on = reached(&steps, closed, |event| event != Event::Reopened);
    assert_eq!(on.iter().find(|state| !ended(state)), None, "without the helpdesk");
    assert!(on.iter().all(|state| step(*state, Event::Restarted).is_err()));

    let revoked =
        |(event, next, _): &(Event, State, Vec<Effect>)| (*event == Event::InvitationRevoked).then_some(*next);
    let revoked: Vec<State> = steps.values().flatten().filter_map(revoked).collect();
    let on = reached(&steps, revoked, |event| event != Event::InvitationResent);
    assert_eq!(on.iter().find(|state| state.stage() != Stage::Withdrawn), None, "without an invitation");
    // Until they submit, the manager can take it back, also after a refusal and after the end.
    use Stage::*;
    for state in steps.keys() {
        let can = match state.stage() {
            Invited | Unconfirmed | CheckData | ChooseCountry | ChooseDocument | HandOff | LinkOpen | NumberMatch
            | Capture | Ready | Rejected => true,
            Expired | Withdrawn => state.bar().is_none(),
            Examining | InReview | Closed | Approved | ApprovalLapsed | Profile | Done => false,
        };
        assert_eq!(step(*state, Event::InvitationRevoked).is_ok(), can, "{state:?}");
    }
}

/// Applies events, all of which happen.
fn walk(mut state: State, events: &[Event]) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    for &event in events {
        let (next, more) = apply(state, event, NOW).unwrap_or_else(|error| panic!("{state:?} {event:?}: {error}"));
        state = next;
        effects = more;
    }
    (state, effects)
}

fn submitted(kind: DocumentKind) -> State {
    let mut events = vec![
        Event::AccountCreated,
        Event::AddressConfirmed,
        Event::DataChecked,
        Event::CountryChosen,
        Event::DocumentChosen(kind),
        Event::LinkAsked,
        Event::PhoneJoined,
        Event::NumberMatched,
    ];
    events.extend(Parts::photos_of(kind).iter().map(Event::PartReceived));
    events.extend([Event::PartReceived(Part::Turn), Event::Submitted]);
    walk(State::invited(NOW), &events).0
}

/// The bulletin's way, from the invitation to the closed browser.
#[test]
fn the_way_without_a_fault() {
    for &kind in DocumentKind::ALL {
        let (state, effects) = walk(submitted(kind), &[Event::Examined(Examined::Review)]);
        assert_eq!((state.stage(), effects), (Stage::InReview, vec![Effect::Queue]));
        let (state, effects) = walk(state, &[Event::ReviewApproved]);
        assert_eq!((state.stage(), effects), (Stage::Approved, vec![Effect::Mail(Mail::Approved)]));
        let (state, effects) = walk(state, &[Event::ProfileOpened, Event::ProfileSaved]);
        assert_eq!((state.stage(), effects), (Stage::Done, vec![Effect::Verify]));
        assert_eq!((state.kind(), state.attempts(), state.wanted()), (Some(kind), 1, Parts::NONE));
    }
}

/// A day is lost when everything has to be done again for one blurred side.
#[test]
fn only_what_failed_is_done_again() {
    let (front, turn, back) = (Parts::only(Part::Front), Parts::only(Part::Turn), Parts::only(Part::Back));
    let cases: [(&[Finding], Parts, Stage); 6] = [
        (&[of_side(Reason::PhotoBlurred, Side::Front)], front, Stage::HandOff),
        (&[of_side(Reason::PhotoGlare, Side::Back), Reason::TurnDark.into()], back.with(turn), Stage::HandOff),
        (&[Reason::NameIncomplete.into()], Parts::only(Part::Data), Stage::CheckData),
        (&[Reason::NameOrder.into(), Reason::TurnFlat.into()], Parts::only(Part::Data).with(turn), Stage::CheckData),
        (&[Reason::DocumentExpired.into()], Parts::only(Part::Document).with(Parts::PHOTOS), Stage::ChooseCountry),
        (&[Reason::PhotoBlack.into()], Parts::PHOTOS, Stage::HandOff),
    ];
    for (findings, redo, stage) in cases {
        let event = Event::Examined(Examined::Refuse(refusal(findings)));
        let (state, effects) = walk(submitted(DocumentKind::DrivingLicence), &[event]);
        assert_eq!(
            (state.stage(), state.wanted(), effects),
            (Stage::Rejected, redo, vec![Effect::Mail(Mail::Refused)])
        );
        let (state, effects) = walk(state, &[Event::RedoStarted]);
        assert_eq!((state.stage(), state.wanted()), (stage, redo));
        let erased = redo.shared(Parts::MEDIA);
        assert_eq!(effects, if erased.is_empty() { vec![] } else { vec![Effect::Erase(erased)] });
    }
    // A corrected name is enough to submit again, and the new photo of one side is.
    let name = Event::Examined(Examined::Refuse(refusal(&[Reason::NameIncomplete.into()])));
    let (state, _) =
        walk(submitted(DocumentKind::Passport), &[name, Event::RedoStarted, Event::DataChecked, Event::Submitted]);
    assert_eq!((state.stage(), state.attempts()), (Stage::Examining, 2));
    let glare = Event::ReviewRefused(refusal(&[of_side(Reason::PhotoGlare, Side::Front)]));
    let again = [
        Event::Examined(Examined::Review),
        glare,
        Event::RedoStarted,
        Event::ContinuedHere,
        Event::PartReceived(Part::Front),
    ];
    let (state, _) = walk(submitted(DocumentKind::DrivingLicence), &again);
    assert_eq!(state.stage(), Stage::Ready);
    // A passport has no back.
    let both = Event::Examined(Examined::Refuse(refusal(&[Reason::PhotoBlack.into()])));
    assert_eq!(walk(submitted(DocumentKind::Passport), &[both]).0.wanted(), front);
}

#[test]
fn attempts_end_at_the_helpdesk_and_begin_again_there() {
    let blurred = Event::Examined(Examined::Refuse(refusal(&[of_side(Reason::PhotoBlurred, Side::Front)])));
    let again = [Event::RedoStarted, Event::ContinuedHere, Event::PartReceived(Part::Front), Event::Submitted];
    let mut state = submitted(DocumentKind::Passport);
    for _ in 1..ATTEMPTS {
        state = walk(state, &[blurred]).0;
        assert_eq!(state.stage(), Stage::Rejected);
        state = walk(state, &again).0;
    }
    let (state, effects) = walk(state, &[blurred]);
    assert_eq!((state.stage(), effects), (Stage::Closed, vec![Effect::Mail(Mail::Closed)]));
    assert_eq!(apply(state, Event::RedoStarted, NOW), Err(CaseError::NotNow));
    let (withdrawn, _) = walk(state, &[Event::Withdrawn]);
    assert_eq!(apply(withdrawn, Event::Restarted, NOW), Err(CaseError::AttemptsUsed), "withdrawing gives no attempts");
    let (state, _) = walk(state, &[Event::Reopened]);
    assert_eq!(
        (state.stage(), state.wanted(), state.attempts()),
        (Stage::HandOff, Parts::only(Part::Front), ATTEMPTS - 1)
    );
    // What only the helpdesk can mend stays theirs, although attempts are left.
    for reason in [Reason::FaceOther, Reason::PersonKnown] {
        let refused = Event::Examined(Examined::Refuse(refusal(&[reason.into()])));
        let (closed, _) = walk(submitted(DocumentKind::Passport), &[refused]);
        assert_eq!((closed.stage(), closed.bar(), closed.attempts()), (Stage::Closed, Some(Bar::Helpdesk), 1));
        let (withdrawn, _) = walk(closed, &[Event::Withdrawn]);
        assert_eq!(apply(withdrawn, Event::Restarted, NOW), Err(CaseError::HelpdeskOnly));
        let (expired, _) = apply(closed, Event::TimePassed, NOW + CASE_LIFE).expect("is over");
        assert_eq!(expired.stage(), Stage::Expired);
        assert_eq!(apply(expired, Event::Restarted, NOW + CASE_LIFE), Err(CaseError::HelpdeskOnly));
        let (open, _) = walk(withdrawn, &[Event::Reopened]);
        assert_eq!((open.stage(), open.bar()), (Stage::CheckData, None));
    }
    // What no photo mends goes to the helpdesk at once.
    let other_face = Event::Examined(Examined::Refuse(refusal(&[Reason::FaceOther.into(), Reason::TurnDark.into()])));
    assert_eq!(walk(submitted(DocumentKind::Passport), &[other_face]).0.stage(), Stage::Closed);
    // What a reviewer settles refuses no one.
    assert_eq!(Refusal::of(&[Reason::NameCutInZone.into()]), None);
    assert_eq!(Refusal::of(&[]), None);
}

#[test]
fn time_that_passes() {
    let passed = |state: State, life: u64| {
        assert_eq!(apply(state, Event::TimePassed, NOW + life - 1), Err(CaseError::Early), "{state:?}");
        apply(state, Event::TimePassed, NOW + life).expect("is over")
    };
    let (state, effects) = passed(State::invited(NOW), INVITATION_LIFE);
    assert_eq!((state.stage(), effects.last()), (Stage::Expired, Some(&Effect::Mail(Mail::Expired))));
    assert_eq!(apply(state, Event::Restarted, NOW), Err(CaseError::NotNow), "there is no account yet");
    assert_eq!(walk(state, &[Event::InvitationResent]).0.stage(), Stage::Invited);
    let (state, _) = passed(State::unconfirmed(NOW), CONFIRMATION_LIFE);
    assert_eq!(walk(state, &[Event::Restarted]), (State::unconfirmed(NOW), vec![Effect::Mail(Mail::Confirmation)]));

    let begin = [Event::AddressConfirmed, Event::DataChecked, Event::CountryChosen];
    let (state, _) = walk(State::unconfirmed(NOW), &begin);
    let (state, _) = walk(state, &[Event::DocumentChosen(DocumentKind::Passport), Event::LinkAsked]);
    assert_eq!(apply(state, Event::PhoneJoined, NOW + LINK_LIFE), Err(CaseError::Late), "an old link");
    let (lapsed, effects) = passed(state, LINK_LIFE);
    assert_eq!((lapsed.stage(), effects), (Stage::HandOff, vec![Effect::RevokeLink]));
    let (state, _) = walk(state, &[Event::PhoneJoined, Event::NumberMatched, Event::PartReceived(Part::Front)]);
    let (expired, effects) = passed(state, CASE_LIFE);
    assert_eq!(expired.stage(), Stage::Expired);
    assert_eq!(effects, [Effect::RevokeLink, Effect::Erase(Parts::MEDIA), Effect::Mail(Mail::Expired)]);
    assert_eq!(walk(expired, &[Event::Restarted]).0.stage(), Stage::CheckData);

    let examining = submitted(DocumentKind::Passport);
    let (again, effects) = apply(examining, Event::TimePassed, u64::MAX).expect("is over");
    assert_eq!((again.stage(), effects), (Stage::Examining, vec![Effect::Examine]));
    let (review, _) = walk(examining, &[Event::Examined(Examined::Review)]);
    let (late, effects) = apply(review, Event::TimePassed, u64::MAX).expect("is over");
    assert_eq!((late.stage(), effects), (Stage::InReview, vec![Effect::Mail(Mail::ReviewLate)]));
    assert!(apply(late, Event::ReviewApproved, u64::MAX).is_ok(), "a late reviewer still decides");
    let (approved, _) = walk(review, &[Event::ReviewApproved]);
    assert_eq!(apply(approved, Event::ProfileOpened, NOW + APPROVAL_LIFE), Err(CaseError::Late));
    let (lapsed, _) = passed(approved, APPROVAL_LIFE);
    assert_eq!(walk(lapsed, &[Event::ApprovalResent, Event::ProfileOpened]).0.stage(), Stage::Profile);
}

/// Whom the manager has sent away gets no further and no mail, until there is a new invitation.
#[test]
fn a_revoked_invitation_stays_revoked() {
    for begin in [&[][..], &[Event::AddressConfirmed], &[Event::AddressConfirmed, Event::DataChecked]] {
        let (state, _) = walk(State::invited(NOW), &[Event::AccountCreated]);
        let (state, _) = walk(state, begin);
        let (revoked, effects) = walk(state, &[Event::InvitationRevoked]);
        assert_eq!((revoked.stage(), revoked.bar()), (Stage::Withdrawn, Some(Bar::Invitation)));
        assert_eq!(effects.last(), Some(&Effect::Mail(Mail::Withdrawn)));
        for event in [Event::Restarted, Event::Reopened] {
            assert_eq!(apply(revoked, event, NOW), Err(CaseError::Revoked), "{event:?}");
        }
        let (invited, effects) = walk(revoked, &[Event::InvitationResent]);
        assert_eq!((invited.bar(), effects), (None, vec![Effect::Mail(Mail::Invitation)]));
        let next = if begin.is_empty() { Stage::Unconfirmed } else { Stage::CheckData };
        assert_eq!(walk(invited, &[Event::Restarted]).0.stage(), next);
    }
    // Also for whoever withdrew before, and without a second mail.
    let (gone, _) = walk(State::unconfirmed(NOW), &[Event::Withdrawn]);
    let (revoked, effects) = walk(gone, &[Event::InvitationRevoked]);
    assert_eq!(effects, [Effect::Erase(Parts::MEDIA)]);
    assert_eq!(apply(revoked, Event::Restarted, NOW), Err(CaseError::Revoked));
}

/// A weekend must not fill the reviewers' mailboxes: one mail after what people are told, then one a day.
#[test]
fn reviewers_are_reminded_seldom() {
    let (mut state, _) = walk(submitted(DocumentKind::Passport), &[Event::Examined(Examined::Review)]);
    assert_eq!(state.until(), Some(NOW + REVIEW_LIFE));
    let mut mails = 0;
    while let Some(until) = state.until().filter(|&until| until <= NOW + 3 * REVIEW_AGAIN) {
        let (next, effects) = apply(state, Event::TimePassed, until).expect("is over");
        mails += effects.iter().filter(|&&effect| effect == Effect::Mail(Mail::ReviewLate)).count();
        state = next;
    }
    assert_eq!((mails, REVIEW_AGAIN), (3, 24 * 60 * 60));
}

#[test]
fn another_document_keeps_the_video() {
    let (state, effects) = walk(
        submitted(DocumentKind::Passport),
        &[
            Event::Examined(Examined::Refuse(refusal(&[of_side(Reason::PhotoBlurred, Side::Front)]))),
            Event::RedoStarted,
            Event::WentBack,
            Event::CountryChosen,
            Event::DocumentChosen(DocumentKind::ResidencePermit),
        ],
    );
    assert_eq!((state.stage(), state.wanted(), effects), (Stage::HandOff, Parts::PHOTOS, vec![]));
}

#[test]
fn what_no_events_lead_to_is_not_restored() {
    let review = walk(submitted(DocumentKind::Passport), &[Event::Examined(Examined::Review)]).0;
    let restored = |stage, kind, wanted, attempts, until| State::restore(stage, kind, wanted, attempts, None, until);
    let (kind, until) = (review.kind(), review.until());
    assert_eq!(restored(Stage::InReview, kind, Parts::NONE, 1, until), Some(review));
    assert_eq!(restored(Stage::InReview, kind, Parts::only(Part::Front), 1, until), None, "its front is missing");
    assert_eq!(restored(Stage::InReview, None, Parts::NONE, 1, until), None, "without a document");
    assert_eq!(restored(Stage::InReview, kind, Parts::NONE, ATTEMPTS + 1, until), None, "too many attempts");
    assert_eq!(restored(Stage::InReview, kind, Parts::NONE, 1, None), None, "never ends");
    assert_eq!(restored(Stage::HandOff, kind, Parts::only(Part::Back), 1, until), None, "a passport's back");
    let barred = |bar| State::restore(Stage::InReview, kind, Parts::NONE, 1, bar, until);
    assert!(Bar::ALL.iter().all(|&bar| barred(Some(bar)).is_none()), "barred while reviewers look");
    let closed = |bar| State::restore(Stage::Closed, kind, Parts::NONE, 1, bar, until);
    assert_eq!((closed(None), closed(Some(Bar::Invitation))), (None, None), "closed for no one");
    assert!(closed(Some(Bar::Helpdesk)).is_some());
    for &bar in Bar::ALL {
        assert_eq!(Bar::from_code(bar.code()), Some(bar));
    }
    for &stage in Stage::ALL {
        assert_eq!(Stage::from_code(stage.code()), Some(stage));
    }
}

/// Every surface switches on these, and a database keeps them.
#[test]
fn the_codes_are_listed() {
    let file: Value = gatepass_tests::vectors::load("error-codes.json").expect("the list is there");
    let listed = |name: &str| -> Vec<String> { serde_json::from_value(file[name].clone()).expect("a list of codes") };
    assert_eq!(listed("case"), CaseError::ALL.iter().map(CaseError::code).collect::<Vec<_>>());
    assert_eq!(listed("case_stage"), Stage::ALL.iter().map(|stage| stage.code()).collect::<Vec<_>>());
    assert_eq!(listed("case_bar"), Bar::ALL.iter().map(|bar| bar.code()).collect::<Vec<_>>());
    assert_eq!(listed("case_part"), Part::ALL.iter().map(|part| part.code()).collect::<Vec<_>>());
    assert_eq!(listed("case_mail"), Mail::ALL.iter().map(|mail| mail.code()).collect::<Vec<_>>());
    assert_eq!(listed("case_event"), Event::CODES);
    // An effect or a mail that no step has would be listed for nothing.
    let effects: BTreeSet<Effect> = model().into_values().flatten().flat_map(|(_, _, effects)| effects).collect();
    let codes: BTreeSet<&str> = effects.iter().map(|effect| effect.code()).collect();
    let mut listed_effects = listed("case_effect");
    listed_effects.sort_unstable();
    assert_eq!(listed_effects, codes.into_iter().collect::<Vec<_>>());
    let sent = |mail| mail == Mail::Invitation || effects.contains(&Effect::Mail(mail));
    assert!(Mail::ALL.iter().all(|&mail| sent(mail)));
}

/// A border's details, each of them once.
struct Handed {
    kind: Option<DocumentKind>,
    part: Option<Part>,
    outcome: Option<&'static str>,
    refusal: Option<Refusal>,
}

impl Handed {
    const NOTHING: Self = Self { kind: None, part: None, outcome: None, refusal: None };

    fn of(event: Event) -> Self {
        match event {
            Event::DocumentChosen(kind) => Self { kind: Some(kind), ..Self::NOTHING },
            Event::PartReceived(part) | Event::PartDiscarded(part) => Self { part: Some(part), ..Self::NOTHING },
            Event::Examined(examined) => {
                let refusal = if let Examined::Refuse(refusal) = examined { Some(refusal) } else { None };
                Self { outcome: Some(examined.code()), refusal, ..Self::NOTHING }
            }
            Event::ReviewRefused(refusal) => Self { refusal: Some(refusal), ..Self::NOTHING },
            _ => Self::NOTHING,
        }
    }
}

impl Details for Handed {
    type Error = &'static str;

    fn kind(&self) -> Result<DocumentKind, &'static str> {
        self.kind.ok_or("kind")
    }

    fn part(&self) -> Result<Part, &'static str> {
        self.part.ok_or("part")
    }

    fn examined(&self) -> Result<Examined, &'static str> {
        Examined::from_code(self.outcome.ok_or("outcome")?, || self.refusal())?.ok_or("outcome")
    }

    fn refusal(&self) -> Result<Refusal, &'static str> {
        self.refusal.ok_or("refusal")
    }
}

/// A border that gave back another event, or made one up where something is missing, would move a case by mistake.
#[test]
fn an_event_is_its_code_and_what_belongs_to_it() {
    let events = events();
    let codes: BTreeSet<&str> = events.iter().map(|event| event.code()).collect();
    assert_eq!(codes, Event::CODES.iter().copied().collect(), "an event is tried nowhere");
    for event in events {
        assert_eq!(Event::from_code(event.code(), &Handed::of(event)), Ok(Some(event)));
    }
    let missing = |code| Event::from_code(code, &Handed::NOTHING);
    assert_eq!(missing("document_chosen"), Err("kind"));
    assert_eq!(missing("part_received"), Err("part"));
    assert_eq!(missing("examined"), Err("outcome"));
    assert_eq!(missing("review_refused"), Err("refusal"));
    assert_eq!(Event::from_code("examined", &Handed { outcome: Some("refuse"), ..Handed::NOTHING }), Err("refusal"));
    assert_eq!(Event::from_code("examined", &Handed { outcome: Some("nearly"), ..Handed::NOTHING }), Err("outcome"));
    assert_eq!(missing("withdrawn"), Ok(Some(Event::Withdrawn)), "nothing is asked for that does not belong to it");
    assert_eq!(missing("Withdrawn"), Ok(None));
    for &part in Part::ALL {
        assert_eq!(Part::from_code(part.code()), Some(part));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any events in any order and at any time, as clicks, mails and clocks arrive: a state is always one that can be
    /// stored, an event that does not happen changes nothing, and the end can still be reached.
    #[test]
    fn any_order_of_events(
        invited in any::<bool>(),
        events in vec((select(events()), 0..3_000_000_u64), 0..120),
    ) {
        let mut now = NOW;
        let mut state = if invited { State::invited(now) } else { State::unconfirmed(now) };
        for (event, later) in events {
            now += later / 100;
            // Clocks are looked at often.
            if let Ok((next, _)) = apply(state, Event::TimePassed, now) {
                state = next;
            }
            match apply(state, event, now) {
                Ok((next, _)) => {
                    let stored = State::restore(next.stage(), next.kind(), next.wanted(), next.attempts(), next.bar(), next.until());
                    prop_assert_eq!(stored, Some(next));
                    prop_assert!(next.until().is_none_or(|until| until > now));
                    state = next;
                }
                Err(error) => prop_assert_ne!(error, CaseError::Late, "the clock was looked at"),
            }
        }
        // The shortest way on, whatever happened.
        for _ in 0..20 {
            let order = [
                Event::ProfileSaved, Event::ProfileOpened, Event::ReviewApproved, Event::Examined(Examined::Review), Event::Submitted,
                Event::PartReceived(Part::Front), Event::PartReceived(Part::Back), Event::PartReceived(Part::Turn),
                Event::NumberMatched, Event::ContinuedHere, Event::DocumentChosen(DocumentKind::Passport), Event::CountryChosen,
                Event::DataChecked, Event::AddressConfirmed, Event::AccountCreated, Event::RedoStarted, Event::ApprovalResent,
                Event::Restarted, Event::Reopened, Event::InvitationResent,
            ];
            let Some((next, _)) = order.into_iter().find_map(|event| apply(state, event, now).ok()) else { break };
            state = next;
        }
        prop_assert_eq!(state.stage(), Stage::Done);
    }
}
