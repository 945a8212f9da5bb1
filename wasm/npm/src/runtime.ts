// What both builds share: loading the wasm file once, a clear error before that, and one kind of error after it.

import { GatepassError } from './error.js';
import type { InitInput } from './types.js';

/** The part of a generated module that loads it. */
type Instantiate = (input: { module_or_path: LoadedModule }) => Promise<unknown>;

/** What a loader hands to the generated module. */
export type LoadedModule = Response | BufferSource | WebAssembly.Module;

/** Turns what a caller passed (or the package's own file) into something that can be instantiated. */
export type Loader = (input: InitInput) => Promise<LoadedModule>;

/** One wasm file and whether it is there yet. */
export class Runtime {
  readonly #entry: string;
  readonly #instantiate: Instantiate;
  #loading: Promise<void> | undefined;
  #ready = false;

  constructor(entry: string, instantiate: Instantiate) {
    this.#entry = entry;
    this.#instantiate = instantiate;
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
      throw toGatepassError(cause);
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

function toGatepassError(cause: unknown): GatepassError {
  if (cause instanceof GatepassError) return cause;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') {
    return new GatepassError(cause.code as GatepassError['code'], cause.message);
  }
  return new GatepassError('internal', 'Something failed inside gatepass that never should.', { cause });
}
