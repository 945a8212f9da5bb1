/** The shortest time between two spoken hints. */
const PAUSE_MS = 2_000;

/** Speaks hints that may change with every frame: only on a change, and at most every two seconds. */
export class Hints {
	readonly #say: (text: string) => void;
	#last = '';
	#next: string | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(say: (text: string) => void) {
		this.#say = say;
	}

	say(text: string): void {
		if (text === (this.#next ?? this.#last)) return;
		this.#next = text;
		if (this.#timer === undefined) this.#speak();
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#next = undefined;
	}

	#speak(): void {
		this.#timer = undefined;
		if (this.#next === undefined) return;
		this.#last = this.#next;
		this.#next = undefined;
		this.#say(this.#last);
		this.#timer = setTimeout(() => this.#speak(), PAUSE_MS);
	}
}
