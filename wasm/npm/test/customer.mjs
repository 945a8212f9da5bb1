// Packs the package and installs it in a folder of its own, as a customer would.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const npm = join(dirname(fileURLToPath(import.meta.url)), '..');
const vectors = join(npm, '..', '..', 'tests', 'vectors');

/** One file of tests/vectors. */
export function vector(name) {
	return JSON.parse(readFileSync(join(vectors, name), 'utf8'));
}

/** A fresh folder with the packed package installed; gone when the process ends. */
export function install() {
	const folder = mkdtempSync(join(tmpdir(), 'gatepass-customer-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		cwd: npm,
		encoding: 'utf8',
	});
	const tarball = packed.trim().split('\n').at(-1);
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'customer', private: true, type: 'module' }));
	execFileSync('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', `./${tarball}`], { cwd: folder });
	return folder;
}

/** The package as `import … from 'gatepass'` (or a subpath) gives it in that folder. */
export async function use(folder, specifier) {
	const script = join(folder, `${specifier.replace('/', '-')}.mjs`);
	writeFileSync(script, `export * from '${specifier}';\n`);
	return import(script);
}
