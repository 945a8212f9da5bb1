import { expect, test } from 'vitest';
import codes from '../../../../tests/vectors/error-codes.json';
import { authenticator } from '../i18n/authenticator';
import { nameOf, shortNameOf } from './words';

/** Codes of the vault that nothing in this page can bring about; were one to occur, the general words are right. */
const unreachable = new Set([
	'vault_wrong_device_key',
	'vault_no_device_key',
	'vault_no_free_slot',
	'vault_unknown_entry',
	'vault_unknown_slot',
	'vault_entry_already_there',
	'vault_order_mismatch',
	'vault_different_vaults',
	'vault_diverged',
]);

const texts = (table: object) => Object.keys(table).sort();

// Without this a person would read "cannot be added" and never learn why, in one language or in both.
for (const language of ['en', 'sv'] as const) {
	const t = authenticator[language];

	test(`${language}: every reason of the core has words`, () => {
		expect(texts(t.reasons)).toEqual(
			[...codes.otpauth_reason, 'digits_out_of_range', 'period_out_of_range', 'counter_out_of_range'].sort(),
		);
	});

	test(`${language}: every warning of the core has words`, () => {
		expect(texts(t.warnings)).toEqual([...codes.otpauth_warning].sort());
	});

	test(`${language}: every kind of foreign code has words`, () => {
		expect(texts(t.otherKinds)).toEqual([...codes.otpauth_other_kind].sort());
	});

	test(`${language}: every problem of an export has words`, () => {
		expect(texts(t.migrationProblems)).toEqual([...codes.migration, 'other'].sort());
		expect(texts(t.entries)).toEqual([...codes.migration_entry, 'other'].sort());
		expect(texts(t.leftOut)).toEqual([...codes.migration_left_out, 'other'].sort());
	});

	test(`${language}: every failure of the vault that can happen here has words`, () => {
		const expected = codes.vault.filter((code) => !unreachable.has(code));
		expect(texts(t.problem)).toEqual(expect.arrayContaining(expected));
	});

	test(`${language}: no text is empty`, () => {
		const empty: string[] = [];
		walk(t, '', (path, text) => {
			if (text.trim() === '' && path !== '.unlock.why.start') empty.push(path);
		});
		expect(empty).toEqual([]);
	});
}

test('a name cannot turn around or break the text beside it', () => {
	const t = authenticator.en;
	expect(nameOf(t, { issuer: 'Bank\u202Egro.live', account: 'a\u2028b\u2066' })).toBe('Bankgro.live, a b');
	expect(shortNameOf(t, { issuer: '\u200F', account: 'bo' })).toBe('bo');
	expect(shortNameOf(t, { issuer: 'بنك', account: '' })).toBe('بنك');
});

function walk(value: unknown, path: string, visit: (path: string, text: string) => void): void {
	if (typeof value === 'string') visit(path, value);
	else if (typeof value === 'object' && value !== null) {
		for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`, visit);
	}
}
