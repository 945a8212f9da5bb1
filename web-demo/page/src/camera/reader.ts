import { WorkerBridge } from '../bridge/client';
import type { CameraCalls, Found, ScanPicture } from './shared/protocol';

/** The largest side of a still picture that is searched; larger ones are scaled down. */
const STILL_SIDE = 2400;
/** The pause between two frames: enough for a steady hand, little enough for a warm phone. */
const FRAME_MS = 80;

/** Reads QR codes off the camera's picture and off files, in a worker. */
export class QrReader {
	readonly #bridge: WorkerBridge<CameraCalls>;

	constructor(
		bridge = new WorkerBridge<CameraCalls>(
			() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'gatepass-camera' }),
			{ idleMs: 10_000 },
		),
	) {
		this.#bridge = bridge;
	}

	/** Starts the worker before it is needed. */
	async warm(signal: AbortSignal): Promise<void> {
		await this.#bridge.call('warm', [], { signal });
	}

	/** Calls `onFound` for each frame of `video` (with an empty list when there is nothing) until `signal`. */
	async follow(
		video: HTMLVideoElement,
		onFound: (found: readonly Found[]) => void,
		signal: AbortSignal,
	): Promise<void> {
		while (!signal.aborted) {
			await nextFrame(video, signal);
			if (signal.aborted) return;
			const found = await this.#scan(video, video.videoWidth, video.videoHeight, signal);
			if (signal.aborted) return;
			onFound(found);
			await pause(FRAME_MS, signal);
		}
	}

	/** The QR codes in a picture file. Fails with `not_a_picture` when the browser cannot read it. */
	async readFile(file: Blob, signal: AbortSignal): Promise<readonly Found[]> {
		let picture: ImageBitmap;
		try {
			picture = await createImageBitmap(file);
		} catch {
			throw new PictureError();
		}
		try {
			const scale = Math.min(1, STILL_SIDE / Math.max(picture.width, picture.height));
			return await this.#scan(picture, Math.round(picture.width * scale), Math.round(picture.height * scale), signal);
		} finally {
			picture.close();
		}
	}

	/** Ends the worker. */
	retire(): void {
		this.#bridge.retire();
	}

	async #scan(
		source: ImageBitmapSource & CanvasImageSource,
		width: number,
		height: number,
		signal: AbortSignal,
	): Promise<readonly Found[]> {
		if (width === 0 || height === 0) return [];
		if (typeof OffscreenCanvas === 'function') {
			const bitmap: ScanPicture & Transferable = await createImageBitmap(source, {
				resizeWidth: width,
				resizeHeight: height,
			});
			return this.#bridge.call('scanBitmap', [bitmap], { signal, transfer: [bitmap] });
		}
		const data = pixelsOf(source, width, height);
		return this.#bridge.call('scanPixels', [data], { signal, transfer: [data.data.buffer] });
	}
}

/** The browser cannot show the file as a picture. */
export class PictureError extends Error {
	readonly code = 'not_a_picture';
}

function pixelsOf(source: CanvasImageSource, width: number, height: number): ImageData {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (!context) throw new PictureError();
	context.drawImage(source, 0, 0, width, height);
	return context.getImageData(0, 0, width, height);
}

function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
	return untilAborted(signal, (resolve) => {
		if ('requestVideoFrameCallback' in video) {
			const frame = video.requestVideoFrameCallback(resolve);
			return () => video.cancelVideoFrameCallback(frame);
		}
		const frame = requestAnimationFrame(resolve);
		return () => cancelAnimationFrame(frame);
	});
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
	return untilAborted(signal, (resolve) => {
		const timer = setTimeout(resolve, ms);
		return () => clearTimeout(timer);
	});
}

/** Waits for what `start` begins, or until `signal`; what `start` returns gives it up. Leaves no listener behind. */
function untilAborted(signal: AbortSignal, start: (resolve: () => void) => () => void): Promise<void> {
	return new Promise((resolve) => {
		const giveUp = start(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		});
		const stop = () => {
			giveUp();
			resolve();
		};
		signal.addEventListener('abort', stop, { once: true });
	});
}
