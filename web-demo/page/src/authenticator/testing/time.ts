import type { TimeSource } from '../clock.svelte';

/** A clock that a test moves. */
export class TestTime implements TimeSource {
	#now: number;
	#lastTimer = 0;
	readonly #timers = new Map<number, { readonly at: number; readonly run: () => void }>();

	constructor(now = 1_800_000_000_000) {
		this.#now = now;
	}

	get waiting(): number {
		return this.#timers.size;
	}

	now(): number {
		return this.#now;
	}

	setTimeout(run: () => void, ms: number): number {
		this.#lastTimer += 1;
		this.#timers.set(this.#lastTimer, { at: this.#now + ms, run });
		return this.#lastTimer;
	}

	clearTimeout(timer: number): void {
		this.#timers.delete(timer);
	}

	/** Lets time pass and runs what falls due, in order. */
	async pass(ms: number): Promise<void> {
		const end = this.#now + ms;
		for (;;) {
			const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
			if (!due) break;
			const [id, { at, run }] = due;
			this.#timers.delete(id);
			this.#now = Math.max(this.#now, at);
			run();
			await settle();
		}
		this.#now = end;
		await settle();
	}

	/** The computer sleeps: the clock goes on, no timer runs. */
	sleep(ms: number): void {
		this.#now += ms;
	}
}

/** Lets everything that waits for resolved promises run. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
