// `gatepass/otp` for bundlers and plain browsers.
import { load } from './load.browser.js';
import { otp } from './otp-build.js';
import type { InitInput } from './types.js';

export * from './otp-build.js';

/** Loads the wasm file: once, however often it is called. */
export function init(input: InitInput = new URL('../pkg/otp/gatepass-otp.wasm', import.meta.url)): Promise<void> {
	return otp.init(load, input);
}
