// `gatepass/identity` for Node.
import { identity } from './identity/build.js';
import { load } from './load.node.js';
import type { InitInput } from './types.js';

export * from './identity/api.js';

/** Loads the wasm file: once, however often it is called. */
export function init(
	input: InitInput = new URL('../pkg/identity/gatepass-identity.wasm', import.meta.url),
): Promise<void> {
	return identity.init(load, input);
}
