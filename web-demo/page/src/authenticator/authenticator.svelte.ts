import { abortError, CallError, codeOf, isAbort, type WorkerBridge } from '../bridge/client';
import { AutoLock } from './auto-lock';
import type { CodeClipboard } from './clipboard';
import { type Clock, type TimeSource, wallClock } from './clock.svelte';
import { stale } from './codes';
import type { Settings } from './settings.svelte';
import type {
	AccountView,
	BackupView,
	Changed,
	CodeView,
	ExportView,
	Lost,
	ManualParts,
	Names,
	Opened,
	Review,
	TrashedView,
	VaultCalls,
} from './shared/protocol';
import type { TabMessage, Tabs } from './tabs';
import type { VaultStore } from './vault-store';

export type LockReason = 'start' | 'user' | 'idle' | 'hidden' | 'elsewhere' | 'failed';

export type Phase =
	| { readonly name: 'starting' }
	/** There is no vault in this browser. */
	| { readonly name: 'new' }
	| { readonly name: 'locked'; readonly why: LockReason }
	| { readonly name: 'open' }
	/** The page cannot work in this browser as it is. */
	| { readonly name: 'unusable'; readonly code: string };

/** What the authenticator stands on. */
export interface Parts {
	readonly bridge: WorkerBridge<VaultCalls>;
	readonly store: Pick<VaultStore, 'load' | 'save' | 'erase' | 'isOurs'>;
	readonly tabs: Pick<Tabs, 'heldElsewhere' | 'take' | 'release' | 'tell' | 'listen'>;
	readonly settings: Settings;
	readonly clock: Clock;
	readonly clipboard: Pick<CodeClipboard, 'copy' | 'clearNow' | 'focused'>;
	readonly time?: TimeSource;
	/** Asks the browser to keep the site's data; resolves to whether it will. */
	persist(): Promise<boolean>;
}

/** How long the worker may take to wipe its memory before it is ended anyway. */
const WIPE_MS = 500;

/**
 * The authenticator of this browser: which phase it is in, what its list shows, and every act on it. The vault itself
 * is in a worker; locking ends that worker.
 */
