import { readFile } from 'node:fs/promises';
import { GatepassError } from './error.js';
import { load as fetchOrPass } from './load.browser.js';
import type { LoadedModule } from './runtime.js';
import type { InitInput } from './types.js';

/** Reads `file:` addresses and paths from the disk; everything else as in a browser. */
export async function load(input: InitInput): Promise<LoadedModule> {
	const file = asFile(input);
	if (file === undefined) return fetchOrPass(input);
	return readFile(file).catch((cause: unknown) => {
		throw new GatepassError('init_failed', 'The wasm file could not be read.', { cause });
	});
}

function asFile(input: InitInput): URL | string | undefined {
	if (input instanceof URL) return input.protocol === 'file:' ? input : undefined;
	if (typeof input !== 'string') return undefined;
	if (/^https?:/.test(input)) return undefined;
	return input.startsWith('file:') ? new URL(input) : input;
}
