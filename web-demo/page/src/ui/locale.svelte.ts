import type { Catalogue, Language, Translation } from '../i18n/messages';
import { writePreference } from './storage';

/** Gregorian months as words: "23 November 2026", "23 november 2026". Never all digits. */
const dateFormat: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };

const tags: Record<Language, string> = { en: 'en-GB', sv: 'sv-SE' };

/** The language that the page speaks now. `before-paint.js` has chosen the first one. */
export class Locale {
	#language = $state<Language>(document.documentElement.lang === 'sv' ? 'sv' : 'en');

	get language(): Language {
		return this.#language;
	}

	choose(language: Language): void {
		this.#language = language;
		document.documentElement.lang = language;
		writePreference('language', language);
	}

	/** The messages of an area in the current language. Reactive: read it inside `$derived`. */
	pick<T>(catalogue: Catalogue<T>): Translation<T> {
		return catalogue[this.#language];
	}

	/** A calendar date with the month as a word. `at` is Unix time in milliseconds. */
	date(at: number): string {
		return new Intl.DateTimeFormat(tags[this.#language], dateFormat).format(at);
	}

	/** Date and time of day. `at` is Unix time in milliseconds. */
	dateTime(at: number): string {
		return new Intl.DateTimeFormat(tags[this.#language], { ...dateFormat, hour: '2-digit', minute: '2-digit' }).format(
			at,
		);
	}

	/** The time of day. `at` is Unix time in milliseconds. */
	time(at: number): string {
		return new Intl.DateTimeFormat(tags[this.#language], { hour: '2-digit', minute: '2-digit' }).format(at);
	}

	/** "a, b and c". */
	list(parts: readonly string[]): string {
		return new Intl.ListFormat(tags[this.#language], { type: 'conjunction' }).format(parts);
	}
}
