import { isAbort } from '../bridge/client';
import type { Words } from './context';
import type { AccountView } from './shared/protocol';

/** What is wrong and what to do about it. */
export interface Told {
	readonly what: string;
	readonly how: string;
}

/** The words for a code of a table; `other` where the table has none. */
function entryOf<T>(table: Readonly<Record<string, T>>, code: string, other: T): T {
	return Object.hasOwn(table, code) ? (table[code] ?? other) : other;
}

/** Why a text cannot be added. `kind` names the sort of code it is instead, when that is known. */
export function reasonText(t: Words, code: string, kind?: string): Told {
	if (kind !== undefined && Object.hasOwn(t.otherKinds, kind)) return entryOf(t.otherKinds, kind, t.reasons.other_kind);
	return entryOf(t.reasons, code, t.reasons.not_otpauth);
}

export function warningText(t: Words, code: string): string {
	return entryOf<string>(t.warnings, code, t.problem.other);
}

export function migrationProblemText(t: Words, code: string): Told {
	return entryOf(t.migrationProblems, code, t.migrationProblems.other);
}

export function entryErrorText(t: Words, code: string): string {
	return entryOf<string>(t.entries, code, t.entries.other);
}

export function leftOutText(t: Words, code: string): string {
	return entryOf<string>(t.leftOut, code, t.leftOut.other);
}

/** What went wrong, for every failure that a form has no better words for. */
export function problemText(t: Words, code: string): string {
	return entryOf<string>(t.problem, code, t.problem.other);
}

/** The words for a failure; none for one that was asked for. */
export function failureWords(t: Words, cause: unknown): string | undefined {
	if (isAbort(cause)) return undefined;
	const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'other';
	return problemText(t, code);
}

/** A name without what nobody sees and what would turn around or break the text beside it. */
export function visible(name: string): string {
	return name.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '').replace(/[\u2028\u2029]/g, ' ');
}

/** What an account is called in a sentence. */
export function nameOf(t: Words, { issuer, account }: Pick<AccountView, 'issuer' | 'account'>): string {
	return [issuer, account].map(visible).filter(Boolean).join(', ') || t.row.unnamed;
}

/** The same in as few words as tell it from the others: for a notice that is gone in a moment. */
export function shortNameOf(t: Words, { issuer, account }: Pick<AccountView, 'issuer' | 'account'>): string {
	return visible(issuer) || visible(account) || t.row.unnamed;
}
