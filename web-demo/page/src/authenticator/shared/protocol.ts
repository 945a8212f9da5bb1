// What the page and the vault's worker say to each other. No secret goes to the page except where a
// person asks for it (an export to show, a file to save).

export type AccountType = 'totp' | 'hotp' | 'steam';
export type Algorithm = 'SHA1' | 'SHA256' | 'SHA512';

/** An account as the list shows it. Personal data: `issuer`, `account`. */
export interface AccountView {
	readonly id: string;
	readonly type: AccountType;
	/** Empty when there is none. */
	readonly issuer: string;
	readonly account: string;
	readonly algorithm: Algorithm;
	readonly digits: number;
	/** Absent for `hotp`. */
	readonly periodMs?: number;
	/** Counter of the next code, only for `hotp`. */
	readonly counter?: number;
}

/** The code of an account and how long it holds. Times are milliseconds since 1970. */
export interface CodeView {
	readonly id: string;
	readonly current: string;
	readonly next: string;
	readonly startsAt: number;
	readonly endsAt: number;
}

/** An account that was deleted and can still be brought back. */
export interface TrashedView extends Omit<AccountView, 'id'> {
	readonly trashId: string;
}

/** The vault after a change, and the file to store for it. */
export interface Changed {
	readonly accounts: readonly AccountView[];
	readonly trash: readonly TrashedView[];
	readonly file: Uint8Array<ArrayBuffer>;
}

/** What is missing of a damaged file. */
export interface Lost {
	/** Accounts that were found and not readable. */
	readonly unreadable: number;
	/** The file broke off, so that more may be missing. */
	readonly cutShort: boolean;
}

export interface Opened extends Changed {
	/** `older`: the newest file was damaged; `salvaged`: all were, and only what could be read is here. */
	readonly damage: 'none' | 'older' | 'salvaged';
	/** Only of what was salvaged. */
	readonly lost?: Lost;
	/** How long the password's key took to compute, in milliseconds. */
	readonly tookMs: number;
}

/** How an account that is to be added relates to those that are there. */
export type Likeness =
	| 'new'
	/** The same secret is there already. */
	| 'same'
	/** Another secret under the same issuer and account. */
	| 'sameName';

/** An account that was read and waits to be added. */
export interface Candidate extends Omit<AccountView, 'id'> {
	/** Names it in the worker, which keeps the secret. */
	readonly token: string;
	readonly likeness: Likeness;
	readonly warnings: readonly string[];
}

export interface MigrationView {
	readonly state: 'collecting' | 'complete' | 'otherExport';
	readonly scanned: number;
	readonly total: number;
	readonly entries: readonly MigrationEntryView[];
}

export type MigrationEntryView =
	| { readonly candidate: Candidate }
	| {
			readonly error: string /** Personal data: what it is called, as far as it could be read. */;
			readonly label: string;
	  };

/** What a text turned out to be. */
export type Review =
	| { readonly kind: 'account'; readonly candidate: Candidate }
	/** `otherKind`: the sort of code that it is instead, when that is known. */
	| { readonly kind: 'rejected'; readonly reason: string; readonly otherKind?: string }
	| { readonly kind: 'migration'; readonly migration: MigrationView }
	| { readonly kind: 'migrationRejected'; readonly reason: string };

/** What is typed in by hand. */
export interface ManualParts {
	readonly type: AccountType;
	readonly issuer: string;
	readonly account: string;
	/** Base32. */
	readonly secret: string;
	readonly algorithm: Algorithm;
	readonly digits: number;
	/** Seconds. */
	readonly period: number;
	readonly counter: number;
}

export interface Names {
	readonly issuer: string;
	readonly account: string;
}

/** A QR code to draw: `size × size` bytes, 1 = dark. */
export interface QrPicture {
	readonly size: number;
	readonly modules: Uint8Array;
}

export interface ExportView {
	readonly pictures: readonly QrPicture[];
	readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

/** A backup that was opened and waits to be taken in. */
export interface BackupView {
	readonly candidates: readonly Candidate[];
	readonly lost: Lost;
}

/** The calls the vault's worker answers. */
export interface VaultCalls {
	create(password: string): Opened;
	/**
	 * Opens the first of the files (newest first) that is whole; with `salvage`, what can still be read of the first that
	 * has anything left.
	 */
	open(files: readonly Uint8Array<ArrayBuffer>[], password: string, salvage: boolean): Opened;
	/** Wipes everything. */
	close(): void;
	codes(nowMs: number): readonly CodeView[];
	nextHotp(id: string): Changed & { readonly code: string };
	/** Reads a scanned or pasted text. Migration codes are collected until `forget`. */
	review(text: string, limit: 'scanner' | 'import'): Review;
	reviewManual(parts: ManualParts): Review;
	/** Adds candidates, in this order, all or none; `names` renames the first. */
	add(tokens: readonly string[], names?: Names): Changed & { readonly added: readonly string[] };
	/** Wipes the candidates and what was collected. */
	forget(): void;
	rename(id: string, names: Names): Changed;
	reorder(ids: readonly string[]): Changed;
	remove(id: string): Changed & { readonly trashId: string };
	restore(trashId: string): Changed & { readonly restored: string };
	emptyTrash(): Changed;
	/** Throws `vault_wrong_password` unless it opens the vault as it was last stored. */
	exportMigration(password: string, ids: readonly string[]): ExportView;
	changePassword(oldPassword: string, newPassword: string): Changed;
	/** With `salvage`, what can still be read of a damaged file. */
	openBackup(file: Uint8Array<ArrayBuffer>, password: string, salvage: boolean): BackupView;
}
