import { createContext } from 'svelte';
import { common } from '../i18n/common';
import type { Translation } from '../i18n/messages';
import { Announcer } from './announcer.svelte';
import { Locale } from './locale.svelte';
import { Theme } from './theme.svelte';

/** What every component of an entry may ask for. */
export interface Shell {
	readonly locale: Locale;
	readonly theme: Theme;
	readonly announcer: Announcer;
	/** The messages that all entries share, in the current language. */
	readonly common: Translation<(typeof common)['en']>;
}

const [getShell, setShell] = createContext<Shell>();

export { getShell };

/** Called once, by the root component of an entry. */
export function provideShell(): Shell {
	const locale = new Locale();
	const shell: Shell = {
		locale,
		theme: new Theme(),
		announcer: new Announcer(),
		get common() {
			return locale.pick(common);
		},
	};
	return setShell(shell);
}
