import { IDBFactory } from 'fake-indexeddb';
import { encodeQr, exportMigration, init, MigrationCollector, OtpAccount, parseOtpauth, Vault } from 'gatepass';
import { beforeAll, expect, test, vi } from 'vitest';
import { codeOf, WorkerBridge } from '../bridge/client';
import { InThreadWorker } from '../bridge/testing/in-thread';
import { Authenticator } from './authenticator.svelte';
import { Clock } from './clock.svelte';
import { Settings } from './settings.svelte';
import type { VaultCalls } from './shared/protocol';
import { Tabs } from './tabs';
import { TestTime } from './testing/time';
import { VaultStore } from './vault-store';
import { VaultHost } from './worker/host';
import 'fake-indexeddb/auto';

// The real vault of the built package, the real storage code, a clock that the test moves.

const PASSWORD = 'tråd moln häst';
/** RFC 6238 appendix B: at 59 s the SHA1 code of eight digits is 94287082, at 1111111109 s it is 07081804. */
const RFC = 'otpauth://totp/RFC:6238?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8';
const AT = 1_111_111_109_000;
const OTHER = 'otpauth://totp/Volvo:bo@garage.se?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const THIRD = 'otpauth://totp/VAG:bo@garage.se?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ';
const COUNTER = 'otpauth://hotp/Bank:kund?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0';

/** The cheapest cost that the vault allows: what is tested here is not the hash. */
const KDF = { memoryKib: 19 * 1024, iterations: 2, parallelism: 1 };

vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
	await init();
});

function page(factory = new IDBFactory(), locks: LockManager | undefined = undefined) {
	const workers: InThreadWorker<VaultCalls>[] = [];
	const time = new TestTime(AT);
	const clipboard = { held: '', cleared: 0 };
	const store = new VaultStore(factory);
	const auth = new Authenticator({
		bridge: new WorkerBridge<VaultCalls>(() => {
			const worker = new InThreadWorker<VaultCalls>(
				new VaultHost({ encodeQr, exportMigration, MigrationCollector, OtpAccount, parseOtpauth, Vault }, () => 0, KDF),
			);
			workers.push(worker);
			return worker;
		}),
		store,
		tabs: new Tabs({ locks, channel: undefined }),
		settings: new Settings(),
		clock: new Clock(time),
		clipboard: {
			copy: (code) => {
				clipboard.held = code;
				return Promise.resolve(true);
			},
			clearNow: () => {
				clipboard.held = '';
				clipboard.cleared += 1;
				return Promise.resolve();
			},
			focused: () => Promise.resolve(),
		},
		time,
		persist: () => Promise.resolve(true),
	});
	return { auth, factory, store, time, workers, clipboard };
}

async function add(auth: Authenticator, ...uris: string[]): Promise<void> {
	for (const uri of uris) {
		const review = await auth.review(uri, 'scanner');
		if (review.kind !== 'account') throw new Error(`not an account: ${review.kind}`);
		await auth.add([review.candidate.token]);
	}
}

const names = (auth: Authenticator) => auth.accounts.map(({ issuer }) => issuer);
const failure = (promise: Promise<unknown>) => promise.then(() => 'none', codeOf);

test('a new vault is stored, opens again with its password, and shows the code of RFC 6238', async () => {
	const { auth, factory } = page();
	await auth.begin();
	expect(auth.phase.name).toBe('new');
	await auth.create(PASSWORD);
	await add(auth, RFC);
	await auth.lock('user');
	expect(auth.accounts).toEqual([]);

	const later = page(factory);
	await later.auth.begin();
	expect(later.auth.phase).toEqual({ name: 'locked', why: 'start' });
	expect(await failure(later.auth.unlock('another one'))).toBe('vault_wrong_password');
	await later.auth.unlock(PASSWORD);
	const [account] = later.auth.accounts;
	expect(later.auth.codesOf(account?.id ?? '')).toMatchObject({ current: '07081804', startsAt: 1_111_111_080_000 });
});

test('codes roll with the clock', async () => {
	const { auth, time } = page();
	await auth.create(PASSWORD);
	await add(auth, RFC);
	const id = auth.accounts[0]?.id ?? '';
	const next = auth.codesOf(id)?.next;
	time.sleep(2_000);
	await auth.refresh(time.now());
	// 1111111111 s is the next value of the RFC's table.
	expect(auth.codesOf(id)?.current).toBe('14050471');
	expect(next).toBe('14050471');
});

