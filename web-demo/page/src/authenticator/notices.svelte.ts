import { CLIPBOARD_MS } from './clipboard';
import type { Clock } from './clock.svelte';

/** What floats above the list for a while. Nothing here must be acted on: the same is found in the page. */
export type FloatingNotice =
	| { readonly kind: 'copied'; readonly clearsAt: number }
	| { readonly kind: 'removed'; readonly name: string; readonly trashId: string }
	| { readonly kind: 'told'; readonly text: string };

const TOLD_MS = 6_000;
/** Long, because it holds a way back. The list of deleted accounts has it for longer. */
const REMOVED_MS = 20_000;

/** The one floating notice of the page: the newest takes the place of the one before. */
export class Notices {
	readonly #clock: Clock;
	#notice = $state.raw<FloatingNotice>();
	#until = $state(0);
	#copiedId = $state<string>();
	#copiedUntil = $state(0);

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	get current(): FloatingNotice | undefined {
		return this.#clock.now < this.#until ? this.#notice : undefined;
	}

	/** The account whose row says that it was copied. */
	get copiedId(): string | undefined {
		return this.#clock.now < this.#copiedUntil ? this.#copiedId : undefined;
	}

	copied(id: string): void {
		this.#clock.catchUp();
		this.#copiedId = id;
		this.#copiedUntil = this.#clock.now + 2_500;
		this.#show({ kind: 'copied', clearsAt: this.#clock.now + CLIPBOARD_MS }, CLIPBOARD_MS);
	}

	removed(name: string, trashId: string): void {
		this.#show({ kind: 'removed', name, trashId }, REMOVED_MS);
	}

	tell(text: string): void {
		this.#show({ kind: 'told', text }, TOLD_MS);
	}

	dismiss(): void {
		this.#until = 0;
	}

	#show(notice: FloatingNotice, ms: number): void {
		this.#clock.catchUp();
		this.#notice = notice;
		this.#until = this.#clock.now + ms;
	}
}
