import { expect, test } from 'vitest';
import { checkSecret } from './secret-text';

test('spaces, dashes, padding and small letters are fine', () => {
	expect(checkSecret('jbsw y3dp-ehpk 3pxp====')).toEqual({ state: 'fine', bits: 80 });
});

test('digits that look like letters are offered as letters, and only that', () => {
	expect(checkSecret('JBSW Y3DP EHPK 3PX0')).toEqual({
		state: 'lookalikes',
		found: [{ digit: '0', letter: 'O' }],
		repaired: 'JBSW Y3DP EHPK 3PXO',
	});
	expect(checkSecret('0118')).toMatchObject({ repaired: 'OIIB' });
});

test('nine has no letter, so nothing is offered for a key that holds one', () => {
	expect(checkSecret('JBSW90')).toEqual({ state: 'strange', characters: ['9'] });
	expect(checkSecret('JB!SWÅ')).toEqual({ state: 'strange', characters: ['!', 'Å'] });
});

test('nothing typed is no error yet', () => {
	expect(checkSecret(' - ')).toEqual({ state: 'empty' });
});
