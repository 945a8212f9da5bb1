import * as raw from '../../pkg/capture/gatepass-capture.js';
import type { LumaImage, RgbaImage } from '../types.js';
import { capture } from './build.js';

/**
 * The grey plane of a JPEG or PNG, the way up that it is shown: the same pixels as everywhere else, which a browser's own
 * decoder does not promise. Throws a `picture_…` code. Personal data.
 */
export function decodePicture(bytes: Uint8Array): Required<LumaImage> {
	return capture.run(() => raw.decodePicture(bytes) as Required<LumaImage>);
}

/** The grey plane of a picture in colour, as it is judged: what is kept of a clip's frames. Throws `picture_buffer_too_short`. */
export function lumaOfRgba({ data, width, height }: RgbaImage): Required<LumaImage> {
	const luma = capture.run(() => raw.lumaOfRgba(bytesOf(data)));
	return { luma, width, height, stride: width };
}

/** @internal The same bytes under the type that the generated module asks for. */
export function bytesOf(data: Uint8ClampedArray | Uint8Array): Uint8Array {
	return data instanceof Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
