// Totp and Hotp are in both builds; the entry decides which wasm module they run on.

import { Handle, type Runtime } from './runtime.js';
import type { Algorithm, Codes, HotpOptions, TotpOptions, Verification, VerifyOptions } from './types.js';

interface RawTotp {
  free(): void;
  generate(nowMs: number): string;
  codes(nowMs: number): unknown;
  remainingMs(nowMs: number): number;
  verify(code: string, nowMs: number, window: number, lastStep?: number): unknown;
}

interface RawHotp {
  free(): void;
  generate(counter: number): string;
}

/** The classes of a generated module that this file needs. */
export interface RawOtpModule {
  readonly Totp: new (secret: string, algorithm: Algorithm, digits: number, period: number) => RawTotp;
  readonly Hotp: new (secret: string, algorithm: Algorithm, digits: number) => RawHotp;
}

export abstract class TotpBase {
  readonly #handle: Handle<RawTotp>;

  /** @internal */
  constructor(runtime: Runtime, raw: RawOtpModule, options: TotpOptions) {
    const { secret, algorithm = 'SHA1', digits = 6, period = 30 } = options;
    this.#handle = new Handle(runtime, () => new raw.Totp(secret, algorithm, digits, period));
  }

  /** The code at a moment. */
  generate(nowMs: number): string {
    return this.#handle.run((raw) => raw.generate(nowMs));
  }

  /** The code at a moment, the one before, the one after, and how long it lasts. */
  codes(nowMs: number): Codes {
    return this.#handle.run((raw) => raw.codes(nowMs) as Codes);
  }

  /** Milliseconds until the next code. */
  remainingMs(nowMs: number): number {
    return this.#handle.run((raw) => raw.remainingMs(nowMs));
  }

  /** Whether a code is right, in constant time over the whole window. */
  verify(code: string, nowMs: number, options: VerifyOptions = {}): Verification {
    const { window = 1, lastStep } = options;
    return this.#handle.run((raw) => raw.verify(code, nowMs, window, lastStep) as Verification);
  }

  /** Wipes the key. Done by the garbage collector too, at a time of its choosing. */
  free(): void {
    this.#handle.free();
  }
}

export abstract class HotpBase {
  readonly #handle: Handle<RawHotp>;

  /** @internal */
  constructor(runtime: Runtime, raw: RawOtpModule, options: HotpOptions) {
    const { secret, algorithm = 'SHA1', digits = 6 } = options;
    this.#handle = new Handle(runtime, () => new raw.Hotp(secret, algorithm, digits));
  }

  /** The code for a counter value: a whole number from 0 to `Number.MAX_SAFE_INTEGER`. */
  generate(counter: number): string {
    return this.#handle.run((raw) => raw.generate(counter));
  }

  /** Wipes the key. */
  free(): void {
    this.#handle.free();
  }
}
