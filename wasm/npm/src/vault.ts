import * as raw from '../pkg/full/gatepass.js';
import { OtpAccount } from './accounts.js';
import { full } from './full.js';
import { Handle } from './runtime.js';
import type { Codes, KdfCost, MigrationExport, VaultEntry } from './types.js';

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
  static create(password: string, kdf?: KdfCost): Vault {
    return new Vault(() =>
      kdf === undefined
        ? raw.Vault.create(password)
        : raw.Vault.createWithKdf(password, kdf.memoryKib, kdf.iterations, kdf.parallelism),
    );
  }

  /** Opens saved bytes. Throws `wrong_password` or names what is damaged. */
  static unlock(bytes: Uint8Array, password: string): Vault {
    return new Vault(() => raw.Vault.unlock(bytes, password));
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

  /** Changes what an account is called; an empty issuer removes it. */
  rename(id: string, names: { readonly issuer: string; readonly account: string }): void {
    this.#handle.run((vault) => vault.rename(id, names.issuer, names.account));
  }

  /** Removes an account and hands it out once more, so that a person can take it back with `add`. */
  remove(id: string): OtpAccount {
    return OtpAccount.wrap(this.#handle.run((vault) => vault.remove(id)));
  }

  /** A new order: every id exactly once. */
  reorder(ids: readonly string[]): void {
    this.#handle.run((vault) => vault.reorder([...ids]));
  }

  /** Throws `wrong_password` and changes nothing when `oldPassword` is not the present one. */
  changePassword(oldPassword: string, newPassword: string): void {
    this.#handle.run((vault) => vault.changePassword(oldPassword, newPassword));
  }

  /** The whole vault, encrypted: what to store, and what a backup file holds. */
  save(): Uint8Array<ArrayBuffer> {
    return this.#handle.run((vault) => vault.save() as Uint8Array<ArrayBuffer>);
  }

  /** QR texts of the accounts (all, or those named) for another authenticator. Each is a secret. */
  exportMigration(ids?: readonly string[]): MigrationExport {
    return this.#handle.run((vault) => vault.exportMigration(ids && [...ids]) as MigrationExport);
  }

  /** The otpauth URI of an account. It holds the secret: show it to its owner only, never log it. */
  toUri(id: string): string {
    return this.#handle.run((vault) => vault.toUri(id));
  }

  /** Locks: wipes the keys and accounts from memory. */
  free(): void {
    this.#handle.free();
  }
}
