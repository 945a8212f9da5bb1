import { expect, test } from 'vitest';
import { Tabs } from './tabs';
import { settle } from './testing/time';

/** The locks of a browser, as far as tabs use them: one name, taken by force. */
class Locks {
	#held: { readonly end: (cause: unknown) => void } | undefined;

	query(): Promise<LockManagerSnapshot> {
		return Promise.resolve({ held: this.#held ? [{ name: 'gatepass-authenticator-vault' }] : [], pending: [] });
	}

	request(_name: string, _options: LockOptions, run: () => Promise<void>): Promise<void> {
		this.#held?.end(new DOMException('stolen', 'AbortError'));
		return new Promise((resolve, reject) => {
			const mine = { end: reject };
			this.#held = mine;
			void run().then(() => {
				if (this.#held === mine) this.#held = undefined;
				resolve();
			});
		});
	}
}

function two() {
	const locks = new Locks() as unknown as LockManager;
	return [new Tabs({ locks, channel: undefined }), new Tabs({ locks, channel: undefined })] as const;
}

test('the tab that opens the vault takes it from the other, which hears of it', async () => {
	const [one, other] = two();
	const lost: string[] = [];
	await one.take(() => lost.push('one'));
	expect(await other.heldElsewhere()).toBe(true);
	expect(await one.heldElsewhere()).toBe(false);
	await other.take(() => lost.push('other'));
	await settle();
	expect(lost).toEqual(['one']);
	expect(await one.heldElsewhere()).toBe(true);
});

test('a tab that locks leaves nothing held, and is not told that it lost something', async () => {
	const [one, other] = two();
	const lost: string[] = [];
	await one.take(() => lost.push('one'));
	one.release();
	await settle();
	expect(await other.heldElsewhere()).toBe(false);
	await other.take(() => undefined);
	await settle();
	expect(lost).toEqual([]);
});

test('without locks in the browser the page works on', async () => {
	const tabs = new Tabs({ locks: undefined, channel: undefined });
	await tabs.take(() => undefined);
	expect(await tabs.heldElsewhere()).toBe(false);
});
