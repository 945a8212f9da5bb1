// Keeps the authenticator's own files, so that it works without a network. It answers for nothing else: no data, no
// other page, no address outside its list.

declare const self: ServiceWorkerGlobalScope;

export {};

/** Written by the build: the version, the document's address and the files it can reach. */
declare const __PRECACHE__: { readonly version: string; readonly document: string; readonly files: readonly string[] };

const { version, document, files } = __PRECACHE__;
const PREFIX = 'gatepass-authenticator-';
const CACHE = PREFIX + version;
const addresses = new Set(files);

self.addEventListener('install', (event) => event.waitUntil(store()));

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('message', ({ data }) => {
	if (data === 'use-new-version') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== self.location.origin) return;
	if (request.mode === 'navigate') {
		if (url.pathname.replace(/\/$/, '') === document) event.respondWith(stored(document, request));
	} else if (addresses.has(url.pathname)) {
		event.respondWith(stored(url.pathname, request));
	}
});

/** All files or none: half a version is no version. `reload` goes past the browser's own cache. */
async function store(): Promise<void> {
	const cache = await caches.open(CACHE);
	await cache.addAll([document, ...files].map((address) => new Request(address, { cache: 'reload' })));
}

async function takeOver(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(
		names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
	);
	await self.clients.claim();
}

async function stored(address: string, request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	return (await cache.match(address)) ?? fetch(request);
}
