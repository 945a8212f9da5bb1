/** A QR code in a picture, in pixels of the picture. */
export interface Found {
	/** Personal data: may hold a secret. */
	readonly text: string;
	/** Top left, top right, bottom right, bottom left. */
	readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** A picture as pixels, for browsers whose workers cannot draw. */
export interface Pixels {
	readonly data: Uint8ClampedArray<ArrayBuffer>;
	readonly width: number;
	readonly height: number;
}

/** The calls that the camera's worker answers. */
export interface CameraCalls {
	/** Loads the wasm, so that the first picture does not wait. */
	warm(): void;
	scanPixels(pixels: Pixels): Found[];
	/** The picture is closed afterwards. */
	scanBitmap(bitmap: ScanPicture): Found[];
}

/** An `ImageBitmap`, by what both sides know of it. */
export interface ScanPicture {
	readonly width: number;
	readonly height: number;
	close(): void;
}