test('locking ends the worker, clears the clipboard and leaves nothing of the accounts in the page', async () => {
	const { auth, workers, clipboard } = page();
	await auth.create(PASSWORD);
	await add(auth, RFC);
	await auth.copy('07081804');
	await auth.lock('idle');
	expect(auth.phase).toEqual({ name: 'locked', why: 'idle' });
	expect(workers[0]?.ended).toBe(true);
	expect(clipboard.held).toBe('');
	expect(auth.backupFile()).toBeUndefined();
	expect(auth.codesOf('any')).toBeUndefined();
});

test('a vault left alone locks by itself', async () => {
	const { auth, time } = page();
	await auth.create(PASSWORD);
	await time.pass(5 * 60_000);
	expect(auth.phase).toEqual({ name: 'locked', why: 'idle' });
});

test('no secret crosses from the worker to the page', async () => {
	const { auth, workers } = page();
	await auth.create(PASSWORD);
	await add(auth, RFC, OTHER);
	await auth.rename(auth.accounts[0]?.id ?? '', { issuer: 'A', account: 'b' });
	await auth.remove(auth.accounts[1]?.id ?? '');
	const said = JSON.stringify(workers[0]?.posted);
	expect(said).not.toContain('GEZDGNBVGY3TQOJQ');
	expect(said).not.toContain('JBSWY3DPEHPK3PXP');
	expect(said).not.toContain('otpauth://');
});

test('a deleted account comes back to its place with the same codes', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, RFC, OTHER, THIRD);
	const before = auth.accounts.map(({ id }) => auth.codesOf(id)?.current);
	const trashId = await auth.remove(auth.accounts[1]?.id ?? '');
	expect(names(auth)).toEqual(['RFC', 'VAG']);
	expect(auth.trash.map(({ issuer }) => issuer)).toEqual(['Volvo']);
	await auth.restore(trashId);
	expect(names(auth)).toEqual(['RFC', 'Volvo', 'VAG']);
	expect(auth.accounts.map(({ id }) => auth.codesOf(id)?.current)).toEqual(before);
	expect(auth.trash).toEqual([]);
});

test('what was emptied from the deleted accounts is gone', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, RFC);
	const trashId = await auth.remove(auth.accounts[0]?.id ?? '');
	await auth.emptyTrash();
	expect(await failure(auth.restore(trashId))).toBe('candidate_gone');
});

test('names and order are kept over a lock', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, RFC, OTHER);
	const ids = auth.accounts.map(({ id }) => id);
	await auth.reorder([...ids].reverse());
	await auth.rename(ids[0] ?? '', { issuer: 'Portalen', account: 'anna' });
	await auth.lock('user');
	await auth.unlock(PASSWORD);
	expect(auth.accounts.map(({ issuer, account }) => [issuer, account])).toEqual([
		['Volvo', 'bo@garage.se'],
		['Portalen', 'anna'],
	]);
});

test('a counter goes on where it stopped, also after a lock: no code comes twice', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, COUNTER);
	const id = auth.accounts[0]?.id ?? '';
	// RFC 4226 appendix D.
	expect(await auth.nextHotp(id)).toBe('755224');
	expect(await auth.nextHotp(id)).toBe('287082');
	await auth.lock('user');
	await auth.unlock(PASSWORD);
	expect(await auth.nextHotp(id)).toBe('359152');
});

test('an account that is here already is recognised by its key, not by its name', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER);
	const likeness = async (uri: string) => {
		const review = await auth.review(uri, 'import');
		return review.kind === 'account' ? review.candidate.likeness : review.kind;
	};
	expect(await likeness(OTHER.replace('Volvo:bo', 'Saab:bo'))).toBe('same');
	expect(await likeness(OTHER.replace('PXP', 'PXR'))).toBe('sameName');
	expect(await likeness(RFC)).toBe('new');
});

test('a text that is no account is refused with its reason, and a foreign code with its kind', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	expect(await auth.review('hello', 'scanner')).toEqual({ kind: 'rejected', reason: 'not_otpauth' });
	expect(await auth.review('https://example.com/', 'scanner')).toMatchObject({
		kind: 'rejected',
		reason: 'other_kind',
		otherKind: 'web_address',
	});
});

test('a key typed by hand is judged like a scanned one', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	const typed = {
		type: 'totp',
		issuer: 'A',
		account: 'b',
		algorithm: 'SHA1',
		digits: 6,
		period: 30,
		counter: 0,
	} as const;
	expect(await auth.reviewManual({ ...typed, secret: 'jbsw y3dp' })).toMatchObject({
		kind: 'account',
		candidate: { warnings: ['weak_secret'] },
	});
	const named = { ...typed, account: '', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' };
	expect(await auth.reviewManual(named)).toMatchObject({ candidate: { issuer: 'A', account: '', warnings: [] } });
	expect(await auth.reviewManual({ ...typed, secret: 'JBSW0' })).toEqual({
		kind: 'rejected',
		reason: 'invalid_secret',
	});
});

