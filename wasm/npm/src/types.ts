// The shapes that cross the border. Times are milliseconds since 1970 as `number`, codes are strings
// (a leading zero is part of a code), and every union is closed.

import type { OtpAccount } from './accounts.js';
import type {
	Advice,
	EntryErrorCode,
	LeftOutCode,
	OtherKind,
	OtpauthReason,
	OtpauthWarning,
	RejectionCode,
} from './codes.js';

/** HMAC hash of a one-time password (RFC 6238 §1.2). */
export type Algorithm = 'SHA1' | 'SHA256' | 'SHA512';

/** What an account rolls: by time, by counter, or Steam's five letters by time. */
export type AccountType = 'totp' | 'hotp' | 'steam';

/** Error correction of a QR code: about 7, 15, 25 or 30 % of it may be lost. */
export type EcLevel = 'L' | 'M' | 'Q' | 'H';

/** Where the wasm file comes from, or the file itself. */
export type InitInput = URL | string | Request | Response | BufferSource | WebAssembly.Module;

/** The codes around one moment. */
export interface Codes {
	/** Code of the step before; absent in the very first step. */
	readonly previous?: string;
	readonly current: string;
	readonly next: string;
	/** Milliseconds until `next` becomes `current`: more than 0, at most `periodMs`. */
	readonly remainingMs: number;
	readonly periodMs: number;
}

/** A pixel position in the picture that was handed in; fractions are possible. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** A kind of document that a person can be identified by. */
export type DocumentKind = 'passport' | 'licence' | 'permit';

/** One QR code that was read. */
export interface QrFound {
	/** Personal data: may be an otpauth URI, which is a secret. Never log it. */
	readonly text: string;
	/** Top left, top right, bottom right, bottom left of the code as the code sees itself. */
	readonly corners: readonly [Point, Point, Point, Point];
}

/** A picture as grey values: 0 = black, one byte per pixel, `stride` bytes from row to row. */
export interface LumaImage {
	readonly luma: Uint8Array;
	readonly width: number;
	readonly height: number;
	/** Default: `width`. */
	readonly stride?: number;
}

/** A picture as RGBA, the shape of the browser's `ImageData` (which can be passed as it is). */
export interface RgbaImage {
	readonly data: Uint8ClampedArray | Uint8Array;
	readonly width: number;
	readonly height: number;
}

/** A QR code to draw. */
export interface QrMatrix {
	/** Modules per side, without a quiet zone. */
	readonly size: number;
	/** `size × size` bytes, row by row: 1 = dark. */
	readonly modules: Uint8Array;
	/** Black on white with a quiet zone of four modules and a `viewBox`, no style and no script in it. */
	readonly svg: string;
}

/** What a scanner can look at. */
export type ScanSource =
	| HTMLVideoElement
	| HTMLImageElement
	| HTMLCanvasElement
	| OffscreenCanvas
	| ImageBitmap
	| VideoFrame;

/** What became of an otpauth URI. Nothing is ever substituted in silence. */
export type OtpauthVerdict =
	| { readonly verdict: 'accept'; readonly account: OtpAccount }
	| {
			readonly verdict: 'acceptWithWarnings';
			readonly account: OtpAccount;
			readonly warnings: readonly OtpauthWarning[];
	  }
	| {
			readonly verdict: 'reject';
			readonly reason: OtpauthReason;
			/** What it is instead; only with the reason `other_kind`. */
			readonly otherKind?: OtherKind;
			/** What the person can do; only with the reason `other_kind`. */
			readonly advice?: Advice;
	  };

export interface ParseOptions {
	/** `scanner` (default): at most 2048 characters. `import`: at most 8192. */
	readonly limit?: 'scanner' | 'import';
	/** Refuse what the drafts of the URI format forbid instead of warning. Default: false. */
	readonly strict?: boolean;
}

/** The parts of an account typed in by hand. */
export type OtpAccountParts =
	| {
			readonly type?: 'totp';
			readonly secret: string;
			readonly account: string;
			readonly issuer?: string;
			readonly algorithm?: Algorithm;
			readonly digits?: number;
			/** Seconds. */
			readonly period?: number;
	  }
	| {
			readonly type: 'hotp';
			readonly secret: string;
			readonly account: string;
			readonly issuer?: string;
			readonly algorithm?: Algorithm;
			readonly digits?: number;
			readonly counter?: number;
	  }
	| {
			readonly type: 'steam';
			readonly secret: string;
			readonly account: string;
			readonly issuer?: string;
	  };

/** What `verify` found. */
export type Verification =
	| {
			readonly ok: true;
			/** Time step of the code: store it and pass it as `lastStep` next time, so that a code works once. */
			readonly step: number;
			/** Steps between the code and `nowMs`: negative = the person's clock is behind. */
			readonly drift: number;
	  }
	| { readonly ok: false; readonly reason: RejectionCode };

export interface VerifyOptions {
	/** Steps allowed on either side of now: 0 to 10, default 1. */
	readonly window?: number;
	/** Step of the last accepted code. */
	readonly lastStep?: number;
}

export interface TotpOptions {
	/** Base32; small letters, spaces, dashes and padding are fine. */
	readonly secret: string;
	/** Default `SHA1`, which every authenticator app honours. */
	readonly algorithm?: Algorithm;
	/** 5 to 10, default 6. */
	readonly digits?: number;
	/** Seconds: 1 to 86400, default 30. */
	readonly period?: number;
}

export interface HotpOptions {
	/** Base32; small letters, spaces, dashes and padding are fine. */
	readonly secret: string;
	/** Default `SHA1`. */
	readonly algorithm?: Algorithm;
	/** 5 to 10, default 6. */
	readonly digits?: number;
}

/** How a collection of migration codes stands after one more scan. */
export interface MigrationProgress {
	/** `otherExport`: the code belongs to another export and was not added. */
	readonly state: 'collecting' | 'complete' | 'otherExport';
	readonly scanned: number;
	readonly total: number;
}

/** One account of an export, or why this one cannot be taken over (the others can). */
export type MigrationEntry =
	| { readonly account: OtpAccount; readonly warnings: readonly OtpauthWarning[] }
	| {
			readonly error: EntryErrorCode;
			/** Personal data: the account's name as far as it could be read; may be empty. */
			readonly label: string;
	  };

export interface MigrationExport {
	/** `otpauth-migration` URIs, at most ten accounts in each: one QR code per URI. Each is a secret. */
	readonly uris: readonly string[];
	/** What the format cannot say, by index into the accounts that were passed. */
	readonly leftOut: readonly { readonly index: number; readonly reason: LeftOutCode }[];
}

/** Argon2id cost. Default: 64 MiB, 3 passes, 1 lane; never below 19 MiB and 2 passes. */
export interface KdfCost {
	readonly memoryKib: number;
	readonly iterations: number;
	readonly parallelism: number;
}

/**
 * How an account that may be added relates to those of a vault. `same`: its secret is there, under whatever names;
 * `sameName`: another secret is there under its names.
 */
export type Likeness = 'new' | 'same' | 'sameName';

/** An account in the vault as a list shows it. There is no secret in it. */
export interface VaultEntry {
	/** 32 hexadecimal digits. */
	readonly id: string;
	readonly type: AccountType;
	/** Personal data. */
	readonly issuer?: string;
	/** Personal data: often an e-mail address. */
	readonly account: string;
	readonly algorithm: Algorithm;
	readonly digits: number;
	/** Seconds; absent for `hotp`. */
	readonly period?: number;
	/** Counter of the next code; only for `hotp`. */
	readonly counter?: number;
}
