import type { KdfCost, OtpAccount, OtpauthVerdict, RemovedEntry, SalvagedVault, Vault, VaultEntry } from 'gatepass';
import type {
	AccountView,
	BackupView,
	Candidate,
	Changed,
	CodeView,
	ExportView,
	ManualParts,
	MigrationEntryView,
	MigrationView,
	Names,
	Opened,
	Review,
	TrashedView,
	VaultCalls,
} from '../shared/protocol';

/** The wasm package, as far as it is used here. */
export type Gatepass = Pick<
	typeof import('gatepass'),
	'Vault' | 'OtpAccount' | 'MigrationCollector' | 'parseOtpauth' | 'encodeQr' | 'exportMigration'
>;

type Collector = InstanceType<Gatepass['MigrationCollector']>;

/** A failure with a stable code that is ours rather than the package's. */
class HostError extends Error {
	readonly code: string;

	constructor(code: string) {
		super(code);
		this.code = code;
	}
}

/** Of a file that may be whole: older files are no answer to these. */
const NO_DAMAGE: readonly string[] = ['vault_wrong_password', 'vault_out_of_memory', 'vault_unsupported_version'];
const MIGRATION_SCHEME = /^\s*otpauth-migration:/i;

/**
 * The open vault and everything secret around it. Lives in a worker, so that Argon2id does not stop
 * the page and ending the worker forgets the secrets.
 */
export class VaultHost implements VaultCalls {
	readonly #gatepass: Gatepass;
	readonly #elapsed: () => number;
	readonly #kdf: KdfCost | undefined;
	readonly #candidates = new Map<string, OtpAccount>();
	/** Keeps the candidates of a migration the same over repeated scans. */
	readonly #migrationTokens = new Map<string, string>();
	readonly #trash = new Map<string, RemovedEntry>();
	#vault: Vault | undefined;
	#collector: Collector | undefined;
	#lastToken = 0;

	/** `elapsed`: a monotonic clock in milliseconds. `kdf`: cost of new passwords; the package's own by default. */
	constructor(gatepass: Gatepass, elapsed: () => number, kdf?: KdfCost) {
		this.#gatepass = gatepass;
		this.#elapsed = elapsed;
		this.#kdf = kdf;
	}

