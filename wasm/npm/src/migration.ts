import * as raw from '../pkg/full/gatepass.js';
import { countable, OtpAccount } from './accounts.js';
import type { EntryErrorCode, OtpauthWarning } from './codes.js';
import { full } from './full.js';
import { Handle } from './runtime.js';
import type { MigrationEntry, MigrationExport, MigrationProgress } from './types.js';

type RawMigrationEntry =
	| { account: raw.OtpAccount; warnings: OtpauthWarning[] }
	| { error: EntryErrorCode; label: string };

/** Collects the QR codes of one Google Authenticator export, in any order, repeats included. */
export class MigrationCollector {
	readonly #handle: Handle<raw.MigrationCollector>;

	constructor() {
		this.#handle = new Handle(full, () => new raw.MigrationCollector());
	}

	/** Adds one `otpauth-migration` URI. Throws when it is not one. */
	add(uri: string): MigrationProgress {
		return this.#handle.run((collector) => collector.add(uri) as MigrationProgress);
	}

	/** What there is so far, in the order of the export; may be asked for before all is scanned. */
	entries(): MigrationEntry[] {
		const entries = this.#handle.run((collector) => collector.entries() as RawMigrationEntry[]);
		return entries.map(toMigrationEntry);
	}

	/** Wipes what was collected. */
	free(): void {
		this.#handle.free();
	}
}

/** The accounts of one `otpauth-migration` URI. Throws when it is not one. */
export function parseMigration(uri: string): MigrationEntry[] {
	return full.run(() => raw.parseMigration(uri) as RawMigrationEntry[]).map(toMigrationEntry);
}

/** QR texts that Google Authenticator (and most others) can import, and what they cannot carry. */
export function exportMigration(accounts: readonly OtpAccount[]): MigrationExport {
	return full.run(() => {
		const batch = new raw.MigrationExporter();
		try {
			for (const account of accounts) batch.add(OtpAccount.unwrap(account));
			return batch.export() as MigrationExport;
		} finally {
			batch.free();
		}
	});
}

function toMigrationEntry(entry: RawMigrationEntry): MigrationEntry {
	if (!('account' in entry)) return entry;
	const label = [entry.account.issuer, entry.account.account].filter(Boolean).join(': ');
	return countable(entry.account)
		? { ...entry, account: OtpAccount.wrap(entry.account) }
		: { error: 'invalid_counter', label };
}
