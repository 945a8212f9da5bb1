// Everything of `gatepass` except `init`, which each entry adds with its own loader.
export { OtpAccount, parseOtpauth } from './accounts.js';
export type * from './codes.js';
export { GatepassError } from './error.js';
export { exportMigration, MigrationCollector, parseMigration } from './migration.js';
export { decodeQr, encodeQr, Scanner } from './qr.js';
export { Hotp, Totp } from './time.js';
export type * from './types.js';
export { pickNewestVault, RemovedEntry, type SalvagedVault, Vault } from './vault.js';
