// `gatepass/capture` for Node.
import { capture } from './capture/build.js';
import { load } from './load.node.js';
import type { InitInput } from './types.js';

export * from './capture/api.js';

/** Loads the wasm file: once, however often it is called. */
export function init(
	input: InitInput = new URL('../pkg/capture/gatepass-capture.wasm', import.meta.url),
): Promise<void> {
	return capture.init(load, input);
}
