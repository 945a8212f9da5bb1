import { createContext } from 'svelte';

/** What Chromium fires when the page can be installed. Not in the standard library's types. */
interface InstallPrompt extends Event {
	prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/** Installing the page as an app, where the browser lets a page ask. */
export class Install {
	#prompt = $state.raw<InstallPrompt>();

	get possible(): boolean {
		return this.#prompt !== undefined;
	}

	/** Keeps the browser's offer for the button in the settings. */
	offered(event: Event): void {
		event.preventDefault();
		this.#prompt = event as InstallPrompt;
	}

	/** Resolves to whether the person agreed. */
	async ask(): Promise<boolean> {
		const prompt = this.#prompt;
		this.#prompt = undefined;
		return prompt !== undefined && (await prompt.prompt()).outcome === 'accepted';
	}
}

export const [getInstall, setInstall] = createContext<Install>();
