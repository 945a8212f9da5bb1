import { expect, test } from 'vitest';
import { advise } from './password-advice';

test('the shortest passwords are refused, counted as people count', () => {
	expect(advise('1234567')).toBe('too_short');
	expect(advise('åäöåäöå')).toBe('too_short');
	expect(advise('🔑🔑🔑🔑')).toBe('too_short');
});

test('what guessing programs try first is called guessable, however long', () => {
	for (const password of ['password', 'lösenord2024', 'aaaaaaaaaaaa', '123456789012', 'qwerty12345', 'abababababab']) {
		expect(advise(password), password).toBe('guessable');
	}
});

test('length with variety is what counts, not kinds of characters', () => {
	expect(advise('vxkqmzrt')).toBe('fair');
	expect(advise('tråd moln häst')).toBe('good');
	expect(advise('correct horse battery staple')).toBe('strong');
});
