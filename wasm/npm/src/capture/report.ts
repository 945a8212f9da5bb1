import * as raw from '../../pkg/capture/gatepass-capture.js';
import type { Instruction, MeasureName, Relation } from '../codes.js';
import { Handle } from '../runtime.js';
import type { DocumentKind, LumaImage, Point, RgbaImage } from '../types.js';
import { capture } from './build.js';

/** Four corners, clockwise as seen: top left, top right, bottom right, bottom left of the document as it reads. */
export type Quad = readonly [Point, Point, Point, Point];

/** What is said about a picture of a document. */
export interface CaptureReport {
	/** A preview frame is judged coarsely, the final photograph strictly. */
	readonly mode: 'live' | 'still';
	/** Pixels across and down, as the picture is shown: every place is one in these pixels. */
	readonly width: number;
	readonly height: number;
	/** Whether every limit is kept but those that only warn. */
	readonly accepted: boolean;
	/** The one thing to do now; absent when everything is right. */
	readonly instruction?: Instruction;
	/** Where the document is; absent when none was found and there was no guide. */
	readonly document?: Located;
	/** What was measured, in the order in which it is to be put right; without a document only what holds for the whole picture. */
	readonly measures: readonly Measured[];
	/** How the document looks from far: see `fingerprintDistance`. */
	readonly fingerprint?: Uint16Array;
}

/** What is said about a preview frame. */
export interface LiveReport extends CaptureReport {
	readonly mode: 'live';
	/**
	 * The document was found and has been held still for half a second, with 300 ms between two frames at most: time for the
	 * shutter, when the report is accepted. Never true for a place that only the guide says: keep a shutter to be pressed.
	 */
	readonly steady: boolean;
}

/** A document in a picture. */
export interface Located {
	/** A corner may lie outside the picture. The long sides are top and bottom. */
	readonly corners: Quad;
	/** 0 (nothing speaks for it) to 1; of a guide, what of a document's sides is seen along it. */
	readonly confidence: number;
	/** Its edges were found, or nothing was, and this is the guide. */
	readonly source: 'edges' | 'guide';
	/** How the top is known: by what is on the document, or not, and the upper long side is taken. */
	readonly upright: 'content' | 'assumed';
	/** How many of its sides go on beyond the picture. */
	readonly cut: number;
}

/** One measure of a picture. */
export interface Measured {
	readonly name: MeasureName;
	/** How much, in `unit`. */
	readonly value: number;
	/** `level` (0 to 255), `ratio`, `share` (0 to 1), `px`, `mm`, `mm2`. */
	readonly unit: string;
	readonly limit: number;
	/** The limit is the most; otherwise the least. */
	readonly upper: boolean;
	readonly pass: boolean;
	/** It only warns: the picture is accepted all the same, and a person should look at it. */
	readonly warning: boolean;
	/** Where, when it is a part of the picture. */
	readonly region?: Quad;
}

/**
 * Examines pictures of one kind of document. Its buffers are kept between frames: a frame costs one copy and no memory of its
 * own. One examiner per camera, in a worker.
 */
export class Examiner {
	readonly #handle: Handle<raw.Examiner>;
	readonly #guide = new Float32Array(8);

	constructor(options: { readonly kind: DocumentKind }) {
		this.#handle = new Handle(capture, () => new raw.Examiner(options.kind));
	}

	/**
	 * A preview frame, grey (a camera's Y plane as it is) or in colour (`ImageData`), by which more is seen: white paper on
	 * white, and a copy in greys. `nowMs`: any clock that does not go back. `guide`: the frame on the screen that the person
	 * aligns the document with, in pixels of the picture and within it. Throws a `picture_…` code, `invalid_guide`.
	 */
	live(frame: LumaImage | RgbaImage, options: { readonly nowMs: number; readonly guide?: Quad }): LiveReport {
		const guide = this.#corners(options.guide);
		const { width, height } = frame;
		return this.#handle.run((examiner) => {
			const report =
				'luma' in frame
					? examiner.liveGrey(frame.luma, width, height, frame.stride ?? width, guide, options.nowMs)
					: examiner.liveColour(frame.data as Uint8Array, width, height, guide, options.nowMs);
			return report as LiveReport;
		});
	}

	/**
	 * The final photograph, from the bytes of its JPEG or PNG: the report is the server's own, bit for bit. Throws a
	 * `picture_…` code, `invalid_guide`.
	 */
	still(bytes: Uint8Array, options: { readonly guide?: Quad } = {}): CaptureReport {
		const guide = this.#corners(options.guide);
		return this.#handle.run((examiner) => examiner.still(bytes, guide) as CaptureReport);
	}

	/** Gives the buffers back, with the last frame in them. */
	free(): void {
		this.#handle.free();
	}

	#corners(guide: Quad | undefined): Float32Array | undefined {
		guide?.forEach(({ x, y }, place) => {
			this.#guide[2 * place] = x;
			this.#guide[2 * place + 1] = y;
		});
		return guide && this.#guide;
	}
}

/** Width and height of a kind of document in millimetres, as its guide is drawn. */
export function documentSize(kind: DocumentKind): { readonly width: number; readonly height: number } {
	const [width = 0, height = 0] = capture.run(() => raw.documentSize(kind));
	return { width, height };
}

/**
 * How different two documents look, 0 (alike) to 1, whichever way up they lie; unrelated ones are near a half. Finds the same
 * picture sent twice and one side sent as the other.
 */
export function fingerprintDistance(one: Uint16Array, other: Uint16Array): number {
	return capture.run(() => raw.fingerprintDistance(one, other));
}

/**
 * How two pictures belong together, by what their documents look like and where these lie: `same_picture` is one sent twice,
 * perhaps saved anew; `same_side` two photographs of one side, as when the front is sent for the back. Undefined when one of
 * them shows no document.
 */
export function relation(one: CaptureReport, other: CaptureReport): Relation | undefined {
	const [here, there] = [seen(one), seen(other)];
	return (
		here &&
		there &&
		capture.run(() => raw.relation(here.fingerprint, here.corners, there.fingerprint, there.corners) as Relation)
	);
}

function seen({ document, fingerprint }: CaptureReport) {
	const corners = document?.corners.flatMap(({ x, y }) => [x, y]);
	return corners && fingerprint && { fingerprint, corners: Float32Array.from(corners) };
}
