import type { WorkerLike } from '../client';
import type { CallMap } from '../shared/messages';
import { serve } from '../worker/serve';

/** A worker in the test's own thread: the real serving side, messages copied as between threads. */
export class InThreadWorker<Calls extends CallMap<Calls>> implements WorkerLike {
	ended = false;
	/** Everything that left the worker. */
	readonly posted: unknown[] = [];
	readonly #toPage: ((event: MessageEvent<unknown>) => void)[] = [];
	readonly #failures: (() => void)[] = [];
	#toWorker: ((event: MessageEvent<unknown>) => void) | undefined;

	constructor(host: Calls, ready: () => Promise<void> = () => Promise.resolve()) {
		serve<Calls>(
			{
				postMessage: (message) => {
					const copy: unknown = structuredClone(message);
					this.posted.push(copy);
					for (const listener of this.#toPage) listener({ data: copy } as MessageEvent<unknown>);
				},
				addEventListener: (_type, listener) => {
					this.#toWorker = listener;
				},
			},
			host,
			ready,
		);
	}

	postMessage(message: unknown): void {
		this.#toWorker?.({ data: structuredClone(message) } as MessageEvent<unknown>);
	}

	terminate(): void {
		this.ended = true;
	}

	addEventListener(type: string, listener: (event: MessageEvent<unknown>) => void): void {
		if (type === 'message') this.#toPage.push(listener);
		else this.#failures.push(() => listener({} as MessageEvent));
	}

	crash(): void {
		for (const failure of this.#failures) failure();
	}
}
