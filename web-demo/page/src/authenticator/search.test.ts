import { expect, test } from 'vitest';
import { initialOf, TINTS } from './initial';
import { search } from './search';

const account = (issuer: string, name: string) => ({
	id: `${issuer}:${name}`,
	type: 'totp' as const,
	issuer,
	account: name,
	algorithm: 'SHA1' as const,
	digits: 6,
});
const accounts = [account('Mercedes-Benz', 'anna@verkstad.se'), account('Škoda', 'bo@garage.se'), account('', 'anna')];
const names = (query: string) => search(accounts, query).map(({ id }) => id);

test('every word has to be there, in any field, accents and case aside', () => {
	expect(names('')).toHaveLength(3);
	expect(names('skoda')).toEqual(['Škoda:bo@garage.se']);
	expect(names('ANNA benz')).toEqual(['Mercedes-Benz:anna@verkstad.se']);
	expect(names('volvo')).toEqual([]);
});

test('the initial is the same every time and of a kind that the stylesheet knows', () => {
	expect(initialOf('Škoda', 'x').letter).toBe('Š');
	expect(initialOf('', '@anna').letter).toBe('A');
	expect(initialOf('', '').letter).toBe('·');
	const { tint } = initialOf('Volvo', '');
	expect(initialOf('volvo', 'other').tint).toBe(tint);
	expect(tint).toBeGreaterThanOrEqual(0);
	expect(tint).toBeLessThan(TINTS);
});
