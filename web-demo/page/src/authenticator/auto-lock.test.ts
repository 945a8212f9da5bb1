import { expect, test } from 'vitest';
import { AutoLock, type AutoLockOptions } from './auto-lock';
import { TestTime } from './testing/time';

function set(options: Partial<AutoLockOptions> = {}) {
	const time = new TestTime();
	const locked: string[] = [];
	const current: { minutes: 1 | 5 | 15; whenHidden: boolean } = { minutes: 5, whenHidden: false, ...options };
	const lock = new AutoLock(
		time,
		() => current,
		(why) => locked.push(why),
	);
	lock.start();
	return { time, locked, lock, current };
}

test('a vault left alone locks after the chosen time, not before', async () => {
	const { time, locked } = set();
	await time.pass(5 * 60_000 - 1);
	expect(locked).toEqual([]);
	await time.pass(1);
	expect(locked).toEqual(['idle']);
	expect(time.waiting).toBe(0);
});

test('use puts the lock off', async () => {
	const { time, locked, lock } = set();
	await time.pass(4 * 60_000);
	lock.used();
	await time.pass(4 * 60_000);
	expect(locked).toEqual([]);
	await time.pass(60_000);
	expect(locked).toEqual(['idle']);
});

test('a computer that slept past the time locks before the first picture', () => {
	const { time, locked, lock } = set();
	lock.visibility(true);
	time.sleep(60 * 60_000);
	lock.visibility(false);
	expect(locked).toEqual(['idle']);
});

test('the touch that wakes a computer is no use of the vault', () => {
	const { time, locked, lock } = set();
	time.sleep(8 * 60 * 60_000);
	lock.used();
	expect(locked).toEqual(['idle']);
});

test('a clock that is set back does not keep the vault open', () => {
	const { time, locked, lock } = set();
	time.sleep(-2_000);
	lock.used();
	lock.refresh();
	expect(locked).toEqual([]);
	time.sleep(-60 * 60_000);
	lock.refresh();
	expect(locked).toEqual(['idle']);
});

test('a touch of a locked vault starts nothing', async () => {
	const { time, locked, lock } = set();
	lock.stop();
	lock.used();
	await time.pass(60 * 60_000);
	expect(locked).toEqual([]);
});

test('leaving the page locks only when asked for', () => {
	const stays = set();
	stays.lock.visibility(true);
	expect(stays.locked).toEqual([]);
	const goes = set({ whenHidden: true });
	goes.lock.visibility(true);
	expect(goes.locked).toEqual(['hidden']);
});

test('a shorter time counts from the last use', async () => {
	const { time, locked, lock, current } = set({ minutes: 15 });
	await time.pass(2 * 60_000);
	current.minutes = 1;
	lock.refresh();
	expect(locked).toEqual(['idle']);
});

test('a locked vault is not locked again', async () => {
	const { time, locked, lock } = set();
	lock.stop();
	lock.visibility(true);
	await time.pass(60 * 60_000);
	expect(locked).toEqual([]);
});
