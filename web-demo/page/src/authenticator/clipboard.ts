import type { TimeSource } from './clock.svelte';

/** How long a copied code stays in the clipboard. */
export const CLIPBOARD_MS = 30_000;

/** How the clipboard stands after a copy. */
export type ClipboardState =
	| 'cleared'
	/** Somebody copied something else in the meantime: it was left alone. */
	| 'replaced'
	/** The time is up, the page is not in front: it is cleared when the person comes back. */
	| 'waiting'
	/** The browser does not let the page clear it. */
	| 'kept';

export interface ClipboardEnvironment {
	readonly clipboard: Pick<Clipboard, 'writeText' | 'readText'> | undefined;
	/** Whether reading is allowed without asking the person. */
	mayRead(): Promise<boolean>;
	hasFocus(): boolean;
}

/**
 * Copies codes and clears them from the clipboard. What another program has put there is only left alone if the browser
 * lets the page look without a question; otherwise the clipboard is emptied, which is what the notice says.
 */
export class CodeClipboard {
	readonly #environment: ClipboardEnvironment;
	readonly #time: TimeSource;
	readonly #told: (state: ClipboardState) => void;
	#code: string | undefined;
	#due = 0;
	#timer: number | undefined;

	constructor(environment: ClipboardEnvironment, time: TimeSource, told: (state: ClipboardState) => void) {
		this.#environment = environment;
		this.#time = time;
		this.#told = told;
	}

	/** Whether a code of ours may still be in the clipboard. */
	get holding(): boolean {
		return this.#code !== undefined;
	}

	/** Resolves to false when the browser refuses. */
	async copy(code: string): Promise<boolean> {
		try {
			if (!this.#environment.clipboard) return false;
			await this.#environment.clipboard.writeText(code);
		} catch {
			return false;
		}
		this.#code = code;
		this.#due = this.#time.now() + CLIPBOARD_MS;
		this.#stop();
		this.#timer = this.#time.setTimeout(() => void this.#clear(), CLIPBOARD_MS);
		return true;
	}

	/** The page came to the front. */
	async focused(): Promise<void> {
		if (this.#code !== undefined && this.#time.now() >= this.#due) await this.#clear();
	}

	/** Clears now instead of later: the vault locks. */
	async clearNow(): Promise<void> {
		if (this.#code !== undefined) await this.#clear();
	}

	async #clear(): Promise<void> {
		this.#stop();
		const code = this.#code;
		const { clipboard } = this.#environment;
		if (code === undefined || !clipboard) return;
		if (!this.#environment.hasFocus()) {
			this.#due = this.#time.now();
			this.#told('waiting');
			return;
		}
		this.#code = undefined;
		try {
			if ((await this.#environment.mayRead()) && (await clipboard.readText()) !== code) {
				this.#told('replaced');
				return;
			}
			await clipboard.writeText('');
			this.#told('cleared');
		} catch {
			this.#told('kept');
		}
	}

	#stop(): void {
		if (this.#timer !== undefined) this.#time.clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}

/** The browser's own clipboard. */
export function browserClipboard(): ClipboardEnvironment {
	return {
		clipboard: navigator.clipboard,
		async mayRead() {
			try {
				const { state } = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
				return state === 'granted';
			} catch {
				return false; // Firefox and Safari do not know this permission: they would ask
			}
		},
		hasFocus: () => document.hasFocus(),
	};
}
