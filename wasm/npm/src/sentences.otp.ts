// What the codes of one-time passwords mean, for developers. Pages write their own texts by code.

import type { OtpErrorCode, PackageErrorCode, SecretErrorCode } from './codes.js';

/** Codes that never come out of a wasm file: their sentences stand where they are thrown. */
export type FacadeCode = Extract<PackageErrorCode, 'not_initialised' | 'init_failed' | 'freed' | 'internal'>;

export type OtpCallCode =
	| OtpErrorCode
	| SecretErrorCode
	| Extract<PackageErrorCode, 'invalid_time' | 'invalid_step' | 'unknown_algorithm'>;

export const timeSentence = 'A time is milliseconds since 1970, 0 or later.';

export const otpSentences: Readonly<Record<OtpCallCode, string>> = {
	empty_secret: 'The secret is empty.',
	secret_too_long: 'The secret is longer than 1024 bytes.',
	invalid_secret: 'The secret holds a character that Base32 does not have.',
	digits_out_of_range: 'A code has 5 to 10 digits.',
	period_out_of_range: 'A period is 1 to 86400 whole seconds.',
	counter_out_of_range: 'A counter is a whole number from 0 to Number.MAX_SAFE_INTEGER.',
	window_out_of_range: 'A window is 0 to 10 whole steps.',
	invalid_time: timeSentence,
	invalid_step: 'A time step is a whole number, 0 or greater.',
	unknown_algorithm: "An algorithm is 'SHA1', 'SHA256' or 'SHA512'.",
};
