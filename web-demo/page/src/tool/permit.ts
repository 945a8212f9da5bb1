/** What a permit says, after every check. Times are Unix seconds (RFC 7519). */
export interface Claims {
	readonly iss: string;
	readonly sub: string;
	readonly aud: 'gatepass-tool';
	/** Personal data: the technician's workshop. */
	readonly workshop: string;
	readonly brand: string;
	/** The tool's serial number. */
	readonly tool: string;
	readonly jti: string;
	readonly iat: number;
	readonly nbf: number;
	readonly exp: number;
}

/** Why a permit is not good. Each has words of its own on the page. */
export type Refusal =
	/** Not three base64url parts with the documented claims. */
	| 'malformed'
	/** Not EdDSA, or not a permit at all: the token does not choose how it is checked. */
	| 'algorithm'
	/** The key set has no key of that name. */
	| 'unknown_key'
	/** The signature does not fit: it was altered, or signed by someone else. */
	| 'signature'
	/** Another portal, another tool, another brand, or a longer life than permits have. */
	| 'other_issuer'
	| 'other_tool'
	| 'other_brand'
	| 'too_long'
	/** By this computer's clock it is not valid yet, or not any more. */
	| 'not_yet'
	| 'expired';

export type PermitCheck =
	| { readonly state: 'valid'; readonly claims: Claims }
	| { readonly state: 'refused'; readonly reason: Refusal }
	/** The browser has no Ed25519: the signature was NOT checked. `claims` are what the text says, unproved. */
	| { readonly state: 'unchecked'; readonly claims: Claims };

export interface Expectation {
	/** The portal's origin. */
	readonly issuer: string;
	readonly tool: string;
	readonly brand: string;
	/** Unix time in milliseconds. */
	readonly now: number;
}

/** The longest life of a permit, in seconds. */
const longestLife = 600;

/** How far ahead the portal's clock may run, in seconds. At the end of a permit's life nothing is forgiven. */
const early = 30;

/**
 * Checks a permit as a tool does offline: with the portal's key set (RFC 7517, RFC 8037), what it expects and the time.
 * `subtle` is absent outside secure contexts.
 */
export async function checkPermit(
	permit: string,
	keySet: unknown,
	expected: Expectation,
	subtle: SubtleCrypto | undefined,
): Promise<PermitCheck> {
	const parts = permit.split('.');
	const [header, payload, signature] = parts;
	if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
		return refused('malformed');
	}
	const head = record(parse(header));
	const bytes = base64url(signature);
	const claims = claimsOf(parse(payload));
	if (head === undefined || bytes === undefined || claims === undefined) return refused('malformed');
	if (head.alg !== 'EdDSA' || head.typ !== 'gatepass-permit+jwt') return refused('algorithm');
	const key = typeof head.kid === 'string' ? findKey(keySet, head.kid) : undefined;
	if (key === undefined) return refused('unknown_key');

	const signed = new TextEncoder().encode(`${header}.${payload}`);
	const proof = await verifySignature(key, bytes, signed, subtle);
	if (proof === 'wrong') return refused('signature');

	const now = expected.now / 1_000;
	if (!sameIssuer(claims.iss, expected.issuer)) return refused('other_issuer');
	if (claims.tool !== expected.tool) return refused('other_tool');
	if (claims.brand !== expected.brand) return refused('other_brand');
	if (claims.exp - claims.iat > longestLife) return refused('too_long');
	if (claims.nbf > now + early) return refused('not_yet');
	if (claims.exp <= now) return refused('expired');
	return { state: proof === 'right' ? 'valid' : 'unchecked', claims };
}

function refused(reason: Refusal): PermitCheck {
	return { state: 'refused', reason };
}

async function verifySignature(
	key: JsonWebKey,
	signature: Uint8Array<ArrayBuffer>,
	signed: Uint8Array<ArrayBuffer>,
	subtle: SubtleCrypto | undefined,
): Promise<'right' | 'wrong' | 'unsupported'> {
	if (subtle === undefined) return 'unsupported';
	let publicKey: CryptoKey;
	try {
		publicKey = await subtle.importKey('jwk', key, 'Ed25519', false, ['verify']);
	} catch (error) {
		// Browsers without Ed25519 say so by this name; a damaged key is another error.
		return error instanceof DOMException && error.name === 'NotSupportedError' ? 'unsupported' : 'wrong';
	}
	return (await subtle.verify('Ed25519', publicKey, signature, signed)) ? 'right' : 'wrong';
}

/** Only the fields that define the key: whatever else an issuer writes into its set cannot change the check. */
function findKey(keySet: unknown, kid: string): JsonWebKey | undefined {
	const keys = record(keySet)?.keys;
	if (!Array.isArray(keys)) return undefined;
	for (const candidate of keys) {
		const key = record(candidate);
		if (key?.kid === kid && key.kty === 'OKP' && key.crv === 'Ed25519' && typeof key.x === 'string') {
			return { kty: 'OKP', crv: 'Ed25519', x: key.x };
		}
	}
	return undefined;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The same origin; the names of this computer count as one. */
function sameIssuer(issuer: string, origin: string): boolean {
	if (!URL.canParse(issuer) || !URL.canParse(origin)) return false;
	const [a, b] = [new URL(issuer), new URL(origin)];
	if (a.origin === b.origin) return true;
	return a.protocol === b.protocol && a.port === b.port && loopback.has(a.hostname) && loopback.has(b.hostname);
}

function claimsOf(value: unknown): Claims | undefined {
	const claims = record(value);
	if (claims === undefined || claims.aud !== 'gatepass-tool') return undefined;
	const { iss, sub, workshop, brand, tool, jti, iat, nbf, exp } = claims;
	if (
		typeof iss !== 'string' ||
		typeof sub !== 'string' ||
		typeof workshop !== 'string' ||
		typeof brand !== 'string' ||
		typeof tool !== 'string' ||
		typeof jti !== 'string' ||
		!isTime(iat) ||
		!isTime(nbf) ||
		!isTime(exp)
	) {
		return undefined;
	}
	return { iss, sub, aud: 'gatepass-tool', workshop, brand, tool, jti, iat, nbf, exp };
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function record(value: unknown): Record<string, unknown> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
}

function parse(part: string): unknown {
	const bytes = base64url(part);
	if (bytes === undefined) return undefined;
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return undefined;
	}
}

/** RFC 4648 §5 without padding, in its one normal form: bits that no byte uses are zero. */
function base64url(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return undefined;
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	const normal = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
	if (normal !== text) return undefined;
	return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
