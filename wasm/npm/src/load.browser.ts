import { GatepassError } from './error.js';
import type { LoadedModule } from './runtime.js';
import type { InitInput } from './types.js';

/** Fetches an address; passes on what already is a module. */
export async function load(input: InitInput): Promise<LoadedModule> {
	if (typeof input !== 'string' && !(input instanceof URL) && !(input instanceof Request)) {
		return input;
	}
	const response = await fetch(input).catch((cause: unknown) => {
		throw new GatepassError('init_failed', 'The wasm file could not be fetched.', { cause });
	});
	if (!response.ok) {
		throw new GatepassError('init_failed', `The wasm file could not be fetched: HTTP ${response.status}.`);
	}
	return response;
}
