import * as raw from '../../pkg/identity/gatepass-identity.js';
import type { CaseBar, CaseEffectType, CaseEventType, CaseMail, CasePart, CaseStage, ReasonCode } from '../codes.js';
import type { DocumentKind } from '../types.js';
import { identity } from './build.js';
import type { Side } from './document.js';

/** A case at one time. */
export interface CaseState {
	readonly stage: CaseStage;
	/** Once chosen. */
	readonly kind?: DocumentKind;
	/** What is still to be done, or to be done again. */
	readonly wanted: readonly CasePart[];
	/** How often it was submitted; five times at most. */
	readonly attempts: number;
	/** What an ended case cannot go on without, whatever the person does. */
	readonly bar?: CaseBar;
	/** When `time_passed` is due; absent when nothing ends. */
	readonly untilMs?: number;
}

/** A reason, and the side whose photo it is about. */
export interface CaseFinding {
	readonly reason: ReasonCode;
	readonly side?: Side;
}

/** What happened to a case. A refusal needs a finding that a person or the helpdesk can do something about. */
export type CaseEvent =
	| { readonly type: 'document_chosen'; readonly kind: DocumentKind }
	| { readonly type: 'part_received' | 'part_discarded'; readonly part: CasePart }
	| { readonly type: 'examined'; readonly outcome: 'review' | 'approve' }
	| { readonly type: 'examined'; readonly outcome: 'refuse'; readonly findings: readonly CaseFinding[] }
	| { readonly type: 'review_refused'; readonly findings: readonly CaseFinding[] }
	| {
			readonly type: Exclude<
				CaseEventType,
				'document_chosen' | 'part_received' | 'part_discarded' | 'examined' | 'review_refused'
			>;
	  };

/** What has to be done because of an event. */
export type CaseEffect =
	| { readonly type: 'mail'; readonly mail: CaseMail }
	| { readonly type: 'issue_link'; readonly untilMs: number }
	| { readonly type: 'erase'; readonly parts: readonly CasePart[] }
	| { readonly type: Exclude<CaseEffectType, 'mail' | 'issue_link' | 'erase'> };

/** The case of someone whom a manager invited. */
export function invitedCase(nowMs: number): CaseState {
	return identity.run(() => raw.invitedCase(nowMs) as CaseState);
}

/** The case of someone who made an account. */
export function unconfirmedCase(nowMs: number): CaseState {
	return identity.run(() => raw.unconfirmedCase(nowMs) as CaseState);
}

/**
 * What an event makes of a case, and what has to be done because of it, in this order. Throws a `case_…` code when the event
 * does not happen, and `invalid_case_state` for a state that no sequence of events leads to.
 */
export function applyEvent(
	state: CaseState,
	event: CaseEvent,
	nowMs: number,
): { readonly state: CaseState; readonly effects: readonly CaseEffect[] } {
	return identity.run(
		() => raw.applyEvent(state, event, nowMs) as { state: CaseState; effects: readonly CaseEffect[] },
	);
}
