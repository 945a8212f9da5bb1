import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';
import { appIcon } from './app-icons.ts';

/** The document that works offline; nothing of the other entries is stored for it. */
const DOCUMENT = 'authenticator.html';
const ADDRESS = '/authenticator';
const MANIFEST = 'manifest.webmanifest';

/** The icons that the manifest and the document name, drawn at build time. */
const icons = [
	{ fileName: 'app-192.png', size: 192, maskable: false },
	{ fileName: 'app-512.png', size: 512, maskable: false },
	{ fileName: 'app-maskable-512.png', size: 512, maskable: true },
	{ fileName: 'app-180.png', size: 180, maskable: true },
];

/**
 * Makes the authenticator an installable page that works offline: builds its service worker as `/sw.js` with the list of
 * exactly the files that the document can reach, and draws the icons. The list's hash is the version, so that any change
 * of any of these files is a new version and nothing else is.
 */
export function offlinePlugin(): Plugin {
	let publicFolder = '';
	return {
		name: 'gatepass-offline',
		apply: 'build',
		enforce: 'post',
		config: () => ({
			build: {
				rollupOptions: {
					input: { sw: 'src/authenticator/worker/service-worker.ts' },
					output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
				},
			},
		}),
		configResolved({ publicDir }) {
			publicFolder = publicDir;
		},
		generateBundle: {
			order: 'post',
			handler(_options, bundle) {
				for (const { fileName, size, maskable } of icons) {
					this.emitFile({ type: 'asset', fileName, source: appIcon(size, maskable) });
				}
				const worker = bundle['sw.js'];
				if (worker?.type !== 'chunk') return this.error('the service worker was not built');
				if (worker.imports.length > 0) return this.error('the service worker must be one file');
				const publicFiles = [MANIFEST, 'icon.svg', 'before-paint.js'];
				const built = reachable(bundle);
				const hash = createHash('sha256');
				for (const name of built) hash.update(name).update(contentOf(bundle[name]));
				for (const name of publicFiles) hash.update(name).update(readFileSync(join(publicFolder, name)));
				const files = [...built.filter((name) => name !== DOCUMENT), ...publicFiles, 'app-192.png', 'app-180.png'];
				const precache = {
					version: hash.digest('hex').slice(0, 16),
					document: ADDRESS,
					files: files.map((name) => `/${name}`).sort(),
				};
				worker.code = worker.code.replace('__PRECACHE__', JSON.stringify(precache));
			},
		},
	};
}

/** The built files whose names the document, or a file reached from it, holds: scripts, styles, workers, wasm. */
function reachable(bundle: Rollup.OutputBundle): string[] {
	const names = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'));
	const found = new Set([DOCUMENT]);
	for (const name of found) {
		const text = contentOf(bundle[name]).toString();
		for (const other of names) {
			// Chunks name each other without their folder.
			if (!found.has(other) && text.includes(other.slice('assets/'.length))) found.add(other);
		}
	}
	return [...found].sort();
}

function contentOf(file: Rollup.OutputAsset | Rollup.OutputChunk | undefined): Buffer {
	if (file === undefined) return Buffer.alloc(0);
	return Buffer.from(file.type === 'chunk' ? file.code : file.source);
}
