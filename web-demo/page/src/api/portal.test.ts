import { expect, it } from 'vitest';
import { Client } from './client';
import { Portal } from './portal';

const account = {
	id: '1',
	email: 'a@x.example',
	fullName: 'A',
	workshop: 'W',
	language: 'sv',
	verified: false,
} as const;

function portal(replies: readonly [number, unknown][]): {
	readonly portal: Portal;
	readonly sent: { path: string; token: string | null }[];
} {
	const sent: { path: string; token: string | null }[] = [];
	const client = new Client({
		wait: () => Promise.resolve(),
		fetch: async (path, init) => {
			const [status, body] = replies[sent.length] ?? [500, { code: 'unexpected' }];
			sent.push({ path, token: new Headers(init.headers).get('x-csrf-token') });
			return new Response(body === undefined ? null : JSON.stringify(body), { status });
		},
	});
	return { portal: new Portal(client), sent };
}

const loggedIn = (csrfToken: string) => ({ state: 'logged_in', csrfToken, account });

it('proves every change with the token of the session', async () => {
	const { portal: api, sent } = portal([
		[200, loggedIn('one')],
		[204, undefined],
	]);
	await api.session();
	await api.changePassword('old', 'new');
	expect(sent[1]).toEqual({ path: '/api/v1/account/password', token: 'one' });
});

it('the half session after the password proves the code too', async () => {
	const { portal: api, sent } = portal([
		[200, { state: 'code_wanted', csrfToken: 'half' }],
		[200, loggedIn('whole')],
	]);
	await api.logIn('a@x.example', 'secret');
	await api.logInWithCode({ code: '123456' });
	expect(sent[1]).toEqual({ path: '/api/v1/session/code', token: 'half' });
});

it('a tab whose token another tab made old fetches the new one and tries once more', async () => {
	const { portal: api, sent } = portal([
		[200, loggedIn('old')],
		[403, { code: 'csrf_missing' }],
		[200, loggedIn('new')],
		[204, undefined],
	]);
	await api.session();
	expect(await api.logOut()).toEqual({ ok: true, value: undefined });
	expect(sent.map((request) => request.token)).toEqual([null, 'old', null, 'new']);
});

it('does not try for ever', async () => {
	const { portal: api, sent } = portal([
		[403, { code: 'csrf_missing' }],
		[200, loggedIn('new')],
		[403, { code: 'csrf_missing' }],
	]);
	expect((await api.logOut()).ok).toBe(false);
	expect(sent).toHaveLength(3);
});
