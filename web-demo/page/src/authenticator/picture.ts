import { isAbort } from '../bridge/client';
import { PictureError, type QrReader } from '../camera/reader';
import type { AddFlow } from './add-flow';
import type { Words } from './context';
import type { Views } from './views.svelte';

/** Larger pictures are refused before they are read. */
const MAX_PICTURE_BYTES = 30 * 1024 * 1024;

/** Reads a chosen, dropped or pasted picture and goes on with what is in it. */
export async function takePicture(
	file: Blob,
	parts: { readonly reader: QrReader; readonly flow: AddFlow; readonly views: Views; readonly t: Words },
	signal: AbortSignal,
): Promise<void> {
	const { reader, flow, views, t } = parts;
	const refuse = (what: string, how: string) => views.open({ name: 'rejected', what, how });
	if (file.size > MAX_PICTURE_BYTES) return refuse(t.picture.tooLarge, t.picture.tooLargeHow);
	try {
		const found = await reader.readFile(file, signal);
		if (found.length === 0) refuse(t.picture.nothing, t.picture.nothingHow);
		else
			await flow.take(
				found.map(({ text }) => text),
				'scanner',
			);
	} catch (cause) {
		if (isAbort(cause)) return;
		if (!(cause instanceof PictureError)) throw cause;
		refuse(t.picture.notAPicture, t.picture.notAPictureHow);
	}
}