export class Authenticator {
	readonly clock: Clock;
	readonly settings: Settings;
	readonly #parts: Parts;
	readonly #autoLock: AutoLock;
	#phase = $state.raw<Phase>({ name: 'starting' });
	#accounts = $state.raw<readonly AccountView[]>([]);
	#trash = $state.raw<readonly TrashedView[]>([]);
	#codes = $state.raw<ReadonlyMap<string, CodeView>>(new Map());
	#counterCodes = $state.raw<ReadonlyMap<string, string>>(new Map());
	#unsaved = $state<string>();
	#damage = $state<Opened['damage']>('none');
	#lost = $state.raw<Lost>();
	#heldElsewhere = $state(false);
	#persistent = $state<boolean>();
	/** Of the newest state: while the vault is open, and after that as long as it could not be stored. */
	#file: Uint8Array<ArrayBuffer> | undefined;
	#generation = 0;
	/** Goes up with every lock: what was asked for before it is not shown after it. */
	#session = 0;
	#saving: Promise<void> = Promise.resolve();
	/** The end of the last worker: the next one starts after it. */
	#ending: Promise<void> = Promise.resolve();
	/** The end of the last lock, with the last try to store what could not be. */
	#closing: Promise<void> = Promise.resolve();
	#asking = false;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.clock = parts.clock;
		this.settings = parts.settings;
		this.#autoLock = new AutoLock(
			parts.time ?? wallClock,
			() => ({ minutes: parts.settings.lockMinutes, whenHidden: parts.settings.lockWhenHidden }),
			(why) => void this.lock(why),
		);
		parts.tabs.listen((message) => void this.#heard(message));
	}

	get phase(): Phase {
		return this.#phase;
	}

	get accounts(): readonly AccountView[] {
		return this.#accounts;
	}

	/** What was deleted since the vault was opened, newest first. */
	get trash(): readonly TrashedView[] {
		return this.#trash;
	}

	/** Code of a failed save: there is a newer state than the stored one, in memory, or after a lock as a file. */
	get unsaved(): string | undefined {
		return this.#unsaved;
	}

	/** Whether what was stored was damaged, and what was opened instead. */
	get damage(): Opened['damage'] {
		return this.#damage;
	}

	/** What is missing of what was salvaged. */
	get lost(): Lost | undefined {
		return this.#lost;
	}

	/** Another tab has the vault open. */
	get heldElsewhere(): boolean {
		return this.#heldElsewhere;
	}

	/** Whether the browser has promised to keep the vault; unknown before it was asked. */
	get persistent(): boolean | undefined {
		return this.#persistent;
	}

	/** The codes of a time-based account. */
	codesOf(id: string): CodeView | undefined {
		return this.#codes.get(id);
	}

	/** The last code made for a counter-based account. */
	counterCodeOf(id: string): string | undefined {
		return this.#counterCodes.get(id);
	}

	/** Looks for a stored vault. */
	async begin(): Promise<void> {
		try {
			const stored = await this.#parts.store.load();
			this.#heldElsewhere = await this.#parts.tabs.heldElsewhere();
			const why = this.#phase.name === 'locked' ? this.#phase.why : 'start';
			const nothing = stored.length === 0 && this.#unsaved === undefined;
			this.#phase = nothing ? { name: 'new' } : { name: 'locked', why };
		} catch (cause) {
			this.#phase = { name: 'unusable', code: codeOf(cause) };
		}
	}

	/** Makes an empty vault and opens it. */
	async create(password: string, signal?: AbortSignal): Promise<void> {
		const opened = await this.#call('create', [password], signal);
		await this.#stored(opened, 0);
		await this.#opened(opened);
	}

	/**
	 * Makes the vault of this browser out of a backup file. Of a damaged one only with `salvage`, when a person has said
	 * so, and only if there is anything left of it.
	 */
	async createFromBackup(file: Uint8Array<ArrayBuffer>, password: string, salvage = false): Promise<void> {
		const opened = await this.#call('open', [[file], password, salvage]);
		if (opened.damage === 'salvaged' && opened.accounts.length === 0) {
			await this.#endWorker();
			throw new CallError('nothing_readable');
		}
		await this.#stored(opened, 0);
		await this.#opened(opened);
	}

	/** Opens the stored vault, or the one before it if the newest is damaged. What could not be stored comes first. */
	async unlock(password: string): Promise<void> {
		await this.#closing;
		const stored = await this.#parts.store.load();
		const [newest] = stored;
		// Another tab that has stored since then has the newer state.
		const follows = !newest || newest.generation === this.#generation || this.#parts.store.isOurs(newest);
		const unsaved = this.#unsaved !== undefined && follows ? this.#file : undefined;
		const files = stored.map(({ file }) => file);
		const opened = await this.#call('open', [unsaved ? [unsaved, ...files] : files, password, true]);
		this.#generation = newest?.generation ?? 0;
		this.#file = opened.file;
		await this.#opened(opened);
		if (unsaved) await this.saveAgain();
		else this.#unsaved = undefined;
	}

	/** Wipes the open vault from memory. */
	async lock(why: LockReason): Promise<void> {
		if (this.#phase.name !== 'open') return;
		this.#autoLock.stop();
		this.#phase = { name: 'locked', why };
		this.#heldElsewhere = why === 'elsewhere';
		this.#forgetLists();
		this.#closing = this.#close();
		await this.#closing;
		await this.#parts.clipboard.clearNow();
	}

	/** Erases the vault from this browser. */
	async erase(): Promise<void> {
		this.#autoLock.stop();
		await this.#saving;
		await this.#parts.store.erase();
		await this.#endWorker();
		this.#forgetLists();
		this.#forgetFile();
		this.#generation = 0;
		this.#phase = { name: 'new' };
		this.#parts.tabs.release();
		this.#parts.tabs.tell('erased');
		await this.#parts.clipboard.clearNow();
	}

	/** Locks when it is time, and asks for new codes when some have run out at `now`. Called on every tick. */
	async refresh(now: number): Promise<void> {
		this.#autoLock.refresh();
		if (this.#phase.name !== 'open' || this.#asking || !stale([...this.#codes.values()], now)) return;
		await this.#askCodes();
	}

	/** The page was touched. */
	used(): void {
		if (this.#phase.name === 'open') this.#autoLock.used();
	}

	visibility(hidden: boolean): void {
		this.#autoLock.visibility(hidden);
		if (!hidden) {
			this.clock.catchUp();
			void this.#parts.clipboard.focused();
		}
	}

	/** The time to lock was changed. */
	lockingChanged(): void {
		this.#autoLock.refresh();
	}

	/** Copies a code; false when the browser refuses. */
	copy(code: string): Promise<boolean> {
		return this.#parts.clipboard.copy(code);
	}

	/** Makes the next code of a counter-based account, after an attempt to store the new counter. */
	async nextHotp(id: string): Promise<string> {
		const changed = await this.#change('nextHotp', [id]);
		this.#counterCodes = new Map(this.#counterCodes).set(id, changed.code);
		return changed.code;
	}

	review(text: string, limit: 'scanner' | 'import'): Promise<Review> {
		return this.#call('review', [text, limit]);
	}

	reviewManual(parts: ManualParts): Promise<Review> {
		return this.#call('reviewManual', [parts]);
	}

	/** Adds what was reviewed and returns the new ids. */
	async add(tokens: readonly string[], names?: Names): Promise<readonly string[]> {
		const changed = await this.#change('add', names ? [tokens, names] : [tokens]);
		return changed.added;
	}

	/** Drops what was reviewed and not added. */
	async forget(): Promise<void> {
		if (this.#phase.name === 'open') await this.#call('forget', []);
	}

	async rename(id: string, names: Names): Promise<void> {
		await this.#change('rename', [id, names]);
	}

	async reorder(ids: readonly string[]): Promise<void> {
		const before = this.#accounts;
		const session = this.#session;
		// The list follows the finger at once, and goes back if the change fails.
		const order = new Map(ids.map((id, at) => [id, at]));
		this.#accounts = before.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
		try {
			await this.#change('reorder', [ids]);
		} catch (cause) {
			if (session === this.#session) this.#accounts = before;
			throw cause;
		}
	}

	/** Deletes an account and returns what brings it back. */
	async remove(id: string): Promise<string> {
		return (await this.#change('remove', [id])).trashId;
	}

	async restore(trashId: string): Promise<string> {
		return (await this.#change('restore', [trashId])).restored;
	}

	async emptyTrash(): Promise<void> {
		await this.#change('emptyTrash', []);
	}

	exportMigration(password: string, ids: readonly string[]): Promise<ExportView> {
		return this.#call('exportMigration', [password, ids]);
	}

	async changePassword(oldPassword: string, newPassword: string): Promise<void> {
		await this.#change('changePassword', [oldPassword, newPassword]);
	}

	/** The accounts of a backup file; of a damaged one only with `salvage`, when a person has said so. */
	async openBackup(file: Uint8Array<ArrayBuffer>, password: string, salvage = false): Promise<BackupView> {
		const backup = await this.#call('openBackup', [file, password, salvage]);
		if (salvage && backup.candidates.length === 0) throw new CallError('nothing_readable');
		return backup;
	}

	/** The vault as a file, encrypted: of the newest state, also when that could not be stored. */
	backupFile(): Uint8Array<ArrayBuffer> | undefined {
		return this.#file;
	}

	/** Stores the newest state once more after a failed save. */
	async saveAgain(): Promise<void> {
		if (this.#file) await this.#save(this.#file);
		if (this.#phase.name !== 'open' && this.#unsaved === undefined) this.#forgetFile();
	}

	/** What is stored was changed by another tab. */
	async #heard(message: TabMessage): Promise<void> {
		if (message === 'erased') {
			await this.lock('elsewhere');
			this.#forgetFile();
		}
		if (this.#phase.name === 'new' || this.#phase.name === 'locked') await this.begin();
	}

	async #change<Name extends ChangingCall>(
		name: Name,
		args: Parameters<VaultCalls[Name]>,
	): Promise<ReturnType<VaultCalls[Name]>> {
		this.used();
		const session = this.#session;
		const changed = (await this.#call(name, args)) as ReturnType<VaultCalls[Name]>;
		await this.#save(changed.file);
		// It was locked meanwhile: the change is stored, and nothing of it is shown.
		if (session !== this.#session) throw abortError();
		this.#show(changed);
		await this.#askCodes();
		return changed;
	}

	async #call<Name extends keyof VaultCalls & string>(
		name: Name,
		args: Parameters<VaultCalls[Name]>,
		signal?: AbortSignal,
	): Promise<Awaited<ReturnType<VaultCalls[Name]>>> {
		await this.#ending;
		try {
			return await this.#parts.bridge.call(name, args, { signal });
		} catch (cause) {
			// Without its worker an open vault is a locked one.
			const code = codeOf(cause);
			if (code === 'worker_failed' || code === 'locked') await this.lock('failed');
			throw cause;
		}
	}

	async #opened(opened: Opened): Promise<void> {
		this.#damage = opened.damage;
		this.#lost = opened.lost;
		this.settings.openMs = opened.tookMs;
		await this.#parts.tabs.take(() => void this.lock('elsewhere'));
		this.#heldElsewhere = false;
		this.#show(opened);
		await this.#askCodes();
		this.#phase = { name: 'open' };
		this.#autoLock.start();
		this.#persistent = await this.#parts.persist();
	}

	/** Stores the first state of a new vault; a failure leaves no half-made authenticator behind. */
	async #stored(opened: Opened, after: number): Promise<void> {
		try {
			this.#generation = await this.#parts.store.save(opened.file, after);
		} catch (cause) {
			await this.#endWorker();
			throw cause;
		}
		this.#file = opened.file;
		this.#parts.tabs.tell('stored');
	}

	#show({ accounts, trash }: Changed): void {
		this.#accounts = accounts;
		this.#trash = trash;
	}

	async #askCodes(): Promise<void> {
		this.#asking = true;
		const session = this.#session;
		try {
			const views = await this.#call('codes', [(this.#parts.time ?? wallClock).now()]);
			if (session === this.#session) this.#codes = new Map(views.map((view) => [view.id, view]));
		} catch (cause) {
			if (!isAbort(cause)) this.#codes = new Map();
		} finally {
			this.#asking = false;
		}
	}

	/** One save after the other; a failed one is told and can be repeated, the state in memory stays. */
	#save(file: Uint8Array<ArrayBuffer>): Promise<void> {
		this.#file = file;
		this.#saving = this.#saving.then(async () => {
			if (this.#file !== file) return; // a newer state waits behind this one
			try {
				this.#generation = await this.#parts.store.save(file, this.#generation);
				this.#unsaved = undefined;
			} catch (cause) {
				this.#unsaved = codeOf(cause);
			}
		});
		return this.#saving;
	}

	/** The rest of a lock. The file that is kept when it cannot be stored is encrypted. */
	async #close(): Promise<void> {
		// Calls in flight are answered first, and what they changed is on its way to the store then.
		await this.#endWorker();
		await this.#saving;
		if (this.#unsaved !== undefined && this.#file) await this.#save(this.#file);
		if (this.#unsaved === undefined) this.#forgetFile();
		this.#parts.tabs.release();
	}

	#endWorker(): Promise<void> {
		this.#ending = this.#ending.then(() => this.#wipe());
		return this.#ending;
	}

	async #wipe(): Promise<void> {
		if (!this.#parts.bridge.running) return;
		const wiped = this.#parts.bridge.call('close', []).catch(() => undefined);
		await Promise.race([wiped, new Promise((resolve) => setTimeout(resolve, WIPE_MS))]);
		this.#parts.bridge.retire();
	}

	#forgetFile(): void {
		this.#file = undefined;
		this.#unsaved = undefined;
	}

	#forgetLists(): void {
		this.#session += 1;
		this.#accounts = [];
		this.#trash = [];
		this.#codes = new Map();
		this.#counterCodes = new Map();
		this.#damage = 'none';
		this.#lost = undefined;
	}
}

type ChangingCall = 'nextHotp' | 'add' | 'rename' | 'reorder' | 'remove' | 'restore' | 'emptyTrash' | 'changePassword';
