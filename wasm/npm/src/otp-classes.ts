// Totp and Hotp are in both builds; the entry decides which wasm module they run on.

import type { RejectionCode } from './codes.js';
import { Handle, type Runtime, strict } from './runtime.js';
import type { Algorithm, Codes, HotpOptions, TotpOptions, Verification, VerifyOptions } from './types.js';

/** The class of a generated module behind both. Decimal codes cross the border as numbers, the quickest way. */
interface RawOtp {
	free(): void;
	generate(nowMs: number, steps: number): number | undefined;
	hotp(counter: number): number;
	remainingMs(nowMs: number): number;
	verify(code: string, nowMs: number, window: number, lastStep?: number): object;
}

/** The part of a generated module that this file needs. */
export interface RawOtpModule {
	readonly Otp: new (base32: Uint8Array, algorithm: Algorithm, digits: number, period: number) => RawOtp;
}

type RawVerification = { readonly step: number; readonly drift: number } | { readonly reason: RejectionCode };

export abstract class TotpBase {
	readonly #handle: Handle<RawOtp>;
	readonly #digits: number;
	readonly #periodMs: number;

	/** @internal */
	constructor(runtime: Runtime, raw: RawOtpModule, options: TotpOptions) {
		const { secret, algorithm = 'SHA1', digits = 6, period = 30 }: Partial<TotpOptions> = options ?? {};
		this.#handle = new Handle(runtime, () => new raw.Otp(utf8(secret), algorithm, strict(digits), strict(period)));
		this.#digits = digits;
		this.#periodMs = period * 1000;
	}

	/** The code at a moment. */
	generate(nowMs: number): string {
		return this.#written(nowMs, 0) as string;
	}

	/** The code at a moment, the one before, the one after, and how long it lasts. */
	codes(nowMs: number): Codes {
		const previous = this.#written(nowMs, -1);
		return {
			...(previous !== undefined && { previous }),
			current: this.generate(nowMs),
			next: this.#written(nowMs, 1) as string,
			remainingMs: this.remainingMs(nowMs),
			periodMs: this.#periodMs,
		};
	}

	/** Milliseconds until the next code. */
	remainingMs(nowMs: number): number {
		return this.#handle.run((raw) => raw.remainingMs(strict(nowMs)));
	}

	/** Whether a code is right, in constant time over the whole window. */
	verify(code: string, nowMs: number, options: VerifyOptions = {}): Verification {
		const { window = 1, lastStep } = options ?? {};
		const text = typeof code === 'string' ? code : '';
		const last = lastStep == null ? undefined : strict(lastStep);
		const found = this.#handle.run((raw) => raw.verify(text, strict(nowMs), strict(window), last) as RawVerification);
		return 'reason' in found ? { ok: false, ...found } : { ok: true, ...found };
	}

	/** Wipes the key. Done by the garbage collector too, at a time of its choosing. */
	free(): void {
		this.#handle.free();
	}

	/** The code so many steps away; undefined before the first step of time. */
	#written(nowMs: number, steps: number): string | undefined {
		const code = this.#handle.run((raw) => raw.generate(strict(nowMs), steps));
		return code === undefined ? undefined : written(code, this.#digits);
	}
}

export abstract class HotpBase {
	readonly #handle: Handle<RawOtp>;
	readonly #digits: number;

	/** @internal */
	constructor(runtime: Runtime, raw: RawOtpModule, options: HotpOptions) {
		const { secret, algorithm = 'SHA1', digits = 6 }: Partial<HotpOptions> = options ?? {};
		this.#handle = new Handle(runtime, () => new raw.Otp(utf8(secret), algorithm, strict(digits), 30));
		this.#digits = digits;
	}

	/** The code for a counter value: a whole number from 0 to `Number.MAX_SAFE_INTEGER`. */
	generate(counter: number): string {
		return written(
			this.#handle.run((raw) => raw.hotp(strict(counter))),
			this.#digits,
		);
	}

	/** Wipes the key. */
	free(): void {
		this.#handle.free();
	}
}

/** The bytes of a secret, which the wasm side wipes after reading them. What is no text becomes one that is refused. */
export function utf8(secret: unknown): Uint8Array {
	return new TextEncoder().encode(typeof secret === 'string' ? secret : '!');
}

function written(code: number, digits: number): string {
	return String(code).padStart(digits, '0');
}
