/** Where the time comes from; tests hand in their own. */
export interface TimeSource {
	now(): number;
	setTimeout(run: () => void, ms: number): number;
	clearTimeout(timer: number): void;
}

export const wallClock: TimeSource = {
	now: () => Date.now(),
	setTimeout: (run, ms) => window.setTimeout(run, ms),
	clearTimeout: (timer) => window.clearTimeout(timer),
};

/**
 * The one tick of the page: a timeout to the next full second, and the time read anew from the wall clock each time, so
 * that neither a sleeping computer nor a slow timer makes a code stale.
 */
export class Clock {
	readonly #source: TimeSource;
	#now = $state(0);
	#timer: number | undefined;

	constructor(source: TimeSource = wallClock) {
		this.#source = source;
		this.#now = source.now();
	}

	/** Milliseconds since 1970, renewed at every full second while running. */
	get now(): number {
		return this.#now;
	}

	/** Ticks until the returned function is called. */
	start(): () => void {
		this.#tick();
		return () => this.#stop();
	}

	/** Reads the time at once: after the page was hidden. */
	catchUp(): void {
		this.#now = this.#source.now();
	}

	#tick(): void {
		this.#stop();
		this.#now = this.#source.now();
		this.#timer = this.#source.setTimeout(() => this.#tick(), 1000 - (this.#now % 1000));
	}

	#stop(): void {
		if (this.#timer !== undefined) this.#source.clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
