// The small build: one-time passwords only.
import instantiate, * as raw from '../pkg/otp/gatepass-otp.js';
import { HotpBase, TotpBase } from './otp-classes.js';
import { Runtime } from './runtime.js';
import { otpSentences } from './sentences.otp.js';
import type { HotpOptions, TotpOptions } from './types.js';

export type { ErrorCode, RejectionCode } from './codes.js';
export { GatepassError } from './error.js';
export type {
	Algorithm,
	Codes,
	HotpOptions,
	InitInput,
	TotpOptions,
	Verification,
	VerifyOptions,
} from './types.js';

export const otp = new Runtime('gatepass/otp', instantiate, otpSentences);

/** A time-based one-time password (RFC 6238) whose keyed state is kept: one object, many codes. */
export class Totp extends TotpBase {
	constructor(options: TotpOptions) {
		super(otp, raw, options);
	}
}

/** A counter-based one-time password (RFC 4226). */
export class Hotp extends HotpBase {
	constructor(options: HotpOptions) {
		super(otp, raw, options);
	}
}
