/** What a backup file is called and is. */
export const BACKUP_EXTENSION = '.gatepass';
const BACKUP_TYPE = 'application/octet-stream';
/** No vault is larger (`core/docs/vault-format.md`); a wrong file is refused before it is read. */
export const MAX_BACKUP_BYTES = 64 * 1024 * 1024;

/** The part of the File System Access API that is used; not every browser has it. */
interface SavePicker {
	showSaveFilePicker(options: {
		suggestedName: string;
		types: { description: string; accept: Record<string, string[]> }[];
	}): Promise<{
		createWritable(): Promise<{ write(data: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> }>;
	}>;
}

/** How a file was handed to the person. `offered`: the browser downloads it and does not say whether it arrived. */
export type SaveOutcome = 'saved' | 'offered' | 'cancelled';

/** Lets the person choose where the file goes, or downloads it where the browser cannot ask. */
export async function saveBackup(
	file: Uint8Array<ArrayBuffer>,
	name: string,
	description: string,
): Promise<SaveOutcome> {
	if (!('showSaveFilePicker' in window)) return download(file, name);
	let handle: Awaited<ReturnType<SavePicker['showSaveFilePicker']>>;
	try {
		handle = await (window as unknown as SavePicker).showSaveFilePicker({
			suggestedName: name,
			types: [{ description, accept: { [BACKUP_TYPE]: [BACKUP_EXTENSION] } }],
		});
	} catch (cause) {
		if (cause instanceof DOMException && cause.name === 'AbortError') return 'cancelled';
		// Some browsers have the function and forbid it (policies, embedded views).
		return download(file, name);
	}
	const writable = await handle.createWritable();
	await writable.write(file);
	await writable.close();
	return 'saved';
}

/** "gatepass-authenticator-2026-11-23.gatepass": dated in local time, sorted by name. */
export function backupName(stem: string, now: Date): string {
	const two = (number: number) => String(number).padStart(2, '0');
	return `${stem}-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}${BACKUP_EXTENSION}`;
}

function download(file: Uint8Array<ArrayBuffer>, name: string): SaveOutcome {
	const address = URL.createObjectURL(new Blob([file], { type: BACKUP_TYPE }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// The download reads the address after this turn of the event loop.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
	return 'offered';
}
