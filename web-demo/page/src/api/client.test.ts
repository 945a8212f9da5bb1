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
		expect(await new Client(wire).call('GET', '/api/v1/session', {})).toEqual({ ok: true, value: { a: 1 } });
		expect(wire.waits).toEqual([300, 1_200]);
	});

	it('gives up after three attempts and says that there is no connection', async () => {
		const wire = transport(lost, lost, lost);
		expect(await new Client(wire).call('GET', '/api/v1/session', {})).toEqual({
			ok: false,
			error: { kind: 'offline' },
		});
		expect(wire.sent).toHaveLength(3);
	});

	it('sends a POST or DELETE once: a code is spent by the first try', async () => {
		const wire = transport(lost, lost);
		const client = new Client(wire);
		const offline = { ok: false, error: { kind: 'offline' } };
		expect(await client.call('POST', '/api/v1/session/code', { body: { code: '123456' } })).toEqual(offline);
		expect(await client.call('DELETE', '/api/v1/session', {})).toEqual(offline);
		expect(wire.sent).toHaveLength(2);
	});

	it('fills a path, whatever the value holds', async () => {
		const paths: string[] = [];
		const client = new Client({
			wait: () => Promise.resolve(),
			fetch: async (path) => {
				paths.push(path);
				return new Response('{}');
			},
		});
		await client.call('GET', '/api/v1/mailbox/{id}', { parameters: { id: '../session?x' } });
		expect(paths).toEqual(['/api/v1/mailbox/..%2Fsession%3Fx']);
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
		const answer = await new Client(transport(json(429, problem, { 'retry-after': '73' }))).call(
			'POST',
			'/api/v1/accounts/confirmation',
			{ body: { token: 'x' } },
		);
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
		expect(
			await new Client(transport(reply)).call('POST', '/api/v1/accounts/confirmation', { body: { token: 'x' } }),
		).toEqual({ ok: false, error });
	});

	it('takes an empty success as done', async () => {
		const wire = transport(json(204, undefined));
		expect(await new Client(wire).call('DELETE', '/api/v1/session', {})).toEqual({ ok: true, value: undefined });
	});

	it('is silent about a request that was taken back', async () => {
		const stop = new AbortController();
		const wire = transport(() => {
			stop.abort();
			return Promise.reject(stop.signal.reason);
		});
		const answer = await new Client(wire).call('GET', '/api/v1/session', { signal: stop.signal });
		expect(answer).toEqual({ ok: false, error: { kind: 'cancelled' } });
		expect(wire.sent).toHaveLength(1);
	});

	it('follows no redirect: a login must not end up elsewhere', async () => {
		const wire = transport(json(200, {}));
		await new Client(wire).call('POST', '/api/v1/accounts/confirmation', { body: { token: 'x' } });
		expect(wire.sent[0]).toMatchObject({ redirect: 'error', credentials: 'same-origin' });
	});
});
