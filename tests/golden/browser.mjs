// Opens an address in a browser and waits until the page says that it is through:
//
//   node browser.mjs chromium|firefox ADDRESS

// @ts-check
import { createRequire } from 'node:module';

// The one that the npm package is tested with: this folder needs no packages of its own.
const require = createRequire(new URL('../../wasm/npm/package.json', import.meta.url));
/** @type {typeof import('playwright-core')} */
const { chromium, firefox } = require('playwright-core');

const [name, address] = process.argv.slice(2);
const root = process.getuid?.() === 0;
const browser =
	name === 'firefox'
		? await firefox.launch({
				channel: 'moz-firefox',
				executablePath: process.env['GATEPASS_FIREFOX'] ?? '/usr/bin/firefox-esr',
				firefoxUserPrefs: {
					'network.captive-portal-service.enabled': false,
					'network.connectivity-service.enabled': false,
					'datareporting.policy.dataSubmissionEnabled': false,
					'app.normandy.enabled': false,
				},
			})
		: await chromium.launch({
				executablePath: process.env['GATEPASS_CHROMIUM'] ?? '/usr/bin/chromium',
				args: [
					// Chromium refuses its sandbox to root, as which build machines run.
					...(root ? ['--no-sandbox'] : []),
					'--disable-gpu',
					'--disable-quic',
					'--disable-background-networking',
					'--disable-component-update',
				],
			});
try {
	const page = await browser.newPage();
	page.on('console', (message) => console.error(`${name}: ${message.text()}`));
	page.on('pageerror', (error) => console.error(`${name}: ${error}`));
	await page.goto(address);
	await page.waitForFunction(() => document.title !== 'running', undefined, { timeout: 0, polling: 250 });
} finally {
	await browser.close();
}
