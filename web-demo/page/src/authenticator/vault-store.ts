/** Why the vault could not be stored or found. */
export type StoreFailure =
	/** The browser keeps nothing here (private window, blocked site data). */
	| 'storage_blocked'
	/** The disk or the site's share of it is full. */
	| 'storage_full'
	/** Another tab stored a newer vault in the meantime. */
	| 'stored_elsewhere'
	/** What was read back is not what was written. */
	| 'storage_damaged';

export class StoreError extends Error {
	readonly code: StoreFailure;

	constructor(code: StoreFailure, options?: ErrorOptions) {
		super(`The vault's storage: ${code}.`, options);
		this.name = 'StoreError';
		this.code = code;
	}
}

/** One stored state of the vault. */
export interface Generation {
	/** Counts up by one with every save. */
	readonly generation: number;
	/** The encrypted vault file. */
	readonly file: Uint8Array<ArrayBuffer>;
}

const STORE = 'generations';

/**
 * The vault file in IndexedDB. A save writes a new generation beside the old one, reads it back, and drops the old one
 * only when both are equal: whatever stops a save, a whole vault stays behind.
 */
export class VaultStore {
	readonly #factory: IDBFactory;
	readonly #name: string;
	#database: Promise<IDBDatabase> | undefined;
	/** The last write that was begun: whether it arrived is known only once the save has ended well. */
	#begun: Generation | undefined;

	constructor(factory: IDBFactory, name = 'gatepass-authenticator') {
		this.#factory = factory;
		this.#name = name;
	}

	/** All stored generations, newest first. More than one means that a save was interrupted. */
	async load(): Promise<readonly Generation[]> {
		return this.#run('readonly', async (store) => (await result<Generation[]>(store.getAll())).reverse());
	}

	/**
	 * Stores `file` as the successor of generation `after` (0 = there is none) and returns its number.
	 * Fails with `stored_elsewhere`, and changes nothing, when another generation is the newest, unless an earlier save
	 * from here that was told as failed put it there.
	 */
	async save(file: Uint8Array<ArrayBuffer>, after: number): Promise<number> {
		const write = await this.#run('readwrite', async (store) => {
			const newest = (await result<number[]>(store.getAllKeys() as IDBRequest<number[]>)).at(-1) ?? 0;
			if (newest !== after) {
				const there = await result<Generation | undefined>(store.get(newest));
				if (!there || !this.isOurs(there)) throw new StoreError('stored_elsewhere');
			}
			const generation: Generation = { generation: newest + 1, file };
			this.#begun = generation;
			await result(store.add(generation));
			return generation;
		});
		const written = await this.#run('readonly', (store) => result<Generation | undefined>(store.get(write.generation)));
		if (!written || !equal(written.file, file)) {
			if (written) this.#begun = written;
			await this.#run('readwrite', (store) => result(store.delete(write.generation))).catch(() => undefined);
			throw new StoreError('storage_damaged');
		}
		// The new state is safe. Older ones that cannot be dropped now go with the next save.
		await this.#run('readwrite', (store) => result(store.delete(IDBKeyRange.upperBound(write.generation, true)))).catch(
			() => undefined,
		);
		return write.generation;
	}

	/** Whether a stored state is one that the last save from here wrote, even if that save was told as failed. */
	isOurs({ generation, file }: Generation): boolean {
		return this.#begun?.generation === generation && equal(this.#begun.file, file);
	}

	/** Forgets every generation. */
	async erase(): Promise<void> {
		await this.#run('readwrite', (store) => result(store.clear()));
		this.#begun = undefined;
	}

	async #run<T>(mode: IDBTransactionMode, body: (store: IDBObjectStore) => Promise<T>): Promise<T> {
		try {
			const database = await this.#opened();
			// `strict`: the transaction completes when the disk has it, not when the system promises to write.
			const transaction = database.transaction(STORE, mode, { durability: 'strict' });
			const done = completion(transaction);
			try {
				const value = await body(transaction.objectStore(STORE));
				await done;
				return value;
			} catch (cause) {
				done.catch(() => undefined);
				abort(transaction);
				throw cause;
			}
		} catch (cause) {
			throw toStoreError(cause);
		}
	}

	#opened(): Promise<IDBDatabase> {
		this.#database ??= this.#open().catch((cause: unknown) => {
			this.#database = undefined;
			throw cause;
		});
		return this.#database;
	}

	async #open(): Promise<IDBDatabase> {
		const request = this.#factory.open(this.#name, 1);
		request.onupgradeneeded = () => {
			request.result.createObjectStore(STORE, { keyPath: 'generation' });
		};
		const database = await result(request);
		const forget = () => {
			database.close();
			this.#database = undefined;
		};
		// The browser may close the database, or another tab may want to change it: open it anew next time.
		database.onclose = forget;
		database.onversionchange = forget;
		return database;
	}
}

function result<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

function completion(transaction: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
		transaction.onerror = () => reject(transaction.error);
	});
}

function abort(transaction: IDBTransaction): void {
	try {
		transaction.abort();
	} catch {
		// It ended by itself already.
	}
}

function toStoreError(cause: unknown): StoreError {
	if (cause instanceof StoreError) return cause;
	const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
	return new StoreError(full ? 'storage_full' : 'storage_blocked', { cause });
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
