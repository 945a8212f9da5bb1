import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { listen, occurred } from './confidential.ts';
import { type Database, Portal } from './portal.ts';

export { expect };

export interface PortalOptions {
	database: Database;
}

interface Fixtures extends PortalOptions {
	portal: Portal;
}

export const DATABASES: Database[] = ['sqlite', 'postgres'];

/** One portal a database and worker, started when the first test asks for it. */
export const test = base.extend<Fixtures, { portals: Map<Database, Portal> }>({
	database: ['sqlite', { option: true }],
	portals: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures here
		async ({}, use) => {
			const portals = new Map<Database, Portal>();
			await use(portals);
			const leaks: string[] = [];
			for (const [database, portal] of portals) {
				leaks.push(...occurred.findIn(await portal.end()).map((found) => `${found} of the portal on ${database}`));
				portal.remove();
			}
			if (leaks.length > 0) throw new Error(`The run wrote down what it must not:\n${leaks.join('\n')}`);
		},
		{ scope: 'worker' },
	],
	portal: async ({ database, portals }, use) => {
		const portal = portals.get(database) ?? (await Portal.start(database));
		portals.set(database, portal);
		portal.moveClock(0);
		await use(portal);
	},
	baseURL: async ({ portal }, use) => use(portal.url),
	context: async ({ context }, use) => {
		listen(context);
		await use(context);
	},
	page: async ({ page, browserName }, use) => {
		const complaints: string[] = [];
		let pictures = 0;
		const screenshot = page.screenshot.bind(page);
		page.screenshot = (options) => {
			pictures++;
			return screenshot(options);
		};
		page.on('pageerror', (error) => complaints.push(String(error)));
		page.on('console', (message) => {
			// The strict policy speaks up here; an answer of 4xx is logged by the browser and shown by the page.
			if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
				complaints.push(message.text());
		});
		await use(page);
		// To take a picture Playwright puts a style sheet of its own into Firefox, which our policy refuses. The same pages
		// are held to it without exception in Chromium.
		const playwrights = (text: string) =>
			browserName === 'firefox' && pictures > 0 && text.includes('inline style (style-src-elem)');
		expect(
			complaints.filter((text) => !playwrights(text)),
			'errors in the console',
		).toEqual([]);
	},
});

/** axe with every rule on, contrast included. */
export async function hasNoAxeFindings(page: Page, what: string): Promise<void> {
	// Without frames there is nothing to put together on a second page.
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
	const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
	expect(found, `axe on ${what}`).toEqual([]);
}
