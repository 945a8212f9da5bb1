// What both builds share: loading the wasm file once, a clear error before that, and one kind of error after it.

import type { ErrorCode } from './codes.js';
import { type ErrorPlace, GatepassError } from './error.js';
import type { InitInput } from './types.js';

/** The part of a generated module that loads it. */
type Instantiate = (input: { module_or_path: LoadedModule }) => Promise<unknown>;

/** What a loader hands to the generated module. */
export type LoadedModule = Response | BufferSource | WebAssembly.Module;

/** What the codes that the wasm file throws mean. */
type Sentences = Readonly<Partial<Record<ErrorCode, string>>>;

/** Turns what a caller passed (or the package's own file) into something that can be instantiated. */
export type Loader = (input: InitInput) => Promise<LoadedModule>;

/** One wasm file and whether it is there yet. */
export class Runtime {
	readonly #entry: string;
	readonly #instantiate: Instantiate;
	readonly #sentences: Sentences;
	#loading: Promise<void> | undefined;
	#ready = false;

	constructor(entry: string, instantiate: Instantiate, sentences: Sentences) {
		this.#entry = entry;
		this.#instantiate = instantiate;
		this.#sentences = sentences;
	}

	/** Idempotent; a failed attempt can be repeated. */
	init(load: Loader, input: InitInput): Promise<void> {
		this.#loading ??= this.#start(load, input).catch((cause: unknown) => {
			this.#loading = undefined;
			throw cause;
		});
		return this.#loading;
	}

	/** Runs `body` on the loaded module and turns what it throws into a `GatepassError`. */
	run<T>(body: () => T): T {
		if (!this.#ready) {
			throw new GatepassError(
				'not_initialised',
				`Call \`await init()\` from '${this.#entry}' once before anything else.`,
			);
		}
		try {
			return body();
		} catch (cause) {
			throw toGatepassError(cause, this.#sentences);
		}
	}

	async #start(load: Loader, input: InitInput): Promise<void> {
		try {
			await this.#instantiate({ module_or_path: await load(input) });
		} catch (cause) {
			if (cause instanceof GatepassError) throw cause;
			throw new GatepassError(
				'init_failed',
				`The wasm file of '${this.#entry}' could not be compiled. ` +
					"A Content-Security-Policy must allow it with script-src 'wasm-unsafe-eval'.",
				{ cause },
			);
		}
		this.#ready = true;
	}
}

/** A number, or what no call takes for one: the glue would count `null` as 0 and `true` as 1. */
export function strict(value: unknown): number {
	return typeof value === 'number' ? value : Number.NaN;
}

/** A handle into wasm memory that ends with `free`. */
export class Handle<Raw extends { free(): void }> {
	readonly #runtime: Runtime;
	#raw: Raw | undefined;

	constructor(runtime: Runtime, make: () => Raw) {
		this.#runtime = runtime;
		this.#raw = runtime.run(make);
	}

	run<T>(body: (raw: Raw) => T): T {
		return this.#runtime.run(() => body(this.raw));
	}

	get raw(): Raw {
		if (this.#raw === undefined) {
			throw new GatepassError('freed', 'This object was used after free().');
		}
		return this.#raw;
	}

	free(): void {
		this.#raw?.free();
		this.#raw = undefined;
	}
}

/** The wasm file throws its code, as a string or with a place; anything else is a bug. */
function toGatepassError(cause: unknown, sentences: Sentences): GatepassError {
	if (cause instanceof GatepassError) return cause;
	const thrown: unknown = typeof cause === 'string' ? { code: cause } : Object(cause);
	const { code, ...place } = thrown as { readonly code?: ErrorCode } & ErrorPlace;
	const sentence = code && sentences[code];
	return code === undefined || sentence === undefined
		? new GatepassError('internal', 'Something failed inside gatepass that never should.', { cause })
		: new GatepassError(code, sentence, place);
}
