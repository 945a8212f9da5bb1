// `gatepass` for bundlers and plain browsers.
import { full } from './full.js';
import { load } from './load.browser.js';
import type { InitInput } from './types.js';

export * from './api.js';

/**
 * Loads the wasm file: once, however often it is called. Without an argument it is the file of this
 * package, which bundlers find by the expression below.
 */
export function init(input: InitInput = new URL('../pkg/full/gatepass.wasm', import.meta.url)): Promise<void> {
	return full.init(load, input);
}
