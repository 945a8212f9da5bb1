/** What a person may have typed as a key, judged while typing. The core has the last word. */
export type SecretCheck =
	| { readonly state: 'empty' }
	| { readonly state: 'fine'; readonly bits: number }
	/** Digits that base32 does not have and a letter that looks like each: offered, never done in silence. */
	| { readonly state: 'lookalikes'; readonly found: readonly Lookalike[]; readonly repaired: string }
	| { readonly state: 'strange'; readonly characters: readonly string[] };

export interface Lookalike {
	readonly digit: string;
	readonly letter: string;
}

const letterFor: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '8': 'B' };
const ignored = /[\s\-=]/g;

export function checkSecret(typed: string): SecretCheck {
	const text = typed.replace(ignored, '').toUpperCase();
	if (text === '') return { state: 'empty' };
	const wrong = [...new Set([...text].filter((character) => !/[A-Z2-7]/.test(character)))];
	const strange = wrong.filter((character) => !(character in letterFor));
	if (strange.length > 0) return { state: 'strange', characters: strange };
	if (wrong.length > 0) {
		return {
			state: 'lookalikes',
			found: wrong.map((digit) => ({ digit, letter: letterFor[digit] ?? digit })),
			repaired: typed.replace(/[018]/g, (digit) => letterFor[digit] ?? digit),
		};
	}
	return { state: 'fine', bits: Math.floor((text.length * 5) / 8) * 8 };
}
