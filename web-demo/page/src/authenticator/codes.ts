import type { CodeView } from './shared/protocol';

/** Splits a code for the eye: 6 → 3 3, 7 → 4 3, 8 → 4 4, 9 → 3 3 3, 10 → 4 3 3; five stay together. */
export function groupCode(code: string): readonly string[] {
	const sizes = groupSizes[code.length] ?? [code.length];
	let at = 0;
	return sizes.map((size) => {
		const group = code.slice(at, at + size);
		at += size;
		return group;
	});
}

const groupSizes: Readonly<Record<number, readonly number[]>> = {
	6: [3, 3],
	7: [4, 3],
	8: [4, 4],
	9: [3, 3, 3],
	10: [4, 3, 3],
};

/** A code as a screen reader should say it: digit by digit. */
export function spellCode(code: string): string {
	return [...code].join(' ');
}

export interface Showing {
	readonly current: string;
	readonly next: string;
	/** Whole seconds that are left, at least 1. */
	readonly seconds: number;
	/** What is left of the period: above 0, at most 1. */
	readonly share: number;
	/** The period is about to end. */
	readonly ending: boolean;
}

/** Seconds before the end at which a code is marked as ending. */
export const ENDING_SECONDS = 5;

/**
 * What of `view` holds at `now`. In the moment between the end of a code and the worker's next answer the next code is
 * the current one; `undefined` when both have ended or the clock was set back.
 */
export function showing(view: CodeView, now: number): Showing | undefined {
	const period = view.endsAt - view.startsAt;
	const rolled = now >= view.endsAt;
	const end = rolled ? view.endsAt + period : view.endsAt;
	if (now >= end || now < view.startsAt) return undefined;
	const left = end - now;
	return {
		current: rolled ? view.next : view.current,
		next: rolled ? '' : view.next,
		seconds: Math.ceil(left / 1000),
		share: left / period,
		ending: left <= ENDING_SECONDS * 1000,
	};
}

/** Whether the worker has to be asked for codes anew. */
export function stale(views: readonly CodeView[], now: number): boolean {
	return views.some(({ startsAt, endsAt }) => now >= endsAt || now < startsAt);
}
