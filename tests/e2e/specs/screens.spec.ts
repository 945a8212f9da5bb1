/** Every screen in both languages, both colour schemes, phone and desktop: nothing cut off, nothing axe objects to. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hasNoAxeFindings, test } from '../support/test.ts';

/** To be looked at by a person. */
const FOLDER = resolve(import.meta.dirname, '../../../target/e2e/screens');
mkdirSync(FOLDER, { recursive: true });

const LOOKS = [
	{ name: 'desktop-light-en', viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB' },
	{ name: 'desktop-dark-sv', viewport: { width: 1280, height: 800 }, colorScheme: 'dark', locale: 'sv-SE' },
	{ name: 'phone-light-sv', viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'sv-SE' },
	{ name: 'phone-dark-en', viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'en-GB' },
	{ name: 'narrow-light-sv', viewport: { width: 320, height: 640 }, colorScheme: 'light', locale: 'sv-SE' },
] as const;

interface Screen {
	name: string;
	show(page: Page): Promise<void>;
}

async function submitEmpty(page: Page): Promise<void> {
	await page.locator('main form button[type=submit]').click();
	await expect(page.getByRole('alert').filter({ hasText: /\p{L}/u }).first()).toBeVisible();
}

const SCREENS: Screen[] = [
	{ name: 'start', show: async (page) => void (await page.goto('/')) },
	{ name: 'register', show: async (page) => void (await page.goto('/account/register')) },
	{
		name: 'register-errors',
		show: async (page) => {
			await page.goto('/account/register');
			await submitEmpty(page);
		},
	},
	{ name: 'confirm-without-token', show: async (page) => void (await page.goto('/account/confirm')) },
	{ name: 'login', show: async (page) => void (await page.goto('/account/login')) },
	{
		name: 'login-refused',
		show: async (page) => {
			await page.goto('/account/login');
			await page.locator('input[type=email], input[autocomplete=username]').first().fill('nobody@example.com');
			await page.locator('input[type=password]').first().fill('not the password at all');
			await submitEmpty(page);
		},
	},
	{ name: 'reset', show: async (page) => void (await page.goto('/account/reset')) },
	{ name: 'not-found', show: async (page) => void (await page.goto('/account/nowhere')) },
	{ name: 'mailbox', show: async (page) => void (await page.goto('/mailbox')) },
	{ name: 'tool', show: async (page) => void (await page.goto('/tool')) },
	{
		name: 'tool-panel',
		show: async (page) => {
			await page.goto('/tool');
			await page.getByRole('button', { name: /^(Account|Konto)/ }).click();
		},
	},
	{ name: 'authenticator-welcome', show: async (page) => void (await page.goto('/authenticator')) },
];

for (const { name, ...look } of LOOKS) {
	test.describe(name, () => {
		test.use({ ...look, reducedMotion: 'reduce' } as object);

		for (const screen of SCREENS) {
			test(screen.name, async ({ page, browserName }) => {
				await screen.show(page);
				await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
				// Playwright would hide the caret by a style sheet of its own, which our policy refuses.
				await page.screenshot({ path: join(FOLDER, `${screen.name}-${name}-${browserName}.png`), fullPage: true, caret: 'initial' });
				const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				expect(wide, 'pixels to scroll sideways').toBeLessThanOrEqual(0);
				// axe needs a second page of its own, which Firefox does not give it here.
				if (browserName === 'chromium') await hasNoAxeFindings(page, screen.name);
				expect(await page.locator('html').getAttribute('lang')).toBe(look.locale.slice(0, 2));
			});
		}
	});
}
