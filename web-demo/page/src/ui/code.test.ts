import { expect, it } from 'vitest';
import { digitsOf, grouped } from './code';

it.each([
	['123456', '123456'],
	[' 123 456 ', '123456'],
	['123-456\n', '123456'],
	['123\u00a0456', '123456'],
	['１２３４５６', '123456'],
	['7K3M-4TQA–XK', '7K3M4TQAXK'],
])('%j is accepted as it was pasted', (typed, code) => {
	expect(digitsOf(typed)).toBe(code);
});

it('groups a key for the eye', () => {
	expect(grouped('JBSWY3DPEHPK3PXP', 4)).toBe('JBSW Y3DP EHPK 3PXP');
	expect(grouped('', 4)).toBe('');
});
