import { type CameraFailure, failureOf } from './failure';

/** How long a granted camera may take to show its first picture. */
export const FIRST_PICTURE_MS = 6_000;

export type CameraPhase =
	| { readonly name: 'off' }
	/** The browser asks the person, or the device starts. */
	| { readonly name: 'starting' }
	| { readonly name: 'live' }
	| { readonly name: 'failed'; readonly failure: CameraFailure };

export interface CameraEnvironment {
	readonly secure: boolean;
	readonly devices: Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> | undefined;
}

/** What of a `<video>` the camera needs. */
export interface Screen {
	srcObject: MediaProvider | null;
	readonly readyState: number;
	play(): Promise<void>;
	addEventListener(type: 'loadeddata', listener: () => void, options?: { once?: boolean; signal?: AbortSignal }): void;
}

interface TorchCapabilities extends MediaTrackCapabilities {
	readonly torch?: boolean;
}

const HAVE_CURRENT_DATA = 2;

/**
 * The one place that opens a camera. Starts and stops go through one queue, so that two never overlap; after every wait
 * it is checked whether the picture is still wanted, and what is not wanted any more is stopped. A stream never outlives
 * `stop`.
 */
export class Camera {
	readonly #environment: CameraEnvironment;
	#phase = $state<CameraPhase>({ name: 'off' });
	#torch = $state<'none' | 'off' | 'on'>('none');
	#several = $state(false);
	#queue: Promise<void> = Promise.resolve();
	/** Ends when something newer is wanted: work for it is given up. */
	#wanted = new AbortController();
	#stream: MediaStream | undefined;
	#screen: Screen | undefined;
	#facing: 'environment' | 'user' = 'environment';
	#deviceId: string | undefined;

	constructor(environment: CameraEnvironment) {
		this.#environment = environment;
	}

	get phase(): CameraPhase {
		return this.#phase;
	}

	/** `none`: this camera has no light. */
	get torch(): 'none' | 'off' | 'on' {
		return this.#torch;
	}

	/** Whether there is another camera to change to. */
	get several(): boolean {
		return this.#several;
	}

	/** Shows the camera on `screen`; resolves when it is live or has failed. */
	start(screen: Screen): Promise<void> {
		this.#screen = screen;
		return this.#request((wanted) => this.#open(screen, wanted));
	}

	/** Stops every track and darkens the screen, at once: a person who leaves does not wait for what still runs. */
	stop(): Promise<void> {
		this.#close();
		return this.#request(() => {
			this.#close();
			this.#phase = { name: 'off' };
			return Promise.resolve();
		});
	}

	/** Changes to the other camera. */
	async turn(): Promise<void> {
		const screen = this.#screen;
		if (!screen) return;
		const cameras = await this.#cameras();
		const current = this.#stream?.getVideoTracks()[0]?.getSettings().deviceId;
		const at = cameras.findIndex(({ deviceId }) => deviceId === current);
		const other = cameras[(at + 1) % Math.max(1, cameras.length)];
		this.#deviceId = other?.deviceId;
		this.#facing = this.#facing === 'environment' ? 'user' : 'environment';
		await this.start(screen);
	}

	/** Turns the light on or off, where there is one. */
	async toggleTorch(): Promise<void> {
		const track = this.#stream?.getVideoTracks()[0];
		if (!track || this.#torch === 'none') return;
		const on = this.#torch === 'off';
		try {
			await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
			this.#torch = on ? 'on' : 'off';
		} catch {
			this.#torch = 'none'; // the device promised a light that it does not have
		}
	}

	#request(run: (wanted: AbortSignal) => Promise<void>): Promise<void> {
		this.#wanted.abort();
		this.#wanted = new AbortController();
		const { signal } = this.#wanted;
		this.#queue = this.#queue.then(() => (signal.aborted ? undefined : run(signal)));
		return this.#queue;
	}

	async #open(screen: Screen, wanted: AbortSignal): Promise<void> {
		this.#close();
		const { secure, devices } = this.#environment;
		if (!secure) return this.#fail('insecure');
		if (!devices) return this.#fail('unsupported');
		this.#phase = { name: 'starting' };
		let stream: MediaStream;
		try {
			stream = await devices.getUserMedia({ audio: false, video: this.#constraints() });
		} catch (cause) {
			if (!wanted.aborted) this.#fail(failureOf(cause));
			return;
		}
		if (wanted.aborted) return stopTracks(stream);
		this.#stream = stream;
		screen.srcObject = stream;
		const shown = await firstPicture(screen, wanted);
		if (wanted.aborted || this.#stream !== stream) return;
		if (!shown) return this.#fail('no_picture');
		this.#watch(stream);
		this.#several = (await this.#cameras()).length > 1;
		if (!wanted.aborted && this.#stream === stream) this.#phase = { name: 'live' };
	}

	#constraints(): MediaTrackConstraints {
		return {
			...(this.#deviceId === undefined
				? { facingMode: { ideal: this.#facing } }
				: { deviceId: { exact: this.#deviceId } }),
			width: { ideal: 1280 },
			height: { ideal: 720 },
		};
	}

	#watch(stream: MediaStream): void {
		const track = stream.getVideoTracks()[0];
		track?.addEventListener('ended', () => {
			if (this.#stream === stream) this.#fail('ended');
		});
		const capabilities = track?.getCapabilities?.() as TorchCapabilities | undefined;
		this.#torch = capabilities?.torch ? 'off' : 'none';
	}

	async #cameras(): Promise<MediaDeviceInfo[]> {
		try {
			const devices = (await this.#environment.devices?.enumerateDevices()) ?? [];
			return devices.filter(({ kind }) => kind === 'videoinput');
		} catch {
			return [];
		}
	}

	#fail(failure: CameraFailure): void {
		this.#close();
		this.#phase = { name: 'failed', failure };
	}

	#close(): void {
		if (this.#stream) stopTracks(this.#stream);
		this.#stream = undefined;
		this.#torch = 'none';
		if (this.#screen) this.#screen.srcObject = null;
	}
}

/** The camera of this browser. */
export function browserCamera(): CameraEnvironment {
	return { secure: window.isSecureContext, devices: navigator.mediaDevices };
}

function stopTracks(stream: MediaStream): void {
	for (const track of stream.getTracks()) track.stop();
}

async function firstPicture(screen: Screen, wanted: AbortSignal): Promise<boolean> {
	const given = new AbortController();
	const pictured = new Promise<true>((resolve) => {
		screen.addEventListener('loadeddata', () => resolve(true), { once: true, signal: given.signal });
		if (screen.readyState >= HAVE_CURRENT_DATA) resolve(true);
	});
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), FIRST_PICTURE_MS);
		wanted.addEventListener('abort', () => resolve(false), { once: true, signal: given.signal });
	});
	try {
		// Refused autoplay shows as a missing picture.
		screen.play().catch(() => undefined);
		return await Promise.race([pictured, late]);
	} finally {
		clearTimeout(timer);
		given.abort();
	}
}
