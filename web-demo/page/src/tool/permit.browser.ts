import { expect, it } from 'vitest';
import { checkPermit } from './permit';

const encode = (bytes: Uint8Array) =>
	btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
const part = (value: unknown) => encode(new TextEncoder().encode(JSON.stringify(value)));

it('the browser itself checks a permit, and sees that one was altered', async () => {
	const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
	const key = await crypto.subtle.exportKey('jwk', pair.publicKey);
	const now = Math.floor(Date.now() / 1_000);
	const claims = {
		iss: location.origin,
		sub: '1',
		aud: 'gatepass-tool',
		workshop: 'Bil & Däck',
		brand: 'vag',
		tool: 'GP-1',
		jti: '2',
		iat: now,
		nbf: now,
		exp: now + 600,
	};
	const text = `${part({ alg: 'EdDSA', typ: 'gatepass-permit+jwt', kid: 'k' })}.${part(claims)}`;
	const signature = new Uint8Array(
		await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(text)),
	);
	const keys = { keys: [{ ...key, kid: 'k' }] };
	const expected = { issuer: location.origin, tool: 'GP-1', brand: 'vag', now: now * 1_000 };

	const good = await checkPermit(`${text}.${encode(signature)}`, keys, expected, crypto.subtle);
	expect(good).toEqual({ state: 'valid', claims });

	signature[0] = (signature[0] ?? 0) ^ 1;
	const altered = await checkPermit(`${text}.${encode(signature)}`, keys, expected, crypto.subtle);
	expect(altered).toEqual({ state: 'refused', reason: 'signature' });
});
