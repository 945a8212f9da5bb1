import type { TimeSource } from './clock.svelte';

/** Minutes without use after which the vault locks. */
export const lockMinutes = [1, 5, 15] as const;
export type LockMinutes = (typeof lockMinutes)[number];

export interface AutoLockOptions {
	readonly minutes: LockMinutes;
	readonly whenHidden: boolean;
}

/**
 * Decides when an open vault has been left alone. The time of the last use is compared with the wall clock, because
 * timers stand still while a computer sleeps: the lock is there before the first picture after waking.
 */
export class AutoLock {
	readonly #time: TimeSource;
	readonly #options: () => AutoLockOptions;
	readonly #lock: (why: 'idle' | 'hidden') => void;
	#usedAt = 0;
	#timer: number | undefined;

	constructor(time: TimeSource, options: () => AutoLockOptions, lock: (why: 'idle' | 'hidden') => void) {
		this.#time = time;
		this.#options = options;
		this.#lock = lock;
	}

	/** The vault was opened. */
	start(): void {
		this.used();
	}

	stop(): void {
		if (this.#timer !== undefined) this.#time.clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	/** A person touched the page. */
	used(): void {
		this.#usedAt = this.#time.now();
		if (this.#timer === undefined) this.#wait();
	}

	/** The page came into view or left it. */
	visibility(hidden: boolean): void {
		if (this.#timer === undefined) return;
		if (hidden && this.#options().whenHidden) this.#end('hidden');
		else this.#check();
	}

	/** Applies changed options to the running time. */
	refresh(): void {
		if (this.#timer !== undefined) this.#check();
	}

	#check(): void {
		if (this.#left() <= 0) this.#end('idle');
		else this.#wait();
	}

	#wait(): void {
		if (this.#timer !== undefined) this.#time.clearTimeout(this.#timer);
		this.#timer = this.#time.setTimeout(() => this.#check(), Math.max(0, this.#left()));
	}

	#left(): number {
		return this.#usedAt + this.#options().minutes * 60_000 - this.#time.now();
	}

	#end(why: 'idle' | 'hidden'): void {
		this.stop();
		this.#lock(why);
	}
}
