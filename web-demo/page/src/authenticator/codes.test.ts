import { expect, test } from 'vitest';
import { groupCode, showing, spellCode, stale } from './codes';

const view = { id: 'a', current: '111222', next: '333444', startsAt: 30_000, endsAt: 60_000 };

test('codes are grouped so that they can be read at a glance, and nothing is lost', () => {
	expect(groupCode('ABCDE')).toEqual(['ABCDE']);
	expect(groupCode('123456')).toEqual(['123', '456']);
	expect(groupCode('1234567')).toEqual(['1234', '567']);
	expect(groupCode('12345678')).toEqual(['1234', '5678']);
	expect(groupCode('123456789')).toEqual(['123', '456', '789']);
	expect(groupCode('1234567890')).toEqual(['1234', '567', '890']);
});

test('a screen reader says the code digit by digit', () => {
	expect(spellCode('012345')).toBe('0 1 2 3 4 5');
});

test('the ring shows whole seconds that are left and turns for the last five', () => {
	expect(showing(view, 30_000)).toMatchObject({ current: '111222', seconds: 30, share: 1, ending: false });
	expect(showing(view, 54_999)).toMatchObject({ seconds: 6, ending: false });
	expect(showing(view, 55_000)).toMatchObject({ seconds: 5, ending: true });
	expect(showing(view, 59_999)).toMatchObject({ current: '111222', seconds: 1 });
});

test('between two answers of the worker the next code is the current one', () => {
	expect(showing(view, 60_000)).toMatchObject({ current: '333444', next: '', seconds: 30 });
});

test('a code of the past is never shown: after a sleep, and when the clock was set back', () => {
	expect(showing(view, 90_000)).toBeUndefined();
	expect(showing(view, 29_999)).toBeUndefined();
	expect(stale([view], 60_000)).toBe(true);
	expect(stale([view], 29_999)).toBe(true);
	expect(stale([view], 59_999)).toBe(false);
});
