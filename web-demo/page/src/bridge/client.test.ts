import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallError, codeOf, isAbort, WorkerBridge } from './client';
import { InThreadWorker } from './testing/in-thread';

interface Calls {
	double(value: number): number;
	fail(): never;
	hang(): Promise<never>;
}

const host: Calls = {
	double: (value) => value * 2,
	fail: () => {
		throw Object.assign(new Error('a secret that must not leave'), { code: 'vault_damaged' });
	},
	hang: () => new Promise<never>(() => undefined),
};

function set(options: { idleMs?: number; ready?: () => Promise<void> } = {}) {
	const workers: InThreadWorker<Calls>[] = [];
	const bridge = new WorkerBridge<Calls>(() => {
		const worker = new InThreadWorker<Calls>(host, options.ready);
		workers.push(worker);
		return worker;
	}, options);
	return { bridge, workers };
}

const outcome = (promise: Promise<unknown>) =>
	promise.then(
		(value) => value,
		(cause: unknown) => cause,
	);

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

test('the worker starts with the first call and answers in order', async () => {
	const { bridge, workers } = set();
	expect(workers).toHaveLength(0);
	expect(await Promise.all([bridge.call('double', [2]), bridge.call('double', [3])])).toEqual([4, 6]);
	expect(workers).toHaveLength(1);
});

test('only the code of a failure leaves the worker', async () => {
	const { bridge, workers } = set();
	const cause = await outcome(bridge.call('fail', []));
	expect(cause).toBeInstanceOf(CallError);
	expect(codeOf(cause)).toBe('vault_damaged');
	expect(JSON.stringify(workers[0]?.posted)).not.toContain('secret');
});

test('a call that is given up ends the worker, and the next call gets a new one', async () => {
	const { bridge, workers } = set();
	const given = new AbortController();
	const hanging = outcome(bridge.call('hang', [], { signal: given.signal }));
	given.abort();
	expect(isAbort(await hanging)).toBe(true);
	expect(workers[0]?.ended).toBe(true);
	expect(await bridge.call('double', [4])).toBe(8);
	expect(workers).toHaveLength(2);
});

test('a crashed worker fails every open call and is replaced', async () => {
	const { bridge, workers } = set();
	const hanging = outcome(bridge.call('hang', []));
	workers[0]?.crash();
	expect(codeOf(await hanging)).toBe('worker_failed');
	expect(await bridge.call('double', [1])).toBe(2);
});

test('wasm that could not be loaded is tried again with the next call', async () => {
	let tries = 0;
	const { bridge } = set({
		ready: () => {
			tries += 1;
			return tries === 1 ? Promise.reject(Object.assign(new Error(), { code: 'init_failed' })) : Promise.resolve();
		},
	});
	expect(codeOf(await outcome(bridge.call('double', [1])))).toBe('init_failed');
	expect(await bridge.call('double', [1])).toBe(2);
});

test('an idle worker ends by itself where that was asked for', async () => {
	const { bridge, workers } = set({ idleMs: 10_000 });
	await bridge.call('double', [1]);
	vi.advanceTimersByTime(10_000);
	expect(workers[0]?.ended).toBe(true);
	expect(bridge.running).toBe(false);
});
