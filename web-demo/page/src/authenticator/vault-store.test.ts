import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { StoreError, VaultStore } from './vault-store';
import 'fake-indexeddb/auto';

const bytes = (...values: number[]) => new Uint8Array(values);
const codeOf = async (promise: Promise<unknown>) =>
	promise.then(
		() => 'none',
		(cause: unknown) => (cause instanceof StoreError ? cause.code : 'other'),
	);

afterEach(() => {
	vi.restoreAllMocks();
});

test('a vault comes back as it was stored, and the state before is dropped', async () => {
	const store = new VaultStore(new IDBFactory());
	expect(await store.load()).toEqual([]);
	expect(await store.save(bytes(1, 2), 0)).toBe(1);
	expect(await store.save(bytes(3, 4), 1)).toBe(2);
	expect(await store.load()).toEqual([{ generation: 2, file: bytes(3, 4) }]);
});

test('a save that is stopped after the write leaves both states, the newest first', async () => {
	const factory = new IDBFactory();
	const store = new VaultStore(factory);
	await store.save(bytes(1), 0);
	// The page dies before the old state is dropped.
	vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
		throw new DOMException('gone', 'UnknownError');
	});
	await codeOf(store.save(bytes(2), 1));
	vi.restoreAllMocks();
	expect((await new VaultStore(factory).load()).map(({ generation }) => generation)).toEqual([2, 1]);
});

test('an old state that cannot be dropped yet is no failed save, and goes with the next one', async () => {
	const store = new VaultStore(new IDBFactory());
	await store.save(bytes(1), 0);
	vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
		throw new DOMException('busy', 'UnknownError');
	});
	expect(await store.save(bytes(2), 1)).toBe(2);
	vi.restoreAllMocks();
	expect(await store.save(bytes(3), 2)).toBe(3);
	expect(await store.load()).toEqual([{ generation: 3, file: bytes(3) }]);
});

test.each([
	['the same state', bytes(2)],
	['a newer state', bytes(3)],
])('after a save that arrived and could not be read back, %s can be stored', async (_, next) => {
	const store = new VaultStore(new IDBFactory());
	await store.save(bytes(1), 0);
	vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
		throw new DOMException('hiccup', 'UnknownError');
	});
	expect(await codeOf(store.save(bytes(2), 1))).toBe('storage_blocked');
	vi.restoreAllMocks();
	const generation = await store.save(next, 1);
	expect(await store.load()).toEqual([{ generation, file: next }]);
	expect(await store.save(bytes(4), generation)).toBe(generation + 1);
});

test('a state that was written wrongly and could not be taken out does not stand in the way', async () => {
	const store = new VaultStore(new IDBFactory());
	await store.save(bytes(1), 0);
	const add = IDBObjectStore.prototype.add;
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value: object) {
		return add.call(this, { ...value, file: bytes(9, 9) });
	});
	vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
		throw new DOMException('busy', 'UnknownError');
	});
	expect(await codeOf(store.save(bytes(2), 1))).toBe('storage_damaged');
	vi.restoreAllMocks();
	const generation = await store.save(bytes(2), 1);
	expect(await store.load()).toEqual([{ generation, file: bytes(2) }]);
});

test('a save that cannot be written keeps the old vault and says why', async () => {
	const store = new VaultStore(new IDBFactory());
	await store.save(bytes(1), 0);
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
		throw new DOMException('full', 'QuotaExceededError');
	});
	expect(await codeOf(store.save(bytes(2), 1))).toBe('storage_full');
	vi.restoreAllMocks();
	expect(await store.load()).toEqual([{ generation: 1, file: bytes(1) }]);
});

test('what cannot be read back as it was written is taken out again, and the old vault stays', async () => {
	const store = new VaultStore(new IDBFactory());
	await store.save(bytes(1), 0);
	const add = IDBObjectStore.prototype.add;
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value: object) {
		return add.call(this, { ...value, file: bytes(9, 9) });
	});
	expect(await codeOf(store.save(bytes(2), 1))).toBe('storage_damaged');
	expect(await store.load()).toEqual([{ generation: 1, file: bytes(1) }]);
});

test('a tab that holds an older state never stores over a newer one', async () => {
	const factory = new IDBFactory();
	const [one, other] = [new VaultStore(factory), new VaultStore(factory)];
	await one.save(bytes(1), 0);
	await other.save(bytes(2), 1);
	expect(await codeOf(one.save(bytes(3), 1))).toBe('stored_elsewhere');
	expect(await one.load()).toEqual([{ generation: 2, file: bytes(2) }]);
});

test('after erasing there is nothing', async () => {
	const store = new VaultStore(new IDBFactory());
	await store.save(bytes(1), 0);
	await store.erase();
	expect(await store.load()).toEqual([]);
	expect(await store.save(bytes(2), 0)).toBe(1);
});

test('a browser without storage is told as such', async () => {
	const blocked = {
		open: () => {
			throw new DOMException('no', 'SecurityError');
		},
	} as unknown as IDBFactory;
	expect(await codeOf(new VaultStore(blocked).load())).toBe('storage_blocked');
});
