/**
 * What occurred in a run and must not stand where a run is written down. Every way in and out of a test reports to `occurred`:
 * requests of the browser and of the tests themselves, answers, mails, QR pictures, codes made by other programs. When a portal
 * ends, all that it has written is searched.
 */
import type { BrowserContext, Request, Response } from '@playwright/test';

const EVERYWHERE = ['log', 'metrics', 'mails', 'database'] as const;
export type Place = (typeof EVERYWHERE)[number];
export type Written = Readonly<Record<Place, string>>;

/** Where each kind may never stand. */
const FORBIDDEN = {
	password: EVERYWHERE,
	'shared secret': EVERYWHERE,
	'recovery code': EVERYWHERE,
	'otpauth URI': EVERYWHERE,
	'session token': EVERYWHERE,
	'session cookie': EVERYWHERE,
	'CSRF token': EVERYWHERE,
	'login ticket': EVERYWHERE,
	permit: EVERYWHERE,
	// Six digits stand in a database by chance, in pages of numbers.
	'one-time code': ['log', 'metrics', 'mails'],
	// A mail is where it belongs.
	'link token': ['log', 'metrics', 'database'],
	'e-mail address': ['log', 'metrics'],
	name: ['log', 'metrics'],
	workshop: ['log', 'metrics'],
} as const satisfies Record<string, readonly Place[]>;
export type Kind = keyof typeof FORBIDDEN;

/** By the names that bodies of requests and answers give them. */
const NAMES: Readonly<Record<string, Kind>> = {
	password: 'password',
	currentPassword: 'password',
	newPassword: 'password',
	secret: 'shared secret',
	uri: 'otpauth URI',
	code: 'one-time code',
	recoveryCode: 'recovery code',
	recoveryCodes: 'recovery code',
	token: 'session token',
	ticket: 'login ticket',
	permit: 'permit',
	csrfToken: 'CSRF token',
	email: 'e-mail address',
	newEmail: 'e-mail address',
	fullName: 'name',
	workshop: 'workshop',
};

export class Occurred {
	readonly #values = new Map<Kind, Set<string>>();

	add(kind: Kind, value: string | null | undefined): void {
		// A problem document has a `code` too; what is shorter than six characters was never secret.
		if (!value || value.length < 6 || (kind === 'one-time code' && !/^\d{6}$/.test(value))) return;
		const values = this.#values.get(kind) ?? new Set();
		this.#values.set(kind, values.add(value));
	}

	has(kind: Kind): boolean {
		return this.#values.has(kind);
	}

	/** Everything in a JSON body that has one of the names. `path`: of the request. */
	body(path: string, body: unknown): void {
		if (typeof body !== 'object' || body === null) return;
		for (const [name, value] of Object.entries(body)) {
			const named = NAMES[name];
			const kind = named === 'session token' && path.startsWith('/api/') ? 'link token' : named;
			for (const one of Array.isArray(value) ? value : [value]) {
				if (typeof one === 'string' && kind) this.add(kind, one);
				else this.body(path, one);
			}
		}
	}

	/** The tokens in a mail's links. */
	links(links: readonly string[]): void {
		for (const link of links) this.add('link token', /token=([\w.~-]+)/.exec(link)?.[1]);
	}

	/** Which kind was found where: never what it was. */
	findIn(written: Written): string[] {
		const found = new Set<string>();
		const digits = Object.fromEntries(EVERYWHERE.map((place) => [place, words(written[place])])) as Record<
			Place,
			Set<string>
		>;
		for (const [kind, values] of this.#values) {
			for (const place of FORBIDDEN[kind]) {
				const hit = (value: string) =>
					kind === 'one-time code'
						? digits[place].has(value)
						: forms(kind, value).some((form) => written[place].includes(form));
				if ([...values].some(hit)) found.add(`${kind} in the ${place}`);
			}
		}
		// The scheme alone says that somebody has written a secret down.
		for (const place of EVERYWHERE)
			if (/otpauth(-migration)?:\/\//i.test(written[place])) found.add(`otpauth URI in the ${place}`);
		return [...found].sort();
	}
}

/** One for the worker process: whichever portal leaks it, it is a leak. */
export const occurred = new Occurred();

/** Six digits as a word of their own. Ids, times and fractions of seconds hold six digits too: those are not words. */
function words(text: string): Set<string> {
	return new Set(text.match(/(?<![\w.-])\d{6}(?![\w.-]|:\d)/g) ?? []);
}

/** How a value may stand somewhere: as it is, as bytes, in hex (PostgreSQL writes bytes so), in Base64, without its hyphens. */
function forms(kind: Kind, value: string): string[] {
	const text = Buffer.from(value);
	const all = [
		value,
		text.toString('latin1'),
		text.toString('hex'),
		text.toString('base64').replace(/=+$/, ''),
		encodeURIComponent(value),
	];
	if (kind === 'shared secret') {
		const bytes = base32(value);
		all.push(bytes.toString('latin1'), bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''));
	}
	if (kind === 'recovery code') {
		const plain = value.replace(/[^0-9a-z]/gi, '');
		all.push(plain, plain.toLowerCase(), plain.toUpperCase(), value.toLowerCase(), value.toUpperCase());
	}
	if (kind === 'permit') all.push(value.split('.')[2] ?? value);
	return all.filter((form) => form.length >= 6);
}

function base32(text: string): Buffer {
	let bits = '';
	for (const letter of text.toUpperCase().replace(/[^A-Z2-7]/g, '')) {
		bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
	}
	return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Listens to everything that the pages of a browser send and get. */
export function listen(context: BrowserContext): void {
	context.on('request', (request) => void hear(request));
	context.on('response', (response) => void hearAnswer(response));
}

function ours(url: string): string | undefined {
	const { pathname } = new URL(url);
	return /^\/(api|tool)\/v1\//.test(pathname) && !pathname.startsWith('/api/v1/mailbox') ? pathname : undefined;
}

function hear(request: Request): void {
	const path = ours(request.url());
	if (path === undefined) return;
	const { authorization } = request.headers();
	occurred.add('session token', authorization?.replace(/^Bearer /, ''));
	occurred.add('CSRF token', request.headers()['x-csrf-token']);
	parse(path, request.postData());
}

async function hearAnswer(response: Response): Promise<void> {
	const path = ours(response.url());
	if (path === undefined) return;
	try {
		occurred.add(
			'session cookie',
			/__Host-gatepass=([\w-]+)/.exec((await response.headerValue('set-cookie')) ?? '')?.[1],
		);
		parse(path, await response.text());
	} catch {
		// A page that has gone on takes the bodies of its answers along; what counts in them is used, and heard, later.
	}
}

function parse(path: string, text: string | null): void {
	try {
		if (text) occurred.body(path, JSON.parse(text));
	} catch {
		// Not JSON: nothing of ours.
	}
}
