/** The languages of the page. English defines the type of every area; Swedish has to satisfy it. */
export type Language = 'en' | 'sv';

export const languages: readonly Language[] = ['en', 'sv'];

/** The same keys and the same parameters, with other words: what a translation must be. */
export type Translation<T> = {
	readonly [K in keyof T]: T[K] extends string
		? string
		: T[K] extends (...values: infer Values) => string
			? (...values: Values) => string
			: Translation<T[K]>;
};

/** One area of the page in every language. Each entry imports only the areas that it shows. */
export interface Catalogue<T> {
	readonly en: Translation<T>;
	readonly sv: Translation<T>;
}

/** A counted noun by the rules of its language: `plural('sv', 1, { one: 'kod', other: 'koder' })`. */
export function plural(
	language: Language,
	count: number,
	forms: { readonly one: string; readonly other: string },
): string {
	return new Intl.PluralRules(language).select(count) === 'one' ? forms.one : forms.other;
}
