/** Without a mouse, and without motion. Lost if these fail: the tool, for whoever has one hand, a screen reader or a weak stomach. */
import type { Page } from '@playwright/test';
import { oathtool } from '../support/judges.ts';
import { permit } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { connected } from '../support/tool.ts';

const focused = (page: Page) => page.locator(':focus');

/** Presses Tab until something of that name has the focus; never more often than the screen has stops. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
	for (let stops = 0; stops < 30; stops++) {
		await page.keyboard.press('Tab');
		await expect(focused(page), `the focus on the way to ${name}`).toHaveCount(1);
		const label = await focused(page).evaluate((element: Element) => {
			const labels =
				element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
			return [element.getAttribute('aria-label'), ...labels, element.textContent].join(' ').trim();
		});
		if (!name.test(label)) continue;
		const ring = await focused(page).evaluate((element) => {
			const box = element.closest('form.search') ?? element;
			const { outlineStyle, outlineWidth } = getComputedStyle(box);
			return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
		});
		expect(ring, `a visible focus on ${name}`).toBe(true);
		return;
	}
	throw new Error(`Tab never came to ${name}`);
}

/** A new step takes the focus to its title, where a screen reader begins. */
async function at(page: Page, title: string): Promise<void> {
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused();
	await expect(page).toHaveTitle(new RegExp(`^${title}`));
}

test('from the person icon to a permit with the keyboard alone; the focus goes along', async ({ page, portal }) => {
	const person = await connected(portal);
	await page.goto('/tool');
	await page.keyboard.press('Tab');
	await expect(focused(page)).toHaveText('Skip to the content');
	await tabTo(page, /Find a vehicle by brand/);
	await tabTo(page, /Account, not logged in/);
	await page.keyboard.press('Enter');
	await tabTo(page, /^Log in$/);
	await page.keyboard.press('Enter');
	await at(page, 'Log in to the tool');

	await tabTo(page, /E-mail address/);
	await page.keyboard.type(person.email);
	await page.keyboard.press('Enter');
	// What is wrong is read first, and its link leads to the field.
	await expect(page.locator('.summary')).toBeFocused();
	await expect(page).toHaveTitle(/^Error: Log in to the tool/);
	await tabTo(page, /Enter your password/);
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
	await page.keyboard.type(person.password);
	await page.keyboard.press('Enter');
	await at(page, 'Enter the code from your authenticator');

	await tabTo(page, /^Code/);
	await page.keyboard.type(oathtool(person.secret, 30));
	await page.keyboard.press('Enter');
	await at(page, 'Brands');
	await expect(page.getByRole('button', { name: /^Renault/ })).toBeVisible();
	await tabTo(page, /^Renault/);
	await page.keyboard.press('Enter');
	await at(page, 'Renault, Dacia');
	await tabTo(page, /Open the gateway/);
	await page.keyboard.press('Enter');
	await expect(page.getByText('The permit is genuine')).toBeVisible();
	await expect(page.getByRole('status')).toHaveText('The permit is valid for 10 minutes');
	// The pressed button is gone each time; the focus goes to what it brought.
	await expect(permit(page)).toBeFocused();
	await tabTo(page, /Use the permit/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('status')).toHaveText('The permit has been used');
	await expect(permit(page)).toBeFocused();
	await tabTo(page, /Get a new permit/);
});

test.describe('with reduced motion', () => {
	test.use({ contextOptions: { reducedMotion: 'reduce' } });

	// Firefox is not told what its driver is asked to tell it: @chromium.
	test('nothing moves @chromium', async ({ page, portal }) => {
		const person = await connected(portal);
		await page.goto('/authenticator');
		await page.getByLabel('Choose a password for this device').fill('verkstad hyvel dimma');
		await page.getByRole('button', { name: 'Create the authenticator' }).click();
		await page.getByRole('button', { name: 'Add account' }).click();
		await page.getByRole('button', { name: 'Paste a link' }).click();
		await page
			.getByLabel('Link from the service')
			.fill(`otpauth://totp/Gatepass:a?secret=${person.secret}&issuer=Gatepass`);
		await page.getByRole('button', { name: 'Check the link' }).click();
		const row = page.getByRole('button', { name: /^Gatepass.*copy$/ });
		await expect(row).toBeVisible();
		await row.hover();
		// Over a whole second of the ring, and over what comes and goes with a press.
		const moved = await page.evaluate(async () => {
			const seen = new Set<string>();
			const until = performance.now() + 1500;
			while (performance.now() < until) {
				for (const { effect } of document.getAnimations()) {
					if (effect instanceof KeyframeEffect) seen.add(effect.target?.className.toString() ?? '');
				}
				await new Promise(requestAnimationFrame);
			}
			return [...seen];
		});
		expect(moved).toEqual([]);
	});
});
