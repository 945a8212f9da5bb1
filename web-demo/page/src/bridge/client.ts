import type { Answer, CallMap, Request } from './shared/messages';

/** Why a call to a worker did not give a result. `code` is stable, from the wasm package or one of ours. */
export class CallError extends Error {
	readonly code: string;

	constructor(code: string) {
		super(`The worker answered ${code}.`);
		this.name = 'CallError';
		this.code = code;
	}
}

/** What this file needs of a `Worker`; tests hand in their own. */
export interface WorkerLike {
	postMessage(message: unknown, transfer: Transferable[]): void;
	terminate(): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
	addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
}

export interface CallOptions {
	readonly signal?: AbortSignal | undefined;
	/** Handed over, not copied. */
	readonly transfer?: Transferable[];
}

export interface BridgeOptions {
	/** Ends the worker after this long without a call. Without it the worker lives until `retire`. */
	readonly idleMs?: number;
}

interface Waiting {
	readonly resolve: (value: never) => void;
	readonly reject: (cause: Error) => void;
	readonly release: () => void;
}

/**
 * One worker: started by its first call, calls answered in order. Aborting a call ends the worker,
 * since nothing else stops wasm that is running; the next call starts a fresh one.
 */
export class WorkerBridge<Calls extends CallMap<Calls>> {
	readonly #start: () => WorkerLike;
	readonly #idleMs: number | undefined;
	readonly #waiting = new Map<number, Waiting>();
	#worker: WorkerLike | undefined;
	#idle: ReturnType<typeof setTimeout> | undefined;
	#lastId = 0;

	constructor(start: () => WorkerLike, options: BridgeOptions = {}) {
		this.#start = start;
		this.#idleMs = options.idleMs;
	}

	/** Whether a worker is alive. */
	get running(): boolean {
		return this.#worker !== undefined;
	}

	call<Name extends keyof Calls & string>(
		name: Name,
		args: Parameters<Calls[Name]>,
		{ signal, transfer = [] }: CallOptions = {},
	): Promise<Awaited<ReturnType<Calls[Name]>>> {
		if (signal?.aborted) return Promise.reject(abortError());
		return new Promise((resolve, reject) => {
			const worker = this.#alive();
			const id = ++this.#lastId;
			const onAbort = () => this.#end(abortError());
			signal?.addEventListener('abort', onAbort, { once: true });
			this.#waiting.set(id, { resolve, reject, release: () => signal?.removeEventListener('abort', onAbort) });
			worker.postMessage({ id, name, args } satisfies Request, transfer);
		});
	}

	/** Ends the worker and everything it holds; open calls fail with an `AbortError`. */
	retire(): void {
		this.#end(abortError());
	}

	#alive(): WorkerLike {
		clearTimeout(this.#idle);
		if (this.#worker) return this.#worker;
		const worker = this.#start();
		this.#worker = worker;
		worker.addEventListener('message', (event) => {
			if (this.#worker === worker) this.#settle(event.data as Answer);
		});
		const onFailure = () => {
			if (this.#worker === worker) this.#end(new CallError('worker_failed'));
		};
		worker.addEventListener('error', onFailure);
		worker.addEventListener('messageerror', onFailure);
		return worker;
	}

	#settle(answer: Answer): void {
		const waiting = this.#waiting.get(answer.id);
		this.#waiting.delete(answer.id);
		waiting?.release();
		if (answer.ok) {
			waiting?.resolve(answer.value as never);
		} else {
			waiting?.reject(new CallError(answer.code));
		}
		if (this.#waiting.size === 0 && this.#idleMs !== undefined)
			this.#idle = setTimeout(() => this.retire(), this.#idleMs);
	}

	#end(cause: Error): void {
		clearTimeout(this.#idle);
		this.#worker?.terminate();
		this.#worker = undefined;
		const open = [...this.#waiting.values()];
		this.#waiting.clear();
		for (const waiting of open) {
			waiting.release();
			waiting.reject(cause);
		}
	}
}

/** Whether something ended because it was told to, which is no failure. */
export function isAbort(cause: unknown): boolean {
	return cause instanceof DOMException && cause.name === 'AbortError';
}

/** The stable code of a failure; `internal` when there is none. */
export function codeOf(cause: unknown): string {
	return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'internal';
}

/** What a call ends with that was not wanted any more. */
export function abortError(): DOMException {
	return new DOMException('The call was ended.', 'AbortError');
}
