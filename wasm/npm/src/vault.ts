import * as raw from '../pkg/full/gatepass.js';
import { OtpAccount } from './accounts.js';
import { full } from './full.js';
import { exportMigration } from './migration.js';
import { Handle } from './runtime.js';
import type { Codes, KdfCost, Likeness, MigrationExport, VaultEntry } from './types.js';

/**
 * The encrypted account store. `create`, `unlock` and `changePassword` run Argon2id with 64 MiB by
 * default, about a second: call them in a worker. Nothing is written anywhere: keep the bytes of
 * `save` yourself, and the old ones until the new ones are safe.
 */
export class Vault {
	readonly #handle: Handle<raw.Vault>;

	private constructor(make: () => raw.Vault) {
		this.#handle = new Handle(full, make);
	}

	/** A new, empty vault. */
	static create(password: string, kdf: KdfCost = defaultKdf): Vault {
		const { memoryKib, iterations, parallelism } = kdf;
		return new Vault(() => raw.Vault.create(normal(password), memoryKib, iterations, parallelism));
	}

	/** Opens saved bytes. Throws `vault_wrong_password`, `vault_damaged` and the other vault codes. */
	static unlock(bytes: Uint8Array, password: string): Vault {
		return new Vault(() => raw.Vault.unlock(bytes, normal(password)));
	}

	/** What can still be read of bytes that `unlock` calls damaged. Some accounts may be old or missing. */
	static salvage(bytes: Uint8Array, password: string): SalvagedVault {
		const found = full.run(() => raw.Vault.salvage(bytes, normal(password)) as RawSalvaged);
		return { ...found, vault: new Vault(() => found.vault) };
	}

	/** How often the vault was saved. */
	get generation(): number {
		return this.#handle.run((vault) => vault.generation);
	}

	/** The accounts in the order the person chose. */
	entries(): VaultEntry[] {
		return this.#handle.run((vault) => vault.entries() as VaultEntry[]);
	}

	/** The codes of an account around a moment. */
	codes(id: string, nowMs: number): Codes {
		return this.#handle.run((vault) => vault.codes(id, nowMs) as Codes);
	}

	/** The next code of a counter-based account; counts on, so save afterwards. */
	nextHotp(id: string): string {
		return this.#handle.run((vault) => vault.nextHotp(id));
	}

	/** Adds a copy of an account at the end and returns its id. */
	add(account: OtpAccount): string {
		return this.#handle.run((vault) => vault.add(OtpAccount.unwrap(account)));
	}

	/** How an account that may be added relates to those that are there: told by its secret first, then by its names. */
	likeness(account: OtpAccount): Likeness {
		return this.#handle.run((vault) => vault.likeness(OtpAccount.unwrap(account)));
	}

	/** A copy of an account under the names it is shown with. It holds the secret. */
	account(id: string): OtpAccount {
		return OtpAccount.wrap(this.#handle.run((vault) => vault.account(String(id))));
	}

	/**
	 * Gives an account other names to be shown; a name left out is the account's own again. Throws, and changes nothing,
	 * for names that another authenticator could not take the account under: `vault_name_invalid`,
	 * `vault_name_is_steam`, `vault_entry_too_long`.
	 */
	rename(id: string, names: { readonly issuer?: string; readonly account?: string }): void {
		this.#handle.run((vault) => vault.rename(id, names.issuer, names.account));
	}

	/** Removes an account. What comes back can be put back with `restore`, under the same id and in its place. */
	remove(id: string): RemovedEntry {
		return RemovedEntry.wrap(this.#handle.run((vault) => vault.remove(id)));
	}

	/** Puts a removed account back where it was and returns its id. */
	restore(removed: RemovedEntry): string {
		return this.#handle.run((vault) => vault.restore(RemovedEntry.unwrap(removed)));
	}

	/** A new order: every id exactly once. */
	reorder(ids: readonly string[]): void {
		this.#handle.run((vault) => vault.reorder(ids.map(String)));
	}

	/** Throws `vault_wrong_password` when this is not the password: to ask again before a secret is shown. */
	verifyPassword(password: string): void {
		this.#handle.run((vault) => vault.verifyPassword(normal(password)));
	}

	/** Throws `vault_wrong_password` and changes nothing when `oldPassword` is not the present one. */
	changePassword(oldPassword: string, newPassword: string): void {
		this.#handle.run((vault) => vault.changePassword(normal(oldPassword), normal(newPassword)));
	}

	/** The whole vault, encrypted: what to store, and what a backup file holds. */
	save(): Uint8Array<ArrayBuffer> {
		return this.#handle.run((vault) => vault.save() as Uint8Array<ArrayBuffer>);
	}

	/** QR texts of the accounts (all, or those named) for another authenticator. Each is a secret. */
	exportMigration(ids?: readonly string[]): MigrationExport {
		const accounts: OtpAccount[] = [];
		try {
			for (const id of ids ?? this.entries().map((entry) => entry.id)) accounts.push(this.account(id));
			return exportMigration(accounts);
		} finally {
			for (const account of accounts) account.free();
		}
	}

	/** The otpauth URI of an account. It holds the secret: show it to its owner only, never log it. */
	toUri(id: string): string {
		const account = this.account(id);
		try {
			return account.toUri();
		} finally {
			account.free();
		}
	}

	/** Locks: wipes the keys and accounts from memory. */
	free(): void {
		this.#handle.free();
	}
}

/** An account that was taken out of a vault. Once it is freed and the vault saved, it is gone. */
export class RemovedEntry {
	readonly #handle: Handle<raw.Removed>;

	private constructor(make: () => raw.Removed) {
		this.#handle = new Handle(full, make);
	}

	/** @internal */
	static wrap(removed: raw.Removed): RemovedEntry {
		return new RemovedEntry(() => removed);
	}

	/** @internal */
	static unwrap(removed: RemovedEntry): raw.Removed {
		return removed.#handle.raw;
	}

	/** The account as the list showed it. */
	get entry(): VaultEntry {
		return this.#handle.run((removed) => removed.entry as VaultEntry);
	}

	/** Lets go of the account. */
	free(): void {
		this.#handle.free();
	}
}

export interface SalvagedVault {
	/** The accounts that could be read. Save it to make it whole again. */
	readonly vault: Vault;
	/** Accounts that were found and not readable. */
	readonly unreadable: number;
	/** Whether the file broke off, so that more may be missing. */
	readonly cutShort: boolean;
}

/**
 * Of two places that are written in turn, the one that holds the newest complete vault; no password is
 * needed. An empty or half-written place does not count.
 */
export function pickNewestVault(first: Uint8Array, second: Uint8Array): 'first' | 'second' {
	return full.run(() => raw.pickNewestVault(first, second));
}

interface RawSalvaged {
	vault: raw.Vault;
	unreadable: number;
	cutShort: boolean;
}

const defaultKdf: KdfCost = { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 };

/** One spelling for every keyboard. */
function normal(password: string): string {
	return password.normalize('NFC');
}
