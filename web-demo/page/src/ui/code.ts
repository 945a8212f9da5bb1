/** The digits of a typed or pasted code: spaces, hyphens and other separators are taken out. */
export function digitsOf(typed: string): string {
	// Full-width and other digits of keyboards and clipboards become the ASCII ones.
	return typed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}

/** A code, key or recovery code in groups, as it is shown: "123 456". */
export function grouped(text: string, size: number): string {
	return text.match(new RegExp(`.{1,${size}}`, 'gu'))?.join(' ') ?? text;
}
