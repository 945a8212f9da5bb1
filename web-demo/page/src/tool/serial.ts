import { readPreference, writePreference } from '../ui/storage';

/** Crockford's alphabet without I, L, O and U: nothing is misread from a screen. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The serial number of this tool. A real tool has one from its factory; this page makes one at its first start and
 * keeps it in the browser. Where storage is blocked it lasts as long as the page.
 */
export function toolSerial(): string {
	const kept = readPreference('toolSerial');
	if (kept !== undefined && /^GP-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(kept)) return kept;
	const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => alphabet[byte % 32] ?? '0').join('');
	const serial = `GP-${random.slice(0, 4)}-${random.slice(4)}`;
	writePreference('toolSerial', serial);
	return serial;
}
