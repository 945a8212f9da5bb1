import { encodeQr, exportMigration, init, MigrationCollector, OtpAccount, parseOtpauth, Vault } from 'gatepass';
import { serve } from '../../bridge/worker/serve';
import type { VaultCalls } from '../shared/protocol';
import { VaultHost } from './host';

const host = new VaultHost({ encodeQr, exportMigration, MigrationCollector, OtpAccount, parseOtpauth, Vault }, () =>
	performance.now(),
);

serve<VaultCalls>(self, host, () => init());
