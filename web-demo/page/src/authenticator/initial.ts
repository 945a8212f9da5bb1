/** How many colours the initials have; the stylesheet holds them as `.tint-0` and so on. */
export const TINTS = 6;

export interface Initial {
	readonly letter: string;
	/** 0 to TINTS − 1, the same for the same name. */
	readonly tint: number;
}

/** The coloured letter in front of an account: of the issuer, or of the account when there is none. */
export function initialOf(issuer: string, account: string): Initial {
	const name = (issuer || account).trim();
	const letter = [...name].find((character) => /[\p{L}\p{N}]/u.test(character))?.toUpperCase() ?? '·';
	let hash = 0;
	for (const character of name.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
	return { letter, tint: hash % TINTS };
}