test('an export asks for the password, and leaves out what the format cannot say', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER, 'otpauth://totp/Slow:x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXR&period=60');
	const ids = auth.accounts.map(({ id }) => id);
	expect(await failure(auth.exportMigration('wrong', ids))).toBe('vault_wrong_password');
	const view = await auth.exportMigration(PASSWORD, ids);
	expect(view.pictures).toHaveLength(1);
	expect(view.leftOut).toEqual([{ id: ids[1], reason: 'period' }]);
});

test('an export of Google Authenticator is collected and taken over', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	const review = await auth.review(
		// dim13's vector: JBSWY3DPEHPK3PXP, Example:alice@google.com
		'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC',
		'import',
	);
	if (review.kind !== 'migration') throw new Error(review.kind);
	const tokens = review.migration.entries.flatMap((entry) => ('candidate' in entry ? [entry.candidate.token] : []));
	await auth.add(tokens);
	expect(auth.accounts).toMatchObject([{ issuer: 'Example', account: 'alice@google.com' }]);
	expect(await auth.review('otpauth-migration://offline?data=%%%', 'import')).toMatchObject({
		kind: 'migrationRejected',
	});
});

test('a backup opens elsewhere, and its accounts can be taken in', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER);
	const file = auth.backupFile() ?? new Uint8Array();

	const fresh = page();
	await fresh.auth.createFromBackup(file, PASSWORD);
	expect(names(fresh.auth)).toEqual(['Volvo']);

	const merged = page();
	await merged.auth.create('an entirely different one');
	await add(merged.auth, RFC, OTHER);
	expect(await failure(merged.auth.openBackup(file, 'wrong'))).toBe('vault_wrong_password');
	const { candidates } = await merged.auth.openBackup(file, PASSWORD);
	expect(candidates).toMatchObject([{ issuer: 'Volvo', likeness: 'same' }]);
	await merged.auth.add(candidates.map(({ token }) => token));
	expect(names(merged.auth)).toEqual(['RFC', 'Volvo', 'Volvo']);
});

test('a file that is no backup changes nothing', async () => {
	const { auth, store } = page();
	expect(await failure(auth.createFromBackup(new Uint8Array([1, 2, 3]), PASSWORD))).toBe('vault_not_a_vault');
	expect(await store.load()).toEqual([]);
});

test('after a change only the new password opens it', async () => {
	const { auth, store } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER);
	expect(await failure(auth.changePassword('wrong', 'a much better one'))).toBe('vault_wrong_password');
	await auth.changePassword(PASSWORD, 'a much better one');
	await auth.lock('user');
	expect(await store.load()).toHaveLength(1);
	expect(await failure(auth.unlock(PASSWORD))).toBe('vault_wrong_password');
	await auth.unlock('a much better one');
	expect(names(auth)).toEqual(['Volvo']);
});

test('when the newest stored state is damaged, the one before it opens and this is told', async () => {
	const { auth, store, factory } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER);
	await auth.lock('user');
	const [newest] = await store.load();
	if (!newest) throw new Error('nothing stored');
	const damaged = newest.file.map((byte, at) => (at === newest.file.length - 1 ? byte ^ 1 : byte));
	await new VaultStore(factory).save(damaged, newest.generation);
	const both = { load: async () => [{ generation: newest.generation + 1, file: damaged }, newest] };
	const restored = page(factory);
	restored.store.load = both.load;
	await restored.auth.unlock(PASSWORD);
	expect(restored.auth.damage).toBe('older');
	expect(names(restored.auth)).toEqual(['Volvo']);
	await add(restored.auth, RFC);
	expect(restored.auth.unsaved).toBeUndefined();
});

test('a save that fails is told, keeps the state, and can be repeated', async () => {
	const { auth, store } = page();
	await auth.create(PASSWORD);
	const save = store.save.bind(store);
	store.save = () => Promise.reject(Object.assign(new Error('full'), { code: 'storage_full' }));
	await add(auth, OTHER);
	expect(auth.unsaved).toBe('storage_full');
	expect(names(auth)).toEqual(['Volvo']);
	store.save = save;
	await auth.saveAgain();
	expect(auth.unsaved).toBeUndefined();
	await auth.lock('user');
	await auth.unlock(PASSWORD);
	expect(names(auth)).toEqual(['Volvo']);
});