	create(password: string): Opened {
		const before = this.#elapsed();
		const vault = this.#gatepass.Vault.create(password, this.#kdf);
		this.#take(vault);
		return { ...this.#changed(), damage: 'none', tookMs: this.#elapsed() - before };
	}

	open(files: readonly Uint8Array<ArrayBuffer>[], password: string, salvage: boolean): Opened {
		const damaged: Uint8Array<ArrayBuffer>[] = [];
		let refused: unknown = new HostError('no_vault');
		for (const file of files) {
			const before = this.#elapsed();
			try {
				this.#take(this.#gatepass.Vault.unlock(file, password));
				const damage = damaged.length === 0 ? 'none' : 'older';
				return { ...this.#unchanged(file), damage, tookMs: this.#elapsed() - before };
			} catch (cause) {
				if (damaged.length === 0) refused = cause;
				if (NO_DAMAGE.includes(codeOf(cause))) {
					refused = cause;
					break;
				}
				damaged.push(file);
			}
		}
		// The one before may have another password than the newest: what is left of that comes after it.
		if (damaged.length === 0 || !salvage) throw refused;
		const before = this.#elapsed();
		const { vault, ...lost } = this.#salvage(damaged, password, refused);
		this.#take(vault);
		return { ...this.#changed(), damage: 'salvaged', lost, tookMs: this.#elapsed() - before };
	}

	close(): void {
		this.forget();
		for (const removed of this.#trash.values()) removed.free();
		this.#trash.clear();
		this.#vault?.free();
		this.#vault = undefined;
	}

	codes(nowMs: number): readonly CodeView[] {
		const vault = this.#open();
		return vault.entries().flatMap(({ id, type }) => {
			if (type === 'hotp') return [];
			const { current, next, remainingMs, periodMs } = vault.codes(id, nowMs);
			const endsAt = nowMs + remainingMs;
			return [{ id, current, next, startsAt: endsAt - periodMs, endsAt }];
		});
	}

	nextHotp(id: string): Changed & { readonly code: string } {
		const code = this.#open().nextHotp(id);
		return { ...this.#changed(), code };
	}

	review(text: string, limit: 'scanner' | 'import'): Review {
		if (MIGRATION_SCHEME.test(text)) return this.#reviewMigration(text.trim());
		const verdict = this.#gatepass.parseOtpauth(text, { limit });
		if (verdict.verdict === 'reject') return rejected(verdict);
		const warnings = verdict.verdict === 'acceptWithWarnings' ? verdict.warnings : [];
		return { kind: 'account', candidate: this.#candidate(verdict.account, warnings) };
	}

	reviewManual(parts: ManualParts): Review {
		const { type, issuer, account, secret, algorithm, digits, period, counter } = parts;
		const names = { account, ...(issuer === '' ? {} : { issuer }) };
		let made: OtpAccount;
		try {
			made =
				type === 'totp'
					? this.#gatepass.OtpAccount.fromParts({ ...names, type, secret, algorithm, digits, period })
					: type === 'hotp'
						? this.#gatepass.OtpAccount.fromParts({ ...names, type, secret, algorithm, digits, counter })
						: this.#gatepass.OtpAccount.fromParts({ ...names, type, secret });
		} catch (cause) {
			return { kind: 'rejected', reason: codeOf(cause) };
		}
		// What was typed is judged like what was scanned: through the account's own URI.
		const verdict = this.#gatepass.parseOtpauth(made.toUri(), { limit: 'import' });
		if (verdict.verdict === 'reject') {
			made.free();
			return { kind: 'rejected', reason: verdict.reason };
		}
		verdict.account.free();
		const warnings = verdict.verdict === 'acceptWithWarnings' ? verdict.warnings : [];
		// The form has asked for the names: what was left empty was left empty on purpose.
		return {
			kind: 'account',
			candidate: this.#candidate(
				made,
				warnings.filter((code) => code !== 'missing_label'),
			),
		};
	}

	add(tokens: readonly string[], names?: Names): Changed & { readonly added: readonly string[] } {
		const vault = this.#open();
		const accounts = tokens.map((token) => {
			const account = this.#candidates.get(token);
			if (!account) throw new HostError('candidate_gone');
			return account;
		});
		const added: string[] = [];
		try {
			for (const account of accounts) added.push(vault.add(account));
			const [first] = added;
			if (names && first !== undefined) vault.rename(first, names);
		} catch (cause) {
			// All or none: what was added so far would be in memory and not in the stored file.
			for (const id of added) vault.remove(id).free();
			throw cause;
		}
		this.forget();
		return { ...this.#changed(), added };
	}

	forget(): void {
		for (const account of this.#candidates.values()) {
			account.free();
		}
		this.#candidates.clear();
		this.#migrationTokens.clear();
		this.#collector?.free();
		this.#collector = undefined;
	}

	rename(id: string, names: Names): Changed {
		this.#open().rename(id, names);
		return this.#changed();
	}

	reorder(ids: readonly string[]): Changed {
		this.#open().reorder(ids);
		return this.#changed();
	}

	remove(id: string): Changed & { readonly trashId: string } {
		this.#trash.set(id, this.#open().remove(id));
		return { ...this.#changed(), trashId: id };
	}

	restore(trashId: string): Changed & { readonly restored: string } {
		const removed = this.#trash.get(trashId);
		if (!removed) throw new HostError('candidate_gone');
		const restored = this.#open().restore(removed);
		removed.free();
		this.#trash.delete(trashId);
		return { ...this.#changed(), restored };
	}

	emptyTrash(): Changed {
		for (const removed of this.#trash.values()) removed.free();
		this.#trash.clear();
		return this.#changed();
	}

	exportMigration(password: string, ids: readonly string[]): ExportView {
		const vault = this.#open();
		vault.verifyPassword(password);
		const { uris, leftOut } = vault.exportMigration(ids);
		return {
			pictures: uris.map((uri) => {
				const { size, modules } = this.#gatepass.encodeQr(uri, { level: 'M' });
				return { size, modules };
			}),
			leftOut: leftOut.flatMap(({ index, reason }) => {
				const id = ids[index];
				return id === undefined ? [] : [{ id, reason }];
			}),
		};
	}

	changePassword(oldPassword: string, newPassword: string): Changed {
		this.#open().changePassword(oldPassword, newPassword);
		return this.#changed();
	}

	openBackup(file: Uint8Array<ArrayBuffer>, password: string, salvage: boolean): BackupView {
		this.forget();
		const { Vault } = this.#gatepass;
		const { vault: backup, ...lost } = salvage
			? this.#salvage([file], password)
			: { vault: Vault.unlock(file, password), unreadable: 0, cutShort: false };
		try {
			return { candidates: backup.entries().map(({ id }) => this.#candidate(backup.account(id), [])), lost };
		} finally {
			backup.free();
		}
	}

	/** What can be read of the first of the files that has anything left. */
	#salvage(files: readonly Uint8Array<ArrayBuffer>[], password: string, otherwise?: unknown): SalvagedVault {
		let refused = otherwise;
		let empty: SalvagedVault | undefined;
		for (const file of files) {
			try {
				const found = this.#gatepass.Vault.salvage(file, password);
				if (found.vault.entries().length > 0) {
					empty?.vault.free();
					return found;
				}
				empty?.vault.free();
				empty = found;
			} catch (cause) {
				if (refused === undefined || NO_DAMAGE.includes(codeOf(cause))) refused = cause;
			}
		}
		if (empty) return empty;
		throw refused;
	}

	#reviewMigration(text: string): Review {
		this.#collector ??= new this.#gatepass.MigrationCollector();
		try {
			const progress = this.#collector.add(text);
			return { kind: 'migration', migration: { ...progress, entries: this.#migrationEntries(this.#collector) } };
		} catch (cause) {
			return { kind: 'migrationRejected', reason: codeOf(cause) };
		}
	}

	#migrationEntries(collector: Collector): MigrationView['entries'] {
		return collector.entries().map((entry): MigrationEntryView => {
			if ('error' in entry) return { error: entry.error, label: entry.label };
			const key = entry.account.toUri();
			const known = this.#migrationTokens.get(key);
			const held = known === undefined ? undefined : this.#candidates.get(known);
			if (known !== undefined && held !== undefined) {
				entry.account.free();
				return { candidate: this.#describe(known, held, entry.warnings) };
			}
			const candidate = this.#candidate(entry.account, entry.warnings);
			this.#migrationTokens.set(key, candidate.token);
			return { candidate };
		});
	}

	#candidate(account: OtpAccount, warnings: readonly string[]): Candidate {
		const token = this.#newToken();
		this.#candidates.set(token, account);
		return this.#describe(token, account, warnings);
	}

	#describe(token: string, account: OtpAccount, warnings: readonly string[]): Candidate {
		return { ...describe(account), token, warnings, likeness: this.#open().likeness(account) };
	}

	#changed(): Changed {
		return this.#unchanged(this.#open().save());
	}

	#unchanged(file: Uint8Array<ArrayBuffer>): Changed {
		return {
			accounts: this.#open().entries().map(view),
			trash: [...this.#trash].map(([trashId, { entry }]): TrashedView => ({ trashId, ...describe(entry) })).reverse(),
			file,
		};
	}

	#take(vault: Vault): void {
		this.close();
		this.#vault = vault;
	}

	#open(): Vault {
		if (!this.#vault) throw new HostError('locked');
		return this.#vault;
	}

	#newToken(): string {
		this.#lastToken += 1;
		return `t${this.#lastToken}`;
	}
}

function rejected({ reason, otherKind }: Extract<OtpauthVerdict, { verdict: 'reject' }>): Review {
	return { kind: 'rejected', reason, ...(otherKind === undefined ? {} : { otherKind }) };
}

function view(entry: VaultEntry): AccountView {
	return { id: entry.id, ...describe(entry) };
}

function describe(from: OtpAccount | VaultEntry): Omit<AccountView, 'id'> {
	return {
		type: from.type,
		issuer: from.issuer ?? '',
		account: from.account,
		algorithm: from.algorithm,
		digits: from.digits,
		...(from.period === undefined ? {} : { periodMs: from.period * 1000 }),
		...(from.counter === undefined ? {} : { counter: from.counter }),
	};
}

function codeOf(cause: unknown): string {
	return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'internal';
}
