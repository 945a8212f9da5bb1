// The vectors of tests/vectors, run on the packed and installed package in Node.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { install, use, vector } from './customer.mjs';

const folder = install();

for (const entry of ['gatepass', 'gatepass/otp']) {
	describe(entry, () => {
		/** @type {typeof import('gatepass/otp')} */
		let gatepass;

		before(async () => {
			gatepass = await use(folder, entry);
		});

		it('says what to do when it is used too early', () => {
			assert.throws(
				() => new gatepass.Totp({ secret: 'JBSWY3DPEHPK3PXP' }),
				(error) =>
					error instanceof gatepass.GatepassError &&
					error.code === 'not_initialised' &&
					error.message.includes(`await init()`) &&
					error.message.includes(`'${entry}'`),
			);
		});

		it('loads once, however often it is asked to', async () => {
			await Promise.all([gatepass.init(), gatepass.init()]);
			await gatepass.init('/nowhere/at-all.wasm');
		});

		it('makes the codes of RFC 6238', () => {
			const { digits, period, cases } = vector('rfc6238.json');
			assert.equal(cases.length, 18);
			for (const { time, algorithm, secret, step, code } of cases) {
				const totp = new gatepass.Totp({ secret, algorithm, digits, period });
				assert.equal(totp.generate(time * 1000), code);
				assert.deepEqual(totp.verify(code, time * 1000), { ok: true, step, drift: 0 });
				assert.deepEqual(totp.verify(code, time * 1000, { lastStep: step }), { ok: false, reason: 'reused' });
				totp.free();
			}
		});

		it('makes the codes of RFC 4226', () => {
			const { algorithm, digits, secret, cases } = vector('rfc4226.json');
			const hotp = new gatepass.Hotp({ secret, algorithm, digits });
			assert.deepEqual(
				cases.map(({ counter }) => hotp.generate(counter)),
				cases.map(({ code }) => code),
			);
			hotp.free();
		});

		it('shows the codes around a moment and the time left, to the millisecond', () => {
			const totp = new gatepass.Totp({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
			const at = 1_700_000_012_345;
			assert.deepEqual(totp.codes(at), {
				previous: totp.generate(at - 30_000),
				current: totp.generate(at),
				next: totp.generate(at + 30_000),
				remainingMs: 30_000 - (at % 30_000),
				periodMs: 30_000,
			});
			assert.equal('previous' in totp.codes(0), false);
		});

		it('finds a code of the next step and tells a wrong one from no code at all', () => {
			const totp = new gatepass.Totp({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
			const at = 1_700_000_000_000;
			assert.deepEqual(totp.verify(totp.generate(at + 30_000), at), {
				ok: true,
				step: Math.floor(at / 30_000) + 1,
				drift: 1,
			});
			assert.deepEqual(totp.verify(totp.generate(at + 90_000), at), { ok: false, reason: 'wrong' });
			assert.deepEqual(totp.verify('12345', at), { ok: false, reason: 'malformed' });
			assert.deepEqual(totp.verify(null, at, null), { ok: false, reason: 'malformed' });
		});

		it('refuses what it cannot mean, by name', () => {
			const { Hotp, Totp } = gatepass;
			const secret = 'JBSWY3DPEHPK3PXP';
			const cases = {
				empty_secret: () => new Totp({ secret: ' ' }),
				secret_too_long: () => new Totp({ secret: 'A'.repeat(4000) }),
				invalid_secret: () => new Totp({ secret: 'CQ1HUXJ2VWDI8WFF' }),
				digits_out_of_range: () => new Totp({ secret, digits: 262 }),
				period_out_of_range: () => new Totp({ secret, period: 0.5 }),
				counter_out_of_range: () => new Hotp({ secret }).generate(-1),
				window_out_of_range: () => new Totp({ secret }).verify('123456', 0, { window: 11 }),
				invalid_time: () => new Totp({ secret }).generate(Number.NaN),
				invalid_step: () => new Totp({ secret }).verify('123456', 0, { lastStep: -1 }),
				unknown_algorithm: () => new Totp({ secret, algorithm: 'MD5' }),
				'invalid_secret of null': () => new Totp({ secret: null }),
				'invalid_secret of true': () => new Totp({ secret: true }),
				'invalid_secret of nothing': () => new Hotp(null),
				'digits_out_of_range of null': () => new Totp({ secret, digits: null }),
				'counter_out_of_range of null': () => new Hotp({ secret }).generate(null),
				'invalid_time of null': () => new Totp({ secret }).generate(null),
				'invalid_time of a text': () => new Totp({ secret }).verify('123456', '59000', null),
				freed: () => {
					const totp = new Totp({ secret });
					totp.free();
					totp.free();
					totp.generate(0);
				},
			};
			for (const [code, call] of Object.entries(cases)) {
				assert.throws(
					call,
					(error) =>
						error instanceof gatepass.GatepassError &&
						error.code === code.split(' ')[0] &&
						!error.message.includes(secret),
					code,
				);
			}
		});
	});
}

describe('gatepass: accounts', () => {
	/** @type {typeof import('gatepass')} */
	let gatepass;

	before(async () => {
		gatepass = await use(folder, 'gatepass');
		await gatepass.init();
	});

	it('reads every URI of the corpus as the other surfaces do', () => {
		const { defaults, cases } = vector('otpauth.json');
		assert.ok(cases.length >= 200);
		for (const wanted of cases) {
			const { limit, strict } = { ...defaults, ...wanted };
			const found = gatepass.parseOtpauth(wanted.uri, { limit, strict });
			assert.equal(found.verdict, wanted.verdict, wanted.name);
			if (found.verdict === 'reject') {
				assert.equal(found.reason, wanted.reason, wanted.name);
				continue;
			}
			assert.deepEqual([...(found.warnings ?? [])].sort(), [...(wanted.warnings ?? [])].sort(), wanted.name);
			const { account } = found;
			for (const part of ['type', 'issuer', 'account', 'algorithm', 'digits', 'period', 'counter']) {
				if (wanted[part] !== undefined) assert.equal(account[part] ?? '', wanted[part], `${wanted.name}: ${part}`);
			}
			if (wanted.normalForm !== undefined) assert.equal(account.toUri(), wanted.normalForm, wanted.name);
			// The edge of the corpus lies beyond the milliseconds that JavaScript counts.
			if (wanted.at * 1000 <= Number.MAX_SAFE_INTEGER && wanted.code !== undefined && account.type !== 'hotp') {
				assert.equal(account.codes(wanted.at * 1000).current, wanted.code, wanted.name);
			}
		}
	});

	it('reads every export of the corpus, entry by entry', () => {
		for (const wanted of vector('migration.json').cases) {
			if (wanted.error !== undefined) {
				assert.throws(() => gatepass.parseMigration(wanted.uri), { code: wanted.error }, wanted.name);
				continue;
			}
			const entries = gatepass.parseMigration(wanted.uri);
			assert.equal(entries.length, wanted.entries.length, wanted.name);
			entries.forEach((entry, index) => {
				const expected = wanted.entries[index];
				if ('error' in entry) {
					assert.equal(entry.error, expected.error, wanted.name);
					return;
				}
				assert.deepEqual(entry.warnings, expected.warnings ?? [], wanted.name);
				assert.equal(entry.account.account, expected.account, wanted.name);
				if (expected.code !== undefined && expected.at !== undefined && entry.account.type !== 'hotp') {
					assert.equal(entry.account.codes(expected.at * 1000).current, expected.code, wanted.name);
				}
			});
		}
	});

	it('makes an account from parts, and says which part is wrong', () => {
		const { OtpAccount } = gatepass;
		const totp = OtpAccount.fromParts({ secret: 'jbsw y3dp-ehpk3pxp', issuer: 'ACME', account: 'alice@example.com' });
		assert.equal(
			totp.toUri(),
			'otpauth://totp/ACME:alice%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=ACME&algorithm=SHA1&digits=6&period=30',
		);
		const hotp = OtpAccount.fromParts({ type: 'hotp', secret: 'JBSWY3DPEHPK3PXP', account: 'a', counter: 7 });
		assert.equal(hotp.counter, 7);
		assert.equal(hotp.period, undefined);
		assert.throws(() => hotp.codes(0), { code: 'not_time_based' });
		const steam = OtpAccount.fromParts({ type: 'steam', secret: 'JBSWY3DPEHPK3PXP', account: 'a' });
		assert.match(steam.codes(0).current, /^[23456789BCDFGHJKMNPQRTVWXY]{5}$/);
		assert.throws(() => OtpAccount.fromParts({ secret: '0189', account: 'a' }), { code: 'invalid_secret' });
		assert.throws(() => OtpAccount.fromParts({ secret: null, account: 'a' }), { code: 'invalid_secret' });
		assert.throws(() => OtpAccount.fromParts({ type: 'foo', secret: 'JBSWY3DPEHPK3PXP', account: 'a' }), {
			code: 'unknown_type',
		});
		assert.throws(() => OtpAccount.fromParts({ secret: 'JBSWY3DPEHPK3PXP', account: 'a\n' + 'b' }), {
			code: 'control_character',
		});
	});

	it('rejects what it would have to guess or round', () => {
		const { decodeQr, parseOtpauth } = gatepass;
		assert.deepEqual(parseOtpauth(null, null), { verdict: 'reject', reason: 'empty' });
		const counting = (counter) => `otpauth://hotp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=${counter}`;
		assert.equal(parseOtpauth(counting('9007199254740991')).account.counter, Number.MAX_SAFE_INTEGER);
		assert.deepEqual(parseOtpauth(counting('9007199254740993')), { verdict: 'reject', reason: 'invalid_counter' });
		const luma = new Uint8Array(21 * 21);
		assert.throws(() => decodeQr({ luma, width: 2 ** 32 + 21, height: 21 }), { code: 'picture_too_large' });
		assert.throws(() => decodeQr({ luma, width: 21.5, height: 21 }), { code: 'picture_too_large' });
	});

	it('reads the codes that another program drew, or leaves them out', () => {
		const { codes, sequences } = vector('qr.json');
		const read = ({ size, modules }) => {
			const dark = [...modules].flatMap((digit) =>
				[8, 4, 2, 1].map((bit) => Number((Number.parseInt(digit, 16) & bit) > 0)),
			);
			return gatepass.decodeQr(drawn(size, dark, 5)).map(({ text }) => text);
		};
		for (const code of codes) assert.deepEqual(read(code), code.text === undefined ? [] : [code.text], code.what);
		for (const { what, parts } of sequences) assert.deepEqual(parts.flatMap(read), [], what);
	});

	it('reads the QR code that it draws, and takes an export apart and together again', () => {
		const { accounts, uris } = exported(gatepass, 12);
		assert.equal(uris.length, 2);
		const collector = new gatepass.MigrationCollector();
		const scanned = uris.map((uri) => {
			const { size, modules, svg } = gatepass.encodeQr(uri, { level: 'L' });
			assert.match(svg, /^<svg[^>]* viewBox=/);
			const [found] = gatepass.decodeQr(drawn(size, modules, 3));
			assert.equal(found.text, uri);
			assert.equal(found.corners.length, 4);
			return collector.add(found.text);
		});
		assert.deepEqual(scanned, [
			{ state: 'collecting', scanned: 1, total: 2 },
			{ state: 'complete', scanned: 2, total: 2 },
		]);
		assert.deepEqual(
			collector.entries().map(({ account }) => account.toUri()),
			accounts.map((account) => account.toUri()),
		);
	});

	it('keeps accounts in a vault through save, unlock, undo and a new password', () => {
		const { Vault } = gatepass;
		const kdf = { memoryKib: 19 * 1024, iterations: 2, parallelism: 1 };
		const vault = Vault.create('correct horse battery stäple', kdf);
		const [first, second] = exported(gatepass, 2).accounts.map((account) => vault.add(account));
		vault.rename(first, { issuer: 'Work', account: 'me' });
		vault.reorder([second, first]);
		const removed = vault.remove(second);
		assert.equal(removed.entry.id, second);
		assert.equal(vault.restore(removed), second);
		assert.throws(() => vault.codes('00', 0), { code: 'vault_unknown_entry' });
		assert.throws(() => vault.changePassword('wrong', 'another long password'), { code: 'vault_wrong_password' });
		vault.changePassword('correct horse battery stäple', 'another long password');
		const bytes = vault.save();
		vault.free();
		assert.throws(() => vault.entries(), { code: 'freed' });

		assert.throws(() => Vault.unlock(bytes, 'correct horse battery stäple'), { code: 'vault_wrong_password' });
		assert.throws(() => Vault.unlock(bytes.slice(0, -9), 'another long password'), { code: 'vault_damaged' });
		assert.throws(() => Vault.unlock(new Uint8Array(9), 'x'), { code: 'vault_not_a_vault' });
		const again = Vault.unlock(bytes, 'another long password');
		assert.deepEqual(
			again.entries().map(({ id, issuer, account }) => ({ id, issuer, account })),
			[
				{ id: second, issuer: 'ACME', account: 'user1' },
				{ id: first, issuer: 'Work', account: 'me' },
			],
		);
		assert.equal(JSON.stringify(again.entries()).includes('JBSWY3DPEHPK3PXP'), false);
		assert.match(again.toUri(first), /^otpauth:\/\/totp\/Work:me\?/);
		assert.equal(again.exportMigration([first]).uris.length, 1);
		assert.match(again.codes(first, 1_700_000_000_000).current, /^\d{6}$/);
	});

	it('tells accounts that are there, and lets none of them stop the others', () => {
		const vault = gatepass.Vault.create('a long enough password', {
			memoryKib: 19 * 1024,
			iterations: 2,
			parallelism: 1,
		});
		const scanned = (uri) => gatepass.parseOtpauth(uri).account;
		const steam = scanned('otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Valve');
		const other = scanned('otpauth://totp/ACME:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXR&issuer=ACME');
		assert.equal(vault.likeness(steam), 'new');
		const [first, second] = [vault.add(steam), vault.add(other)];
		assert.equal(vault.likeness(steam), 'same');
		const named = { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXS', issuer: 'ACME', account: 'a' };
		assert.equal(vault.likeness(gatepass.OtpAccount.fromParts(named)), 'sameName');
		assert.throws(() => vault.rename(second, { issuer: 'Steam' }), { code: 'vault_name_is_steam' });
		assert.equal(vault.account(first).issuer, 'Steam');
		assert.match(vault.toUri(first), /&issuer=Valve&/);
		assert.equal(vault.exportMigration().uris.length, 1);
		for (const call of [() => vault.exportMigration([1]), () => vault.account('zz')]) {
			assert.throws(call, { code: 'vault_unknown_entry' });
		}
		assert.throws(() => vault.reorder([1, 2]), { code: 'vault_unknown_entry' });
		assert.deepEqual(
			vault.entries().map(({ id }) => id),
			[first, second],
		);
	});

	it('knows five hundred of a thousand accounts among a thousand', () => {
		const vault = gatepass.Vault.create('a long enough password', {
			memoryKib: 19 * 1024,
			iterations: 2,
			parallelism: 1,
		});
		const account = (index) =>
			gatepass.OtpAccount.fromParts({ secret: `${base32(index)}AAAAAAAAAAAAAAAAAAAAAAAAAAAA`, account: `${index}` });
		for (let index = 0; index < 1000; index++) vault.add(account(index));
		const likenesses = Array.from({ length: 1000 }, (_, index) => vault.likeness(account(index + 500)));
		assert.equal(likenesses.filter((likeness) => likeness === 'same').length, 500);
	});

	it('counts a counter-based account on', () => {
		const { secret, cases } = vector('rfc4226.json');
		const vault = gatepass.Vault.create('a long enough password', {
			memoryKib: 19 * 1024,
			iterations: 2,
			parallelism: 1,
		});
		const id = vault.add(gatepass.OtpAccount.fromParts({ type: 'hotp', secret, account: 'a' }));
		assert.deepEqual(
			cases.map(() => vault.nextHotp(id)),
			cases.map(({ code }) => code),
		);
		assert.equal(vault.entries()[0].counter, cases.length);
	});

	it('opens the vaults that other programs wrote', () => {
		for (const { name, file, password } of vector('vault.json').valid) {
			if (password === null || password === undefined) continue;
			const vault = gatepass.Vault.unlock(Uint8Array.from(Buffer.from(file, 'hex')), password);
			assert.ok(Array.isArray(vault.entries()), name);
			vault.free();
		}
	});
});

function exported(gatepass, count) {
	const accounts = Array.from({ length: count }, (_, index) =>
		gatepass.OtpAccount.fromParts({
			secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
			issuer: 'ACME',
			account: `user${index}`,
		}),
	);
	return { accounts, ...gatepass.exportMigration(accounts) };
}

/** Four letters of Base32 for a number below 32^4. */
function base32(number) {
	return [15, 10, 5, 0].map((shift) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[(number >> shift) & 31]).join('');
}

/** The modules as a grey picture with a quiet zone. */
function drawn(size, modules, scale) {
	const side = (size + 8) * scale;
	const luma = new Uint8Array(side * side).fill(255);
	for (let y = 0; y < size * scale; y++) {
		for (let x = 0; x < size * scale; x++) {
			if (modules[Math.floor(y / scale) * size + Math.floor(x / scale)])
				luma[(y + 4 * scale) * side + x + 4 * scale] = 0;
		}
	}
	return { luma, width: side, height: side };
}