test('an account called Steam, or one that is nearly too long, stops nothing', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	const steam = 'otpauth://totp/Steam:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Valve';
	const long = `otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ&issuer=A&image=${'x'.repeat(7800)}`;
	for (const uri of [steam, long]) {
		const review = await auth.review(uri, 'import');
		if (review.kind !== 'account') throw new Error(review.kind);
		await auth.add([review.candidate.token], { issuer: review.candidate.issuer, account: 'c' });
	}
	await add(auth, RFC);
	const ids = auth.accounts.map(({ id }) => id);
	expect((await auth.exportMigration(PASSWORD, ids)).pictures).not.toEqual([]);
	const file = auth.backupFile() ?? new Uint8Array();
	const { candidates } = await auth.openBackup(file, PASSWORD);
	expect(candidates.map(({ likeness }) => likeness)).toEqual(['same', 'same', 'same']);

	const name = 'n'.repeat(500);
	expect(await failure(auth.rename(ids[1] ?? '', { issuer: name, account: name }))).toBe('vault_entry_too_long');
	expect(await failure(auth.rename(ids[2] ?? '', { issuer: 'Steam', account: 'x' }))).toBe('vault_name_is_steam');
	expect(names(auth)).toEqual(['Steam', 'A', 'RFC']);
});

test('accounts are added all or not at all', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	const review = await auth.review(OTHER, 'scanner');
	const token = review.kind === 'account' ? review.candidate.token : '';
	expect(await failure(auth.add([token, 'gone']))).toBe('candidate_gone');
	expect(await failure(auth.add([token], { issuer: 'Steam', account: 'a' }))).toBe('vault_name_is_steam');
	await add(auth, RFC);
	expect(names(auth)).toEqual(['RFC']);
});

/** What a disk does to a file. */
const damages: Readonly<Record<string, (file: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>>> = {
	'all zeros': (file) => new Uint8Array(file.length),
	'its first bit flipped': (file) => file.map((byte, at) => (at === 0 ? byte ^ 1 : byte)),
	'nothing in it': () => new Uint8Array(),
	'its last bit flipped': (file) => file.map((byte, at) => (at === file.length - 1 ? byte ^ 1 : byte)),
};

test.each(Object.entries(damages))('the state before one with %s opens', async (_, damage) => {
	const { auth, store } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER);
	await auth.lock('user');
	const [before] = await store.load();
	if (!before) throw new Error('nothing stored');
	store.load = async () => [{ generation: before.generation + 1, file: damage(before.file) }, before];
	expect(await failure(auth.unlock('another one'))).toBe('vault_wrong_password');
	await auth.unlock(PASSWORD);
	expect(auth.damage).toBe('older');
	expect(names(auth)).toEqual(['Volvo']);
});

test('what is left of a damaged newest state opens when the one before has another password', async () => {
	const { auth, store } = page();
	await auth.create(PASSWORD);
	const before = await store.load();
	await add(auth, OTHER);
	await auth.changePassword(PASSWORD, 'a much better one');
	await auth.lock('user');
	const [newest] = await store.load();
	if (!newest) throw new Error('nothing stored');
	const damaged = damages['its last bit flipped']?.(newest.file) ?? newest.file;
	store.load = async () => [{ ...newest, file: damaged }, ...before];
	await auth.unlock('a much better one');
	expect(auth.damage).toBe('salvaged');
	expect(names(auth)).toEqual(['Volvo']);
});

test('what is left of a damaged backup is taken only when a person says so, and what is missing is told', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER, THIRD);
	const file = auth.backupFile() ?? new Uint8Array();
	// Within the last account.
	const damaged = file.map((byte, at) => (at === file.length - 100 ? byte ^ 1 : byte));

	const fresh = page();
	expect(await failure(fresh.auth.createFromBackup(damaged, PASSWORD))).toBe('vault_damaged');
	expect(await fresh.store.load()).toEqual([]);
	await fresh.auth.createFromBackup(damaged, PASSWORD, true);
	expect(names(fresh.auth)).toEqual(['Volvo']);
	expect(fresh.auth.damage).toBe('salvaged');
	expect(fresh.auth.lost).toEqual({ unreadable: 1, cutShort: false });

	const merged = page();
	await merged.auth.create(PASSWORD);
	expect(await failure(merged.auth.openBackup(damaged, PASSWORD))).toBe('vault_damaged');
	expect(await merged.auth.openBackup(damaged, PASSWORD, true)).toMatchObject({
		candidates: [{ issuer: 'Volvo' }],
		lost: { unreadable: 1, cutShort: false },
	});

	// Cut off within the list of what is in it: there is a key, and nothing to open with it.
	const nothing = page();
	const cut = file.slice(0, 170);
	expect(await failure(nothing.auth.createFromBackup(cut, PASSWORD, true))).toBe('nothing_readable');
	expect(await nothing.store.load()).toEqual([]);
});

