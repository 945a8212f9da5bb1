/** Every screen before a login, as different people see it: nothing cut off, nothing axe objects to. */
import type { Page } from '@playwright/test';
import { look } from '../support/looks.ts';
import { expect, test } from '../support/test.ts';

async function submitEmpty(page: Page): Promise<void> {
	await page.locator('main form button[type=submit]').click();
	await expect(page.getByRole('alert').filter({ hasText: /\p{L}/u }).first()).toBeVisible();
}

test('nobody is logged in: every screen in every look', async ({ page }) => {
	test.setTimeout(240_000);
	for (const [name, path] of [
		['start', '/'],
		['register', '/account/register'],
		['confirm', '/account/confirm'],
		['login', '/account/login'],
		['reset', '/account/reset'],
		['not-found', '/account/nowhere'],
		['no-such-address', '/nowhere'],
		['mailbox-empty', '/mailbox'],
		['tool', '/tool'],
		['authenticator-welcome', '/authenticator'],
	] as const) {
		await page.goto(path);
		await look(page, name);
	}
	await page.goto('/account/register');
	await submitEmpty(page);
	await look(page, 'register-errors');
	await page.goto('/account/login');
	await page.getByLabel('E-mail address').fill('nobody@example.com');
	await page.getByLabel('Password', { exact: true }).fill('not the password at all');
	await submitEmpty(page);
	await look(page, 'login-refused');
	await page.goto('/tool');
	await page.getByRole('button', { name: 'Account, not logged in' }).click();
	await look(page, 'tool-nobody');
});

test.describe('in a Swedish browser that prefers the dark', () => {
	test.use({ locale: 'sv-SE', colorScheme: 'dark' });

	test('every entry speaks Swedish and is dark from the start', async ({ page, browserName }) => {
		for (const path of ['/', '/tool', '/authenticator', '/account/login', '/mailbox', '/nowhere']) {
			await page.goto(path);
			await expect(page.locator('html'), path).toHaveAttribute('lang', 'sv');
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			// Firefox is not told of the colours that its driver is asked for.
			if (browserName === 'firefox') continue;
			const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
			expect(paper, path).toBe('rgb(14, 21, 27)');
		}
	});
});
