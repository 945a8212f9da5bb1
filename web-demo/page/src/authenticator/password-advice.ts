/**
 * A vault can be attacked without limit by who has its file, so a password shorter than this would protect nothing;
 * above it the person decides, with advice. The reasons: docs/decisions/0002-vault-password.md.
 */
export const MIN_PASSWORD = 8;
export const GOOD_PASSWORD = 12;

export type PasswordAdvice = 'too_short' | 'guessable' | 'fair' | 'good' | 'strong';

/** Pieces that guessing programs try first. Short on purpose: the page must stay small. */
const common =
	/pass(word|wort)?|lösen(ord)?|qwert[yz]?|asdf|abc|letmein|welcome|välkommen|admin|gatepass|sommar|vinter|summer|winter|hemlig|secret|monkey|dragon|(19|20)\d\d/giu;

/** Counts characters as people see them. */
export function advise(password: string): PasswordAdvice {
	const length = [...password].length;
	if (length < MIN_PASSWORD) return 'too_short';
	const worth = effectiveLength(password);
	if (worth < 7) return 'guessable';
	if (worth < GOOD_PASSWORD) return 'fair';
	return worth < 16 ? 'good' : 'strong';
}

/** Length after repetitions, runs ("1234", "dcba") and common pieces are counted as two characters each. */
function effectiveLength(password: string): number {
	const characters = [...password.toLowerCase().replace(common, '\u0000\u0001')];
	let worth = 0;
	let lastStep: number | undefined;
	characters.forEach((character, at) => {
		const before = characters[at - 1];
		const step = before === undefined ? undefined : (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
		const predictable = step !== undefined && Math.abs(step) <= 1 && step === lastStep;
		if (!predictable) worth += 1;
		lastStep = step;
	});
	return Math.min(worth, new Set(characters).size * 2);
}
