import * as raw from '../pkg/full/gatepass.js';
import { full } from './full.js';
import { HotpBase, TotpBase } from './otp-classes.js';
import type { HotpOptions, TotpOptions } from './types.js';

/** A time-based one-time password (RFC 6238) whose keyed state is kept: one object, many codes. */
export class Totp extends TotpBase {
	constructor(options: TotpOptions) {
		super(full, raw, options);
	}
}

/** A counter-based one-time password (RFC 4226). */
export class Hotp extends HotpBase {
	constructor(options: HotpOptions) {
		super(full, raw, options);
	}
}
