import * as raw from '../../pkg/identity/gatepass-identity.js';
import type { MeasureName, ReasonCode, TurnFinding, TurnMeasureName } from '../codes.js';
import { identity } from './build.js';

/** Why an identification was not accepted. */
export interface Reason {
	readonly code: ReasonCode;
	/** Who can do something about it: the person, the helpdesk, or the reviewer (then there is nothing to correct). */
	readonly fixer: 'technician' | 'helpdesk' | 'reviewer';
	/** Whether trying again can help. */
	readonly retry: boolean;
	/** What is done again; `document` is the choice of country and document with every photo. */
	readonly redo: 'nothing' | 'data' | 'document' | 'photo' | 'turn';
	/** What is ringed when it is shown. */
	readonly region: 'nothing' | 'picture' | 'document' | 'text' | 'reflection' | 'edge' | 'zone' | 'name' | 'face';
	/** The names of the measures that lead to it. */
	readonly measures: readonly string[];
	/** The key of the sentence that says what happened: `photo-glare`. */
	readonly textKey: string;
	/** The key of the text that says what to do: `photo-glare.remedy`. */
	readonly remedyKey: string;
}

/** Every reason, in the order in which they are shown when there are several. */
export function reasons(): Reason[] {
	return identity.run(() => raw.reasons() as Reason[]);
}

/** The reason with a code. Throws `unknown_reason`. */
export function reason(code: ReasonCode): Reason {
	return identity.run(() => raw.reason(code) as Reason);
}

/** The reason that a measure which failed leads to; undefined for a measure that is no cause of its own. */
export function reasonOfMeasure(name: MeasureName | TurnMeasureName): Reason | undefined {
	return identity.run(() => raw.reasonOfMeasure(name) as Reason | undefined);
}

/** The reason that a finding about the video leads to; undefined for one that is not known. */
export function reasonOfFinding(code: TurnFinding): Reason | undefined {
	return identity.run(() => raw.reasonOfFinding(code) as Reason | undefined);
}

/**
 * The texts in Swedish or English in the grammar of Fluent 1.0: `textKey` and `remedyKey` of a reason and the `key` of a
 * name's advice are their keys.
 */
export function reasonTexts(language: 'sv' | 'en'): string {
	return identity.run(() => raw.reasonTexts(language));
}
