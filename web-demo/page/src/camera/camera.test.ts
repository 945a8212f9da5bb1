import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Camera, FIRST_PICTURE_MS, type Screen } from './camera.svelte';
import { failureOf } from './failure';

class Track {
	stopped = false;
	readonly #ended: (() => void)[] = [];

	stop(): void {
		this.stopped = true;
	}

	addEventListener(_type: string, listener: () => void): void {
		this.#ended.push(listener);
	}

	getSettings() {
		return { deviceId: 'one' };
	}

	getCapabilities() {
		return { torch: true };
	}

	applyConstraints(): Promise<void> {
		return Promise.resolve();
	}

	unplug(): void {
		for (const listener of this.#ended) listener();
	}
}

function set({ pictures = true, secure = true } = {}) {
	const tracks: Track[] = [];
	const asked: { resolve: () => void; reject: (cause: unknown) => void }[] = [];
	const devices = {
		getUserMedia: () =>
			new Promise<MediaStream>((resolve, reject) => {
				const track = new Track();
				tracks.push(track);
				const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
				asked.push({ resolve: () => resolve(stream as unknown as MediaStream), reject });
			}),
		enumerateDevices: () => Promise.resolve([{ kind: 'videoinput', deviceId: 'one' } as MediaDeviceInfo]),
	};
	const screen: Screen = {
		srcObject: null,
		readyState: pictures ? 2 : 0,
		play: () => Promise.resolve(),
		addEventListener: () => undefined,
	};
	return { camera: new Camera({ secure, devices }), screen, tracks, asked };
}

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

const turn = () => vi.advanceTimersByTimeAsync(0);

test('a granted camera goes live and, when stopped, every track is off', async () => {
	const { camera, screen, tracks, asked } = set();
	const started = camera.start(screen);
	await turn();
	expect(camera.phase.name).toBe('starting');
	asked[0]?.resolve();
	await started;
	expect(camera.phase.name).toBe('live');
	expect(camera.torch).toBe('off');
	await camera.stop();
	expect(tracks.map(({ stopped }) => stopped)).toEqual([true]);
	expect(screen.srcObject).toBeNull();
});

test('a camera that is granted after the view was left is switched off at once', async () => {
	const { camera, screen, tracks, asked } = set({ pictures: false });
	const started = camera.start(screen);
	await turn();
	const stopped = camera.stop();
	asked[0]?.resolve();
	await Promise.all([started, stopped]);
	expect(tracks[0]?.stopped).toBe(true);
	expect(screen.srcObject).toBeNull();
	expect(camera.phase.name).toBe('off');
});

test('leaving while the camera still waits for its first picture switches it off without a wait', async () => {
	const { camera, screen, tracks, asked } = set({ pictures: false });
	const started = camera.start(screen);
	await turn();
	asked[0]?.resolve();
	await turn();
	const stopped = camera.stop();
	expect(tracks[0]?.stopped).toBe(true);
	await Promise.all([started, stopped]);
	expect(camera.phase.name).toBe('off');
});

test('starts that overlap leave one camera running', async () => {
	const { camera, screen, tracks, asked } = set();
	const first = camera.start(screen);
	await turn();
	const second = camera.start(screen);
	asked[0]?.resolve();
	await turn();
	asked[1]?.resolve();
	await Promise.all([first, second]);
	expect(tracks.map(({ stopped }) => stopped)).toEqual([true, false]);
	expect(camera.phase.name).toBe('live');
});

test('a camera that gives no picture is its own failure, and is off', async () => {
	const { camera, screen, tracks, asked } = set({ pictures: false });
	const started = camera.start(screen);
	await turn();
	asked[0]?.resolve();
	await vi.advanceTimersByTimeAsync(FIRST_PICTURE_MS);
	await started;
	expect(camera.phase).toEqual({ name: 'failed', failure: 'no_picture' });
	expect(tracks[0]?.stopped).toBe(true);
});

test('a camera that is pulled out is told', async () => {
	const { camera, screen, tracks, asked } = set();
	const started = camera.start(screen);
	await turn();
	asked[0]?.resolve();
	await started;
	tracks[0]?.unplug();
	expect(camera.phase).toEqual({ name: 'failed', failure: 'ended' });
});

test('an address without a secure context is told before anything is asked', async () => {
	const { camera, screen, asked } = set({ secure: false });
	await camera.start(screen);
	expect(camera.phase).toEqual({ name: 'failed', failure: 'insecure' });
	expect(asked).toHaveLength(0);
});

test('after a refusal the person can try again', async () => {
	const { camera, screen, asked } = set();
	const started = camera.start(screen);
	await turn();
	asked[0]?.reject(new DOMException('no', 'NotAllowedError'));
	await started;
	expect(camera.phase).toEqual({ name: 'failed', failure: 'denied' });
	const again = camera.start(screen);
	await turn();
	asked[1]?.resolve();
	await again;
	expect(camera.phase.name).toBe('live');
});

test('each way a browser says no has its own name', () => {
	const named = (name: string) => failureOf(new DOMException('', name));
	expect(named('NotAllowedError')).toBe('denied');
	expect(named('NotFoundError')).toBe('missing');
	expect(named('OverconstrainedError')).toBe('missing');
	expect(named('NotReadableError')).toBe('in_use');
	expect(named('InvalidStateError')).toBe('unknown');
	expect(failureOf('text')).toBe('unknown');
});