test('what could not be stored is tried once more at the lock', async () => {
	const { auth, store, factory } = page();
	await auth.create(PASSWORD);
	const save = store.save.bind(store);
	store.save = () => Promise.reject(Object.assign(new Error('full'), { code: 'storage_full' }));
	await add(auth, OTHER);
	store.save = save;
	await auth.lock('idle');
	expect(auth.unsaved).toBeUndefined();
	expect(auth.backupFile()).toBeUndefined();
	const later = page(factory);
	await later.auth.unlock(PASSWORD);
	expect(names(later.auth)).toEqual(['Volvo']);
});

test('what cannot be stored outlives the lock, encrypted, and comes back with the password', async () => {
	const { auth, store, workers } = page();
	await auth.create(PASSWORD);
	const save = store.save.bind(store);
	const full = () => Promise.reject(Object.assign(new Error('full'), { code: 'storage_full' }));
	store.save = full;
	await add(auth, OTHER);
	await auth.lock('idle');
	expect(auth.phase).toEqual({ name: 'locked', why: 'idle' });
	expect(auth.unsaved).toBe('storage_full');
	expect(auth.accounts).toEqual([]);
	expect(workers.every(({ ended }) => ended)).toBe(true);
	const kept = auth.backupFile() ?? new Uint8Array();
	const elsewhere = page();
	await elsewhere.auth.createFromBackup(kept, PASSWORD);
	expect(names(elsewhere.auth)).toEqual(['Volvo']);

	await auth.unlock(PASSWORD);
	expect(names(auth)).toEqual(['Volvo']);
	expect(auth.unsaved).toBe('storage_full');
	await auth.lock('user');
	store.save = save;
	await auth.saveAgain();
	expect(auth.unsaved).toBeUndefined();
	expect(auth.backupFile()).toBeUndefined();
	await auth.unlock(PASSWORD);
	expect(names(auth)).toEqual(['Volvo']);
});

test('what another tab stored is not stored over by what was kept here', async () => {
	const { auth, store, factory } = page();
	await auth.create(PASSWORD);
	const other = page(factory);
	await other.auth.unlock(PASSWORD);
	await add(other.auth, RFC);
	await add(auth, OTHER);
	expect(auth.unsaved).toBe('stored_elsewhere');
	await auth.lock('elsewhere');
	expect(auth.backupFile()).toBeDefined();
	await auth.unlock(PASSWORD);
	expect(names(auth)).toEqual(['RFC']);
	expect(await store.load()).toHaveLength(1);
});

test('what was under way when the vault was locked is stored and not shown', async () => {
	const { auth } = page();
	await auth.create(PASSWORD);
	await add(auth, COUNTER);
	const id = auth.accounts[0]?.id ?? '';
	const review = await auth.review(OTHER, 'scanner');
	const token = review.kind === 'account' ? review.candidate.token : '';
	const changes = [failure(auth.nextHotp(id)), failure(auth.add([token])), failure(auth.reorder([id]))];
	const codes = auth.refresh(AT + 60_000);
	await auth.lock('idle');
	await Promise.all([...changes, codes]);
	expect(auth.accounts).toEqual([]);
	expect(auth.counterCodeOf(id)).toBeUndefined();
	await auth.unlock(PASSWORD);
	expect(names(auth)).toEqual(['Bank', 'Volvo']);
	expect(await auth.nextHotp(id)).toBe('287082');
});

test('a touch after hours of sleep does not keep the vault open', async () => {
	const { auth, time } = page();
	await auth.create(PASSWORD);
	time.sleep(8 * 60 * 60_000);
	auth.used();
	expect(auth.phase).toEqual({ name: 'locked', why: 'idle' });
});

test('a worker that dies locks the vault instead of pretending', async () => {
	const { auth, workers } = page();
	await auth.create(PASSWORD);
	const asked = failure(auth.review(OTHER, 'scanner'));
	await Promise.resolve();
	workers[0]?.crash();
	expect(await asked).toBe('worker_failed');
	expect(auth.phase).toEqual({ name: 'locked', why: 'failed' });
});

test('after erasing, nothing opens any more', async () => {
	const { auth, store } = page();
	await auth.create(PASSWORD);
	await add(auth, OTHER);
	await auth.erase();
	expect(auth.phase.name).toBe('new');
	expect(await store.load()).toEqual([]);
	expect(await failure(auth.unlock(PASSWORD))).toBe('no_vault');
});
