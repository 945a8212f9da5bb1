import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Connect, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { offlinePlugin } from './offline-plugin.ts';

/** The page's entries. Each is a document of its own: they share components, never each other's code. */
const entries = ['index', 'tool', 'account', 'mailbox', 'authenticator', '404'];

/**
 * What the portal sends with every page. `vite preview` sends the same, so that a violation shows before the portal
 * is involved. `wasm-unsafe-eval` compiles the WebAssembly module and nothing else.
 */
const contentSecurityPolicy = [
	"default-src 'none'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"style-src 'self'",
	"img-src 'self' data: blob:",
	"connect-src 'self'",
	"worker-src 'self'",
	"manifest-src 'self'",
	"media-src 'self' blob:",
	"base-uri 'none'",
	"form-action 'self'",
	"frame-ancestors 'none'",
].join('; ');

/** `/tool` → `tool.html`, `/account/login` → `account.html`: the same mapping that the portal makes. */
function entryFor(url: string): string | undefined {
	const path = url.split(/[?#]/, 1)[0] ?? '/';
	if (path.startsWith('/tool/v1')) return undefined;
	const first = path.split('/')[1] ?? '';
	if (first === '') return '/index.html';
	return entries.includes(first) ? `/${first}.html` : undefined;
}

function entryRoutes(): Plugin {
	const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
		const entry = entryFor(request.url ?? '/');
		if (entry !== undefined && request.method === 'GET') request.url = entry;
		next();
	};
	return {
		name: 'gatepass-entry-routes',
		configureServer(server) {
			server.middlewares.use(rewrite);
		},
		configurePreviewServer(server) {
			server.middlewares.use(rewrite);
		},
	};
}

const portal = process.env.GATEPASS_PORTAL ?? 'http://127.0.0.1:8080';
const proxy = { '/api': portal, '/tool/v1': portal, '/.well-known': portal };

export default defineConfig({
	appType: 'mpa',
	plugins: [svelte(), entryRoutes(), offlinePlugin()],
	build: {
		target: 'es2022',
		// light-dark() stays as written: every browser with WebCrypto Ed25519 has it.
		cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
		// Nothing becomes a data: URL behind the policy's back.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		// What the libraries in the bundle ask for: their names and terms travel with it.
		license: { fileName: 'licenses.md' },
		rollupOptions: { input: Object.fromEntries(entries.map((name) => [name, `${name}.html`])) },
	},
	worker: { format: 'es' },
	server: { host: '127.0.0.1', proxy },
	preview: { host: '127.0.0.1', proxy, headers: { 'Content-Security-Policy': contentSecurityPolicy } },
	test: {
		environment: 'node',
		include: ['src/**/*.test.ts'],
		expect: { requireAssertions: true },
	},
});
