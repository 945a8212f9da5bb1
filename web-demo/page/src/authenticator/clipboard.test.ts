import { expect, test } from 'vitest';
import { CLIPBOARD_MS, type ClipboardState, CodeClipboard } from './clipboard';
import { TestTime } from './testing/time';

function set({ mayRead = true, refuses = false } = {}) {
	const time = new TestTime();
	const system = { text: '', focus: true, refuses };
	const told: ClipboardState[] = [];
	const clipboard = new CodeClipboard(
		{
			clipboard: {
				writeText: (text) => {
					if (system.refuses) return Promise.reject(new DOMException('no', 'NotAllowedError'));
					system.text = text;
					return Promise.resolve();
				},
				readText: () => Promise.resolve(system.text),
			},
			mayRead: () => Promise.resolve(mayRead),
			hasFocus: () => system.focus,
		},
		time,
		(state) => told.push(state),
	);
	return { time, system, told, clipboard };
}

test('a copied code is gone after its time', async () => {
	const { time, system, told, clipboard } = set();
	expect(await clipboard.copy('123456')).toBe(true);
	await time.pass(CLIPBOARD_MS - 1);
	expect(system.text).toBe('123456');
	await time.pass(1);
	expect(system.text).toBe('');
	expect(told).toEqual(['cleared']);
});

test('what somebody copied meanwhile is left alone, where the browser lets the page look', async () => {
	const { time, system, told, clipboard } = set();
	await clipboard.copy('123456');
	system.text = 'an important address';
	await time.pass(CLIPBOARD_MS);
	expect(system.text).toBe('an important address');
	expect(told).toEqual(['replaced']);
});

test('where it may not look, it empties the clipboard', async () => {
	const { time, system, clipboard } = set({ mayRead: false });
	await clipboard.copy('123456');
	await time.pass(CLIPBOARD_MS);
	expect(system.text).toBe('');
});

test('a page that is not in front clears when the person comes back', async () => {
	const { time, system, told, clipboard } = set();
	await clipboard.copy('123456');
	system.focus = false;
	await time.pass(CLIPBOARD_MS);
	expect(system.text).toBe('123456');
	expect(told).toEqual(['waiting']);
	system.focus = true;
	await clipboard.focused();
	expect(system.text).toBe('');
	expect(clipboard.holding).toBe(false);
});

test('coming back early clears nothing', async () => {
	const { system, clipboard } = set();
	await clipboard.copy('123456');
	await clipboard.focused();
	expect(system.text).toBe('123456');
});

test('a second copy starts the time anew', async () => {
	const { time, system, clipboard } = set();
	await clipboard.copy('111111');
	await time.pass(20_000);
	await clipboard.copy('222222');
	await time.pass(20_000);
	expect(system.text).toBe('222222');
	await time.pass(10_000);
	expect(system.text).toBe('');
});

test('locking clears at once', async () => {
	const { system, clipboard } = set();
	await clipboard.copy('123456');
	await clipboard.clearNow();
	expect(system.text).toBe('');
});

test('a browser that refuses is told as it is, at the copy and at the clearing', async () => {
	const refused = set({ refuses: true });
	expect(await refused.clipboard.copy('123456')).toBe(false);
	expect(refused.clipboard.holding).toBe(false);
	const later = set();
	await later.clipboard.copy('123456');
	later.system.refuses = true;
	await later.time.pass(CLIPBOARD_MS);
	expect(later.told).toEqual(['kept']);
});
