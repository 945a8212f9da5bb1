// `gatepass` for Node.
import { full } from './full.js';
import { load } from './load.node.js';
import type { InitInput } from './types.js';

export * from './api.js';

/** Loads the wasm file: once, however often it is called. */
export function init(input: InitInput = new URL('../pkg/full/gatepass.wasm', import.meta.url)): Promise<void> {
	return full.init(load, input);
}
