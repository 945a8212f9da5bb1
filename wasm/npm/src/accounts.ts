import * as raw from '../pkg/full/gatepass.js';
import type { Advice, OtherKind, OtpauthReason, OtpauthWarning } from './codes.js';
import { GatepassError } from './error.js';
import { full } from './full.js';
import { utf8 } from './otp-classes.js';
import { Handle, strict } from './runtime.js';
import { sentences } from './sentences.js';
import type { AccountType, Algorithm, Codes, OtpAccountParts, OtpauthVerdict, ParseOptions } from './types.js';

/** One account of an authenticator. It holds a secret: nothing here shows it but `toUri`. */
export class OtpAccount {
	readonly #handle: Handle<raw.OtpAccount>;

	private constructor(make: () => raw.OtpAccount) {
		this.#handle = new Handle(full, make);
	}

	/** An account from parts typed in by hand. Throws with the code of the part that is wrong. */
	static fromParts(parts: OtpAccountParts): OtpAccount {
		return new OtpAccount(() => make(parts));
	}

	/** @internal */
	static wrap(account: raw.OtpAccount): OtpAccount {
		return new OtpAccount(() => account);
	}

	/** @internal */
	static unwrap(account: OtpAccount): raw.OtpAccount {
		return account.#handle.raw;
	}

	get type(): AccountType {
		return this.#handle.run((account) => account.type);
	}

	/** Personal data. */
	get issuer(): string | undefined {
		return this.#handle.run((account) => account.issuer);
	}

	/** Personal data: often an e-mail address. */
	get account(): string {
		return this.#handle.run((account) => account.account);
	}

	get algorithm(): Algorithm {
		return this.#handle.run((account) => account.algorithm);
	}

	get digits(): number {
		return this.#handle.run((account) => account.digits);
	}

	/** Seconds; undefined for `hotp`. */
	get period(): number | undefined {
		return this.#handle.run((account) => account.period);
	}

	/** Counter of the next code; only for `hotp`. */
	get counter(): number | undefined {
		return this.#handle.run((account) => account.counter);
	}

	/** The codes around a moment. Throws `not_time_based` for `hotp`: its codes roll on request (`Vault.nextHotp`). */
	codes(nowMs: number): Codes {
		return this.#handle.run((account) => account.codes(strict(nowMs)) as Codes);
	}

	/** The otpauth URI. It holds the secret: show it to its owner only, never log it. */
	toUri(): string {
		return this.#handle.run((account) => account.toUri());
	}

	/** Wipes the secret. Done by the garbage collector too, at a time of its choosing. */
	free(): void {
		this.#handle.free();
	}
}

function make(parts: OtpAccountParts): raw.OtpAccount {
	const { secret, account, issuer = '' } = parts;
	if (parts.type === 'steam') return raw.OtpAccount.steam(utf8(secret), issuer, account);
	const { algorithm = 'SHA1', digits = 6 } = parts;
	switch (parts.type) {
		case 'hotp':
			return raw.OtpAccount.hotp(utf8(secret), issuer, account, algorithm, strict(digits), strict(parts.counter ?? 0));
		case 'totp':
		case undefined:
			return raw.OtpAccount.totp(utf8(secret), issuer, account, algorithm, strict(digits), strict(parts.period ?? 30));
		default:
			throw new GatepassError('unknown_type', sentences.unknown_type);
	}
}

/**
 * Frees an account whose counter JavaScript would round: it would show the code of another counter as its own.
 * @internal
 */
export function countable(account: raw.OtpAccount): boolean {
	const fits = (account.counter ?? 0) <= Number.MAX_SAFE_INTEGER;
	if (!fits) account.free();
	return fits;
}

type RawVerdict =
	| { verdict: 'accept'; account: raw.OtpAccount }
	| { verdict: 'acceptWithWarnings'; account: raw.OtpAccount; warnings: OtpauthWarning[] }
	| { verdict: 'reject'; reason: OtpauthReason; otherKind?: OtherKind; advice?: Advice };

/**
 * Reads an otpauth URI: accepted, accepted with named warnings, or rejected with a named reason. Never throws for a bad URI.
 * A counter above `Number.MAX_SAFE_INTEGER` is rejected with `invalid_counter`.
 */
export function parseOtpauth(text: string, options: ParseOptions = {}): OtpauthVerdict {
	const { limit = 'scanner', strict: drafts = false } = options ?? {};
	const uri = typeof text === 'string' ? text : '';
	const found = full.run(() => raw.parseOtpauth(uri, limit, drafts) as RawVerdict);
	if (found.verdict === 'reject') return found;
	return countable(found.account)
		? { ...found, account: OtpAccount.wrap(found.account) }
		: { verdict: 'reject', reason: 'invalid_counter' };
}
