/** A portal of the test's own: a folder, a database, keys, a process on a free port; all of it ends with the test. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { occurred, type Written } from './confidential.ts';

export type Database = 'sqlite' | 'postgres';

const ROOT = resolve(import.meta.dirname, '../../..');
const PROGRAM = process.env['GATEPASS_BIN'] ?? join(ROOT, 'target/debug/gatepass');
/** Another build of the page, for trying what a test says of a broken one. */
const PAGE = process.env['GATEPASS_PAGE'] ?? join(ROOT, 'web-demo/page/dist');

export interface Mail {
	id: string;
	to: string;
	subject: string;
	text: string;
	links: string[];
}

export class Portal {
	readonly #folder: string;
	readonly #clock: string;
	#process: ChildProcess | undefined;

	private constructor(
		readonly url: string,
		readonly port: number,
		folder: string,
		readonly databaseUrl: string,
	) {
		this.#folder = folder;
		this.#clock = join(folder, 'clock');
	}

	static async start(database: Database): Promise<Portal> {
		const parent = join(ROOT, 'target/e2e');
		mkdirSync(parent, { recursive: true });
		const folder = mkdtempSync(join(parent, `${database}-`));
		const port = await freePort();
		const url = database === 'sqlite' ? `sqlite://${join(folder, 'gatepass.db')}` : newPostgresDatabase();
		const portal = new Portal(`http://localhost:${port}`, port, folder, url);
		portal.#write();
		portal.gatepass('keys', 'init', '--if-missing');
		await portal.#serve();
		return portal;
	}

	/** A command of the program with this portal's settings; what it prints. */
	gatepass(...args: string[]): string {
		return execFileSync(PROGRAM, ['--config', join(this.#folder, 'gatepass.toml'), ...args], {
			cwd: this.#folder,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	}

	/** Moves the portal's clock, and nobody else's. */
	moveClock(seconds: number): void {
		writeFileSync(this.#clock, String(seconds));
	}

	/** Stops and starts it on the same data. */
	async restart(): Promise<void> {
		await this.stop();
		await this.#serve();
	}

	async mails(): Promise<Mail[]> {
		const list = (await (await fetch(`${this.url}/api/v1/mailbox`)).json()) as { id: string }[];
		const mails = await Promise.all(
			list.map(async ({ id }) => (await (await fetch(`${this.url}/api/v1/mailbox/${id}`)).json()) as Mail),
		);
		for (const { links } of mails) occurred.links(links);
		return mails;
	}

	/** The newest mail to an address that `wanted` accepts; mail leaves through an outbox, so it may take a moment. */
	async mail(to: string, wanted: (mail: Mail) => boolean = () => true): Promise<Mail> {
		const until = Date.now() + 20_000;
		for (;;) {
			const mail = (await this.mails()).find((mail) => JSON.stringify(mail.to).includes(to) && wanted(mail));
			if (mail) return mail;
			if (Date.now() > until) throw new Error(`no such mail within 20 s`);
			await pause(50);
		}
	}

	/** Stops it, and hands over everything that it has written: where no secret may ever stand. */
	async end(): Promise<Written> {
		const metrics = await (await fetch(`${this.url}/metrics`)).text();
		// As they read, and as they left: quoted, encoded, with all headers.
		const letters = JSON.stringify(await this.mails());
		await this.stop();
		const folder = join(this.#folder, 'mail');
		const raw = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1').replace(/=\r?\n/g, ''));
		return { log: this.#logged(), metrics, mails: [letters, ...raw].join('\n'), database: this.#stored() };
	}

	#logged(): string {
		return readFileSync(join(this.#folder, 'portal.log'), 'utf8');
	}

	/** Byte for byte: the file with its journal, or a dump. */
	#stored(): string {
		if (this.databaseUrl.startsWith('postgres')) {
			const dump = ['--data-only', '--dbname', this.databaseUrl];
			return execFileSync('pg_dump', dump, { encoding: 'latin1', maxBuffer: 1 << 30 });
		}
		const files = readdirSync(this.#folder).filter((name) => name.startsWith('gatepass.db'));
		return files.map((name) => readFileSync(join(this.#folder, name), 'latin1')).join('\n');
	}

	async stop(): Promise<void> {
		const child = this.#process;
		this.#process = undefined;
		if (!child || child.exitCode !== null) return;
		const ended = new Promise((done) => child.once('exit', done));
		child.kill('SIGTERM');
		await ended;
	}

	remove(): void {
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#write(): void {
		const text = (value: string) => JSON.stringify(value);
		const lines = [
			'development = true',
			'[server]',
			`listen = ${text(`127.0.0.1:${this.port}`)}`,
			`public_url = ${text(this.url)}`,
			`page_dir = ${text(PAGE)}`,
			'[database]',
			`url = ${text(this.databaseUrl)}`,
			'[mail]',
			'transport = "files"',
			'mailbox = true',
			`folder = ${text(join(this.#folder, 'mail'))}`,
			'[keys]',
			`folder = ${text(join(this.#folder, 'keys'))}`,
			'[clock]',
			`offset_file = ${text(this.#clock)}`,
			'[throttle]',
			// All people of a test come from one address; what is tried is the bound of the account.
			'source_tries = 1000',
		];
		writeFileSync(join(this.#folder, 'gatepass.toml'), `${lines.join('\n')}\n`);
		writeFileSync(this.#clock, '0');
	}

	async #serve(): Promise<void> {
		const log = openSync(join(this.#folder, 'portal.log'), 'a');
		const child = spawn(PROGRAM, ['--config', join(this.#folder, 'gatepass.toml'), 'serve'], {
			cwd: this.#folder,
			stdio: ['ignore', log, log],
		});
		this.#process = child;
		process.once('exit', () => child.kill('SIGKILL'));
		const until = Date.now() + 60_000;
		for (;;) {
			const ready = await fetch(`${this.url}/ready`).catch(() => undefined);
			if (ready?.ok) return;
			if (child.exitCode !== null || Date.now() > until)
				throw new Error(`the portal did not start:\n${this.#logged()}`);
			await pause(30);
		}
	}
}

/** Below the range from which machines take the ports of outgoing connections. */
async function freePort(): Promise<number> {
	for (let port = 21_000 + (process.pid % 4000); ; port++) {
		const free = await new Promise<boolean>((done) => {
			const server = createServer();
			server.once('error', () => done(false));
			server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
		});
		if (free) return port;
	}
}

function newPostgresDatabase(): string {
	const cluster = process.env['GATEPASS_TEST_POSTGRES'];
	if (!cluster) throw new Error('GATEPASS_TEST_POSTGRES is not set: run `cargo xtask test --only e2e`');
	const name = `e2e_${randomBytes(6).toString('hex')}`;
	execFileSync('psql', ['--quiet', '--dbname', cluster, '--command', `CREATE DATABASE ${name}`]);
	const url = new URL(cluster);
	url.pathname = `/${name}`;
	return url.href;
}
