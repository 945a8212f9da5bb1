import { describe, expect, it } from 'vitest';
import { Client, type Transport } from './client';

type Reply = () => Promise<Response>;

/** A transport that gives these replies in order and remembers what was sent. */
function transport(...replies: Reply[]): Transport & { readonly sent: RequestInit[]; readonly waits: number[] } {
	const sent: RequestInit[] = [];
	const waits: number[] = [];
	return {
		sent,
		waits,
		fetch: (_path, init) => {
			sent.push(init);
			const reply = replies[sent.length - 1];
			if (reply === undefined) throw new Error('a request that nobody expected');
			return reply();
		},
		wait: async (milliseconds) => {
			waits.push(milliseconds);
		},
	};
}

const lost: Reply = () => Promise.reject(new TypeError('network'));
const json =
	(status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
	async () =>
		new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

describe('one wrapper around fetch', () => {
	it('repeats a GET that found no network, so that a short gap shows to nobody', async () => {
		const wire = transport(lost, lost, json(200, { a: 1 }));
		expect(await new Client(wire).call({ method: 'GET', path: '/x' })).toEqual({ ok: true, value: { a: 1 } });
		expect(wire.waits).toEqual([300, 1_200]);
	});

	it('gives up after three attempts and says that there is no connection', async () => {
		const wire = transport(lost, lost, lost);
		expect(await new Client(wire).call({ method: 'GET', path: '/x' })).toEqual({
			ok: false,
			error: { kind: 'offline' },
		});
		expect(wire.sent).toHaveLength(3);
	});

	it.each(['POST', 'DELETE'] as const)('sends a %s once: a code is spent by the first try', async (method) => {
		const wire = transport(lost);
		const answer = await new Client(wire).call({ method, path: '/x', body: { code: '123456' } });
		expect(answer).toEqual({ ok: false, error: { kind: 'offline' } });
		expect(wire.sent).toHaveLength(1);
	});

	it('reads a problem document with its fields and the time to wait', async () => {
		const problem = {
			type: 'x',
			title: 'x',
			status: 429,
			code: 'throttled',
			detail: 'x',
			fields: { email: 'required' },
		};
		const answer = await new Client(transport(json(429, problem, { 'retry-after': '73' }))).call({
			method: 'POST',
			path: '/x',
		});
		expect(answer).toEqual({
			ok: false,
			error: {
				kind: 'problem',
				status: 429,
				code: 'throttled',
				fields: { email: 'required' },
				retryAfter: 73_000,
			},
		});
	});

	it.each([
		['an error page of something in between', 418, '<html>', { kind: 'unreadable', status: 418 }],
		['a gateway whose portal is down', 502, '<html>', { kind: 'offline' }],
		['a success that is not JSON', 200, '<html>', { kind: 'unreadable', status: 200 }],
	])('does not mistake %s for an answer', async (_name, status, body, error) => {
		const reply: Reply = async () => new Response(body, { status });
		expect(await new Client(transport(reply)).call({ method: 'POST', path: '/x' })).toEqual({ ok: false, error });
	});

	it('takes an empty success as done', async () => {
		const wire = transport(json(204, undefined));
		expect(await new Client(wire).call({ method: 'DELETE', path: '/x' })).toEqual({ ok: true, value: undefined });
	});

	it('is silent about a request that was taken back', async () => {
		const stop = new AbortController();
		const wire = transport(() => {
			stop.abort();
			return Promise.reject(stop.signal.reason);
		});
		const answer = await new Client(wire).call({ method: 'GET', path: '/x', signal: stop.signal });
		expect(answer).toEqual({ ok: false, error: { kind: 'cancelled' } });
		expect(wire.sent).toHaveLength(1);
	});

	it('follows no redirect: a login must not end up elsewhere', async () => {
		const wire = transport(json(200, {}));
		await new Client(wire).call({ method: 'POST', path: '/x', body: {} });
		expect(wire.sent[0]).toMatchObject({ redirect: 'error', credentials: 'same-origin' });
	});
});
