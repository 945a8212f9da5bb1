// What a customer does with the installed package: type-check against it, and bundle it with Vite for a browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { install, npm } from './customer.mjs';

const folder = install();
const tsc = join(npm, 'node_modules', 'typescript', 'bin', 'tsc');

/** The policy of the portal: nothing may be evaluated but WebAssembly, nothing may come from elsewhere. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

describe('the package', () => {
	it('holds what it needs and nothing of the machine that built it', () => {
		const installed = join(folder, 'node_modules', 'gatepass');
		const files = readdirSync(installed, { recursive: true }).map(String);
		for (const file of [
			'README.md',
			'dist/index.js',
			'dist/otp.node.js',
			'pkg/full/gatepass.wasm',
			'pkg/otp/gatepass-otp.wasm',
			'pkg/identity/gatepass-identity.wasm',
			'pkg/capture/gatepass-capture.wasm',
		]) {
			assert.ok(files.includes(file), file);
		}
		assert.deepEqual(
			files.filter((file) => /(^|\/)(src|test|scripts|node_modules|\.stamp)/.test(file)),
			[],
		);
		for (const file of files.filter((file) => /\.(wasm|js|ts|json)$/.test(file))) {
			const text = readFileSync(join(installed, file), 'latin1');
			for (const trace of ['/root/', '/home/', '.cargo/registry', '.rustup']) {
				assert.equal(text.includes(trace), false, `${file} holds ${trace}`);
			}
		}
	});

	it('has the codes of the one list', () => {
		execFileSync(process.execPath, [join(npm, 'scripts', 'codes.mjs'), '--check'], { stdio: 'inherit' });
	});
});

describe('a TypeScript customer', () => {
	const check = (name, text, resolution) => {
		writeFileSync(join(folder, name), text);
		const compilerOptions = {
			noEmit: true,
			strict: true,
			exactOptionalPropertyTypes: true,
			target: 'ES2022',
			lib: ['ES2022', 'DOM'],
			types: [],
			module: resolution === 'bundler' ? 'esnext' : 'nodenext',
			moduleResolution: resolution,
		};
		writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [name] }));
		try {
			return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
		} catch (error) {
			return error.stdout;
		}
	};

	const good = `
    import { init, parseOtpauth, GatepassError, Vault, Scanner, Totp, type OtpauthReason, type QrFound } from 'gatepass';
    import { init as initOtp, Totp as SmallTotp } from 'gatepass/otp';
    await Promise.all([init(), initOtp(new URL('https://example.com/otp.wasm'))]);
    const found = parseOtpauth('otpauth://…', { limit: 'import' });
    switch (found.verdict) {
      case 'accept':
        const { current, remainingMs }: { current: string; remainingMs: number } = found.account.codes(Date.now());
        console.log(current, remainingMs);
        break;
      case 'acceptWithWarnings':
        console.log(found.warnings.includes('weak_secret'));
        break;
      case 'reject':
        const reason: OtpauthReason = found.reason;
        console.log(reason);
        break;
      default:
        found satisfies never;
    }
    const verification = new Totp({ secret: 'A', algorithm: 'SHA256' }).verify('1', 0, { window: 1 });
    const step: number | undefined = verification.ok ? verification.step : undefined;
    const texts: string[] = new Scanner(document.querySelector('video')!).scan().map((code: QrFound) => code.text);
    try { Vault.unlock(new Uint8Array(), 'x'); } catch (error) {
      if (error instanceof GatepassError && error.code === 'vault_wrong_password') console.log(step, texts);
    }
    new SmallTotp({ secret: 'A' }).free();
    import { applyEvent, compareNames, documentsOffered, init as initIdentity, readMrz, type CaseState } from 'gatepass/identity';
    import { Examiner, init as initCapture, TurnWatch, type CaptureReport, type Instruction } from 'gatepass/capture';
    await Promise.all([initIdentity(), initCapture()]);
    const zone = readMrz('P<…', Date.now()).fields.name;
    if (zone !== undefined && !zone.surnameOnly) {
      const { level, difference } = compareNames({ given: 'Åke', surname: 'Öström' }, zone, { acceptUpTo: 'icao-equal' });
      if (level !== 'identical') console.log(difference.filter(({ kind }) => kind === 'missing').map(({ document }) => document));
    }
    const [rule] = documentsOffered('SE');
    const examiner = new Examiner({ kind: rule?.kind ?? 'passport' });
    const live = examiner.live(new ImageData(1280, 720), { nowMs: performance.now() });
    if (live.steady && live.accepted) console.log('now');
    const still: CaptureReport = examiner.still(new Uint8Array());
    const todo: Instruction | undefined = still.instruction;
    const evidence = new TurnWatch([{ direction: 'left', atMs: 900 }]).evidence();
    console.log(todo, evidence.findings.includes('turn_too_fast'), evidence.yaw.length);
    declare const state: CaseState;
    const { effects } = applyEvent(state, { type: 'document_chosen', kind: 'licence' }, Date.now());
    for (const effect of effects) if (effect.type === 'erase') console.log(effect.parts.includes('front'));
    export {};
  `;

	for (const resolution of ['bundler', 'nodenext']) {
		it(`compiles against it (${resolution})`, () => {
			assert.equal(check(`good-${resolution}.mts`, good, resolution), '');
		});
	}

	it('is told about a wrong name, a wrong type and a missing case', () => {
		const lines = [
			`new Totp({ secret: 'A', algorithm: 'MD5' });`,
			`new Totp({ secret: 'A' }).generate(1n);`,
			`parseOtpauth('x', { limit: 'camera' });`,
			`parseOtpauth('x').account;`,
			`new GatepassError('no_such_code', '');`,
			`new OtpAccount();`,
			`compareNames('a', readMrz('', 0).fields.name!);`,
			`applyEvent(invitedCase(0), { type: 'examined', outcome: 'refuse' }, 0);`,
			`new Examiner({ kind: 'visa' });`,
			`new Examiner({ kind: 'permit' }).live({ luma: new Uint8Array(), width: 1, height: 1 });`,
		];
		const imports = [
			`import { GatepassError, OtpAccount, parseOtpauth, Totp } from 'gatepass';`,
			`import { applyEvent, compareNames, invitedCase, readMrz } from 'gatepass/identity';`,
			`import { Examiner } from 'gatepass/capture';`,
		];
		const said = check('bad.mts', [...imports, ...lines].join('\n'), 'nodenext');
		for (const [index, line] of lines.entries()) {
			assert.match(said, new RegExp(`bad\\.mts\\(${index + imports.length + 1},`), line);
		}
	});
});

describe('a Vite customer', () => {
	it('gets the wasm file as an asset and runs it in a browser, in the page and in a worker', async () => {
		const root = join(folder, 'page');
		mkdirSync(root);
		writeFileSync(
			join(root, 'index.html'),
			'<!doctype html><title>waiting</title><script type="module" src="./main.js"></script>',
		);
		writeFileSync(
			join(root, 'main.js'),
			`import { encodeQr, GatepassError, init, Totp } from 'gatepass';
       import { init as initOtp, Totp as SmallTotp } from 'gatepass/otp';
       import { compareNames, init as initIdentity } from 'gatepass/identity';
       const say = (text) => { document.title = text; };
       try {
         await Promise.all([init(), initOtp(), initIdentity()]);
         const { level } = compareNames('Åke Öström', 'OESTROEM<<AAKE');
         const options = { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', digits: 8 };
         const codes = [new Totp(options), new SmallTotp(options)].map((totp) => totp.generate(59000));
         const uri = 'otpauth://totp/ACME:a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
         const { size, modules } = encodeQr(uri);
         const canvas = new OffscreenCanvas((size + 8) * 8, (size + 8) * 8);
         const paper = canvas.getContext('2d');
         modules.forEach((dark, at) => dark && paper.fillRect((at % size + 4) * 8, (Math.floor(at / size) + 4) * 8, 8, 8));
         const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
         worker.onerror = (event) => say('worker: ' + event.message);
         worker.onmessage = ({ data: [text, instruction] }) => say([...codes, text === uri, level, instruction].join(' '));
         const bitmap = canvas.transferToImageBitmap();
         worker.postMessage(bitmap, [bitmap]);
       } catch (error) { say(String(error instanceof GatepassError ? error.code + error.cause : error)); }`,
		);
		writeFileSync(
			join(root, 'worker.js'),
			`import { init, Scanner } from 'gatepass';
       import { Examiner, init as initCapture } from 'gatepass/capture';
       self.onmessage = async ({ data }) => {
         await Promise.all([init(), initCapture()]);
         const scanner = new Scanner();
         const texts = [1, 2, 3].map(() => scanner.scan(data)[0]?.text);
         const frame = new ImageData(640, 480);
         const { instruction } = new Examiner({ kind: 'passport' }).live(frame, { nowMs: performance.now() });
         self.postMessage([texts[2], instruction]);
       };`,
		);
		const outDir = join(root, 'dist');
		await build({
			root,
			configFile: false,
			logLevel: 'warn',
			build: { outDir, assetsInlineLimit: 0 },
			worker: { format: 'es' },
		});
		const assets = readdirSync(join(outDir, 'assets'));
		assert.ok(
			assets.some((file) => /^gatepass-.*\.wasm$/.test(file)),
			String(assets),
		);
		assert.ok(
			assets.some((file) => /^gatepass-otp-.*\.wasm$/.test(file)),
			String(assets),
		);

		// A picture of nothing lies on white paper: too much light.
		assert.equal(await titleOf(outDir), '94287082 94287082 true icao-equal less_light');
	});

	it('runs without a bundler too', async () => {
		const root = join(folder, 'plain');
		mkdirSync(root);
		execFileSync('cp', ['-r', join(folder, 'node_modules', 'gatepass'), root]);
		writeFileSync(
			join(root, 'index.html'),
			'<!doctype html><title>waiting</title><script type="module" src="./main.js"></script>',
		);
		writeFileSync(
			join(root, 'main.js'),
			`import { init, Totp } from './gatepass/dist/otp.js';
       await init();
       document.title = new Totp({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', digits: 8 }).generate(59000);`,
		);
		assert.equal(await titleOf(root), '94287082');
	});
});

/** Serves a folder under the portal's policy and waits for the page in it to set its title. */
async function titleOf(root) {
	const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
	const server = createServer(({ url }, response) => {
		const file = join(root, url === '/' ? 'index.html' : new URL(url, 'http://localhost').pathname);
		if (!existsSync(file)) return response.writeHead(404).end();
		response.writeHead(200, {
			'content-type': types[extname(file)] ?? 'application/octet-stream',
			'content-security-policy': policy,
		});
		return createReadStream(file).pipe(response);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const browser = await chromium.launch({
		executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu'],
	});
	try {
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${server.address().port}/`);
		await page.waitForFunction(() => document.title !== 'waiting', undefined, { timeout: 60_000 });
		return await page.title();
	} finally {
		await browser.close();
		server.close();
	}
}
