import * as raw from '../../pkg/capture/gatepass-capture.js';
import type { TurnFinding, TurnMeasureName } from '../codes.js';
import { Handle } from '../runtime.js';
import type { LumaImage, Point, RgbaImage } from '../types.js';
import { capture } from './build.js';

/** Which way to turn, as the person sees it. */
export type TurnDirection = 'left' | 'right';

/** One turn that the server drew. */
export interface TurnPrompt {
	readonly direction: TurnDirection;
	/** When it was shown, milliseconds on the clock of the frames. */
	readonly atMs: number;
}

/**
 * Whether a head in front of the camera turned as it was told, in numbers: evidence for a person who decides. It does not say
 * who that is, and does not tell a video that is played to the camera from a person.
 */
export interface TurnEvidence {
	/** `shown`: every turn was seen as it was asked for, and nothing speaks against the clip. */
	readonly verdict: 'shown' | 'not-shown';
	/** What speaks against it, most urgent first. */
	readonly findings: readonly TurnFinding[];
	/** Each turn that was asked for. */
	readonly prompts: readonly PromptEvidence[];
	/** What was measured; without a head only some of it. */
	readonly measures: readonly TurnMeasured[];
	/** Yaw of the head in each frame, degrees, positive to the left, 0 in the first. */
	readonly yaw: Float32Array;
	/** Where the head was found. */
	readonly head?: { readonly centre: Point; readonly halfWidth: number };
}

/** What was seen after one prompt. */
export interface PromptEvidence {
	readonly asked: TurnDirection;
	/** Absent when the head hardly turned. */
	readonly seen?: TurnDirection;
	/** How far at most, degrees, positive to the left. */
	readonly extent: number;
	/** The same from what no plane can do, degrees, positive towards what was seen. */
	readonly solid: number;
	/** The fastest, degrees per second. */
	readonly fastest: number;
	/** From the prompt to the farthest. */
	readonly afterMs: number;
}

/** One measure of a clip. */
export interface TurnMeasured {
	readonly name: TurnMeasureName;
	/** In `unit`; absent where the clip gave nothing to measure, which is no failure of its own. */
	readonly value?: number;
	/** `1/s`, `ms`, `level`, `share`, `ratio`, `deg`. */
	readonly unit: string;
	readonly limit: number;
	/** The limit is the most; otherwise the least. */
	readonly upper: boolean;
	readonly pass: boolean;
}

/** Looks on while a head turns: takes the frames one by one and keeps of each only how it moved. */
export class TurnWatch {
	readonly #handle: Handle<raw.TurnWatch>;

	/** Throws `turn_script_…` unless there are 1 to 8 turns, each at least a second after the one before. */
	constructor(prompts: readonly TurnPrompt[]) {
		const directions = prompts.map(({ direction }) => direction);
		const times = Float64Array.from(prompts, ({ atMs }) => atMs);
		this.#handle = new Handle(capture, () => new raw.TurnWatch(directions, times));
	}

	/** Frames so far. */
	get frames(): number {
		return this.#handle.run((watch) => watch.frames);
	}

	/**
	 * The next frame: about 320 pixels wide, ten a second, not mirrored, on the clock of the prompts. Throws `turn_frame_…`; the
	 * clip then goes on without it.
	 */
	push(frame: LumaImage | RgbaImage, atMs: number): void {
		const { width, height } = frame;
		this.#handle.run((watch) =>
			'luma' in frame
				? watch.pushGrey(frame.luma, width, height, frame.stride ?? width, atMs)
				: watch.pushColour(frame.data as Uint8Array, width, height, atMs),
		);
	}

	/** What the clip shows so far. */
	evidence(): TurnEvidence {
		return this.#handle.run((watch) => watch.evidence() as TurnEvidence);
	}

	/** Gives the memory back. */
	free(): void {
		this.#handle.free();
	}
}
