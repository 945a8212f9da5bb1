import type { Answer, CallMap, Request } from '../shared/messages';

/** The worker's side of a bridge; `self` of a dedicated worker fits. */
export interface Port {
	postMessage(message: unknown, transfer: Transferable[]): void;
	addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

/**
 * Answers calls with the methods of `host`, one after the other, once `ready` has come true.
 * `ready` is asked anew after a failure, so that a lost network is not the end.
 */
export function serve<Calls extends CallMap<Calls>>(port: Port, host: Calls, ready: () => Promise<void>): void {
	let last: Promise<void> = Promise.resolve();
	port.addEventListener('message', (event) => {
		const request = event.data as Request;
		last = last.then(async () => port.postMessage(...(await answer(host, ready, request))));
	});
}

async function answer<Calls extends CallMap<Calls>>(
	host: Calls,
	ready: () => Promise<void>,
	{ id, name, args }: Request,
): Promise<[Answer, Transferable[]]> {
	try {
		await ready();
		const method: unknown = Reflect.get(host, name);
		if (typeof method !== 'function') return [{ id, ok: false, code: 'unknown_call' }, []];
		return [{ id, ok: true, value: await Reflect.apply(method, host, args) }, []];
	} catch (cause) {
		return [{ id, ok: false, code: codeOf(cause) }, []];
	}
}

function codeOf(cause: unknown): string {
	return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'internal';
}
