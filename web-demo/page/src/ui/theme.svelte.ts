import { writePreference } from './storage';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** Light, dark, or as the system: the choice is an attribute of <html>, the colours follow through `light-dark()`. */
export class Theme {
	#choice = $state<ThemeChoice>(current());

	get choice(): ThemeChoice {
		return this.#choice;
	}

	choose(choice: ThemeChoice): void {
		this.#choice = choice;
		if (choice === 'system') {
			delete document.documentElement.dataset.theme;
			writePreference('theme', undefined);
		} else {
			document.documentElement.dataset.theme = choice;
			writePreference('theme', choice);
		}
	}
}

function current(): ThemeChoice {
	const chosen = document.documentElement.dataset.theme;
	return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}
