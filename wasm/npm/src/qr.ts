import * as raw from '../pkg/full/gatepass.js';
import { full } from './full.js';
import { Handle } from './runtime.js';
import type { EcLevel, LumaImage, QrFound, QrMatrix, RgbaImage, ScanSource } from './types.js';

/**
 * Every QR code in a picture that gives a whole text. Left out are parts of a text whose other parts are not in the
 * picture, and texts in other character sets than UTF-8, ISO/IEC 8859-1 and ASCII. Throws when the sizes and the data
 * do not fit together.
 */
export function decodeQr(image: LumaImage | RgbaImage): QrFound[] {
	return full.run(() => {
		if ('luma' in image) {
			const { luma, width, height, stride = width } = image;
			return raw.decodeLuma(luma, pixels(width), pixels(height), pixels(stride)) as QrFound[];
		}
		const { data, width, height } = image;
		return raw.decodeRgba(toBytes(data), pixels(width), pixels(height)) as QrFound[];
	});
}

/** A QR code of a text. Throws when the text is too long for one. */
export function encodeQr(text: string, options: { readonly level?: EcLevel } = {}): QrMatrix {
	return full.run(() => raw.encodeQr(text, options.level ?? 'M') as QrMatrix);
}

/**
 * Reads QR codes off a moving picture and keeps its buffers between frames. Works in a page on a
 * `<video>`, and in a worker on the `ImageBitmap`, `VideoFrame` or `OffscreenCanvas` posted to it.
 */
export class Scanner {
	readonly #handle: Handle<raw.Scanner>;
	readonly #source: ScanSource | undefined;

	constructor(source?: ScanSource) {
		this.#source = source;
		this.#handle = new Handle(full, () => new raw.Scanner());
	}

	/**
	 * Looks at one frame: `frame` if given, otherwise the source of the constructor. Corners are pixels of
	 * the frame in full size. Empty while a video has no picture yet.
	 */
	scan(frame: ScanSource | undefined = this.#source): QrFound[] {
		return this.#handle.run((scanner) => scanner.scan(frame ?? {}) as QrFound[]);
	}

	/** Gives the buffers back. */
	free(): void {
		this.#handle.free();
	}
}

/** A side in pixels. WebAssembly has 32 bits for it and would drop the rest: what is no side becomes one that is refused. */
function pixels(side: number): number {
	return Number.isInteger(side) && side >= 0 && side < 2 ** 32 ? side : 2 ** 32 - 1;
}

function toBytes(data: Uint8ClampedArray | Uint8Array): Uint8Array {
	return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
