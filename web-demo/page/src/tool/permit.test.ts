import { generateKeyPairSync, sign, webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPermit, type Expectation, type PermitCheck } from './permit';

const issuer = 'https://portal.example';
const now = 1_800_000_000;
const subtle = webcrypto.subtle as unknown as SubtleCrypto;

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const keySet = {
	keys: [
		{ kty: 'RSA', kid: 'rsa', n: 'x', e: 'AQAB' },
		{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'EdDSA' },
	],
};
const claims = {
	iss: issuer,
	sub: '0190',
	aud: 'gatepass-tool',
	workshop: 'Bil & Däck',
	brand: 'vag',
	tool: 'GP-1',
	jti: '0191',
	iat: now,
	nbf: now,
	exp: now + 600,
};
const head = { alg: 'EdDSA', typ: 'gatepass-permit+jwt', kid: 'one' };
const expected: Expectation = { issuer, tool: 'GP-1', brand: 'vag', now: now * 1_000 };

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function permit(body: object = claims, header: object = head, key = ours.privateKey): string {
	const text = `${part(header)}.${part(body)}`;
	return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}
const check = (text: string, other: Partial<Expectation> = {}, set: unknown = keySet): Promise<PermitCheck> =>
	checkPermit(text, set, { ...expected, ...other }, subtle);
const refused = (reason: string) => ({ state: 'refused', reason });

describe('a permit in the page', () => {
	it('is good by the key set alone, until its last second', async () => {
		expect(await check(permit())).toEqual({ state: 'valid', claims });
		expect(await check(permit(), { now: (now + 599) * 1_000 })).toMatchObject({ state: 'valid' });
		expect(await check(permit(), { now: (now + 600) * 1_000 })).toEqual(refused('expired'));
	});

	it('of this very portal survives that its name is written in two ways on one computer', async () => {
		const local = permit({ ...claims, iss: 'http://localhost:8080' });
		expect(await check(local, { issuer: 'http://127.0.0.1:8080' })).toMatchObject({ state: 'valid' });
		expect(await check(local, { issuer: 'http://127.0.0.1:9090' })).toEqual(refused('other_issuer'));
	});

	it('never stays good when one character is changed', async () => {
		const good = permit();
		// Also neighbours that differ only in bits that no byte uses.
		const letters = ['A', 'B', 'Q', 'R', 'g', 'h', 'w', 'x', '-', '.'];
		const altered = Array.from(good).flatMap((_, at) =>
			letters.map((letter) => good.slice(0, at) + letter + good.slice(at + 1)).filter((text) => text !== good),
		);
		const results = await Promise.all(altered.map((text) => check(text)));
		expect(results.filter((result) => result.state !== 'refused')).toEqual([]);
	});

	it.each([
		['signed by someone else', permit(claims, head, theirs.privateKey), {}, 'signature'],
		['by a key that is not published', permit(claims, { ...head, kid: 'two' }), {}, 'unknown_key'],
		['by a key of another kind', permit(claims, { ...head, kid: 'rsa' }), {}, 'unknown_key'],
		['that asks not to be checked', permit(claims, { ...head, alg: 'none' }), {}, 'algorithm'],
		['that is another kind of token', permit(claims, { ...head, typ: 'JWT' }), {}, 'algorithm'],
		['for another tool', permit(), { tool: 'GP-2' }, 'other_tool'],
		['for another brand', permit(), { brand: 'renault' }, 'other_brand'],
		['of another portal', permit({ ...claims, iss: 'https://other.example' }), {}, 'other_issuer'],
		['for another audience', permit({ ...claims, aud: 'someone' }), {}, 'malformed'],
		['with a life of an hour', permit({ ...claims, exp: now + 3_600 }), {}, 'too_long'],
		['from the future', permit({ ...claims, nbf: now + 31 }), {}, 'not_yet'],
		['without an end', permit({ ...claims, exp: undefined }), {}, 'malformed'],
		['that is no permit', 'hello', {}, 'malformed'],
		['that is empty', '', {}, 'malformed'],
	])('%s is refused by its name', async (_name, text, other, reason) => {
		expect(await check(text, other)).toEqual(refused(reason));
	});

	it('is not called genuine where the browser cannot check it', async () => {
		const without = {
			importKey: () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError')),
		} as unknown as SubtleCrypto;
		expect(await checkPermit(permit(), keySet, expected, without)).toEqual({ state: 'unchecked', claims });
		expect(await checkPermit(permit(), keySet, expected, undefined)).toEqual({ state: 'unchecked', claims });
		// The rest is still judged.
		expect(await checkPermit(permit(), keySet, { ...expected, brand: 'x' }, undefined)).toEqual(refused('other_brand'));
	});

	it('does not trust a damaged key set', async () => {
		for (const set of [null, [], {}, { keys: {} }, { keys: [null, 1, { kid: 'one' }] }]) {
			expect(await check(permit(), {}, set)).toEqual(refused('unknown_key'));
		}
		const short = { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'one', x: 'AAAA' }] };
		expect(await check(permit(), {}, short)).toEqual(refused('signature'));
	});
});
