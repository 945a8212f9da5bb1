import { WorkerBridge } from '../bridge/client';
import { Authenticator } from './authenticator.svelte';
import { browserClipboard, type ClipboardState, CodeClipboard } from './clipboard';
import { Clock, wallClock } from './clock.svelte';
import { Settings } from './settings.svelte';
import type { VaultCalls } from './shared/protocol';
import { Tabs } from './tabs';
import { VaultStore } from './vault-store';

/** The authenticator on what this browser has. `onClipboard` hears what became of a copied code. */
export function browserAuthenticator(onClipboard: (state: ClipboardState) => void): Authenticator {
	return new Authenticator({
		bridge: new WorkerBridge<VaultCalls>(
			() => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name: 'gatepass-vault' }),
		),
		store: new VaultStore(indexedDB),
		tabs: new Tabs({
			locks: navigator.locks,
			channel: typeof BroadcastChannel === 'function' ? new BroadcastChannel('gatepass-authenticator') : undefined,
		}),
		settings: new Settings(),
		clock: new Clock(),
		clipboard: new CodeClipboard(browserClipboard(), wallClock, onClipboard),
		persist,
	});
}

async function persist(): Promise<boolean> {
	try {
		return (await navigator.storage?.persist?.()) ?? false;
	} catch {
		return false;
	}
}
