/** Programs that no one here wrote. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { occurred } from './confidential.ts';

/** What `zbarimg` reads in a PNG. */
export function zbarimg(png: Buffer): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'gatepass-zbar-'));
	try {
		const file = join(folder, 'screen.png');
		writeFileSync(file, png);
		const texts = execFileSync('zbarimg', ['--quiet', '--raw', '--oneshot', file], { encoding: 'utf8' })
			.trim()
			.split('\n');
		for (const text of texts) occurred.add('otpauth URI', text);
		return texts;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The code that `oathtool` makes of a Base32 secret, `ahead` seconds from now. */
export function oathtool(secret: string, ahead = 0): string {
	const now = Math.floor(Date.now() / 1000) + ahead;
	const input = ['--totp', '--base32', '--now', `@${now}`, '-'];
	const code = execFileSync('oathtool', input, { input: `${secret}\n`, encoding: 'utf8' }).trim();
	occurred.add('shared secret', secret);
	occurred.add('one-time code', code);
	return code;
}

/** The secret in an otpauth URI. */
export function secretOf(uri: string): string {
	const secret = new URL(uri).searchParams.get('secret');
	if (!secret) throw new Error('the URI has no secret');
	return secret;
}
