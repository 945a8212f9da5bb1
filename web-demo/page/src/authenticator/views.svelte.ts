import type { Candidate, MigrationView } from './shared/protocol';

/** What is on the screen while the vault is open. */
export type View =
	| { readonly name: 'list' }
	| { readonly name: 'add' }
	| { readonly name: 'paste' }
	| { readonly name: 'manual' }
	| { readonly name: 'review'; readonly candidate: Candidate }
	| { readonly name: 'rejected'; readonly what: string; readonly how: string }
	| { readonly name: 'migration'; readonly migration: MigrationView }
	| { readonly name: 'rename'; readonly id: string }
	| { readonly name: 'order' }
	| { readonly name: 'settings' }
	| { readonly name: 'export' }
	| { readonly name: 'backup' }
	| { readonly name: 'restore' }
	| { readonly name: 'password' }
	| { readonly name: 'trash' }
	| { readonly name: 'erase' };

/** What of the browser's history is used. */
export interface BrowserHistory {
	pushState(data: unknown, unused: string): void;
	replaceState(data: unknown, unused: string): void;
	go(delta: number): void;
}

/** The views in the order they were opened. The browser's back button goes through them as the back links do. */
export class Views {
	readonly #history: BrowserHistory;
	#stack: readonly View[] = $state.raw([{ name: 'list' }]);
	/** Whether a person has moved: the first view leaves the focus where it is. */
	#moved = $state(false);

	constructor(history: BrowserHistory) {
		this.#history = history;
		history.replaceState({ depth: 0 }, '');
	}

	get current(): View {
		return this.#stack.at(-1) ?? { name: 'list' };
	}

	get moved(): boolean {
		return this.#moved;
	}

	open(view: View): void {
		this.#moved = true;
		this.#stack = [...this.#stack, view];
		this.#history.pushState({ depth: this.#stack.length - 1 }, '');
	}

	/** Puts `view` in the place of the current one: back leads to what was before both. */
	replace(view: View): void {
		this.#moved = true;
		if (this.#stack.length === 1) this.open(view);
		else this.#stack = [...this.#stack.slice(0, -1), view];
	}

	back(): void {
		if (this.#stack.length > 1) this.#history.go(-1);
	}

	/** Back to the list. */
	home(): void {
		this.#moved = true;
		if (this.#stack.length > 1) this.#history.go(1 - this.#stack.length);
		this.#stack = this.#stack.slice(0, 1);
	}

	/** The browser moved in its history. */
	moveTo(state: unknown): void {
		const depth = typeof state === 'object' && state !== null && 'depth' in state ? Number(state.depth) : 0;
		if (depth + 1 < this.#stack.length) {
			this.#moved = true;
			this.#stack = this.#stack.slice(0, Math.max(1, depth + 1));
		}
	}

	/** Forgets everything: the vault was locked. */
	reset(): void {
		if (this.#stack.length > 1) this.#history.go(1 - this.#stack.length);
		this.#stack = [{ name: 'list' }];
		this.#moved = false;
	}
}
