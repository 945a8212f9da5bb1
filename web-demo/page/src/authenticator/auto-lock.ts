import type { TimeSource } from './clock.svelte';

/** Minutes without use after which the vault locks. */
export const lockMinutes = [1, 5, 15] as const;
export type LockMinutes = (typeof lockMinutes)[number];

/** How far a clock may be set back before that counts as time that nobody knows the length of. */
const SET_BACK_MS = 60_000;

export interface AutoLockOptions {
	readonly minutes: LockMinutes;
	readonly whenHidden: boolean;
}

/**
 * Decides when an open vault has been left alone. The time of the last use is compared with the wall clock, because
 * timers stand still while a computer sleeps: the lock is there before the first picture after waking, and the touch
 * that woke it is no use. A clock that was set back says nothing about how long it was, so that it locks too.
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
		this.#touch();
	}

	stop(): void {
		if (this.#timer !== undefined) this.#time.clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	/** A person touched the page. */
	used(): void {
		if (this.#timer === undefined) return;
		if (this.#left() <= 0) this.#end('idle');
		else this.#touch();
	}

	/** The page came into view or left it. */
	visibility(hidden: boolean): void {
		if (this.#timer === undefined) return;
		if (hidden && this.#options().whenHidden) this.#end('hidden');
		else this.#check();
	}

	/** Looks at the time: it went on, or the options have changed. */
	refresh(): void {
		if (this.#timer !== undefined) this.#check();
	}

	#touch(): void {
		this.#usedAt = this.#time.now();
		this.#wait();
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
		const passed = this.#time.now() - this.#usedAt;
		return passed < -SET_BACK_MS ? 0 : this.#options().minutes * 60_000 - passed;
	}

	#end(why: 'idle' | 'hidden'): void {
		this.stop();
		this.#lock(why);
	}
}
