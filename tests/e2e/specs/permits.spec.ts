/** What the tool shows of a permit that is no good. Lost if these fail: a technician who waits at a gateway that stays shut. */
import type { Page } from '@playwright/test';
import { oathtool } from '../support/judges.ts';
import { enterCode, isLoggedIn, logInAtTool, openBrand, permit, permitIsGood } from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { expect, test } from '../support/test.ts';
import { type Connected, connected, redeem } from '../support/tool.ts';

async function atTool(page: Page, portal: Portal): Promise<Connected> {
	const person = await connected(portal);
	await logInAtTool(page, person);
	await enterCode(page, oathtool(person.secret, 30), 'Continue');
	await isLoggedIn(page, person);
	await openBrand(page, 'Renault');
	return person;
}

const open = (page: Page) => page.getByRole('button', { name: 'Open the gateway' }).click();
const use = (page: Page) => page.getByRole('button', { name: 'Use the permit' }).click();

/** The way on after any refusal. */
async function getsANewOne(page: Page, person: Connected): Promise<void> {
	await expect(page.getByRole('button', { name: 'Use the permit' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Get a new permit' }).click();
	await permitIsGood(page, person);
}

test('a permit whose time is over by the portal’s clock is refused, and a new one is offered', async ({
	page,
	portal,
}) => {
	const person = await atTool(page, portal);
	await open(page);
	await permitIsGood(page, person);
	portal.moveClock(11 * 60);
	await use(page);
	await expect(permit(page).getByText('The portal says that the permit’s time is over')).toBeVisible();
	portal.moveClock(0);
	await getsANewOne(page, person);
});

test('a permit runs out in the page by itself', async ({ page, portal }) => {
	await atTool(page, portal);
	await page.clock.install();
	await open(page);
	await expect(permit(page).getByText('The permit is genuine')).toBeVisible();
	await page.clock.fastForward('09:10');
	await expect(permit(page).getByRole('timer')).toHaveText(/^0:[0-5]\d$/);
	await expect(page.getByRole('status')).toHaveText('The permit is valid for 1 minute');
	await page.clock.fastForward('01:00');
	await expect(permit(page).getByText('The permit’s time is over')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Use the permit' })).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Get a new permit' })).toBeVisible();
});

test('a permit that was used elsewhere is refused', async ({ page, portal }) => {
	const person = await atTool(page, portal);
	await open(page);
	await permitIsGood(page, person);
	await page.getByText('The permit as text').click();
	const text = await permit(page).locator('.code-text').innerText();
	expect((await redeem(portal, text, person.token)).status).toBe(200);
	await use(page);
	await expect(permit(page).getByText('This permit has been used before')).toBeVisible();
	await getsANewOne(page, person);
});

// Firefox' driver cannot hold an answer on its way: @chromium.
test('a permit altered on its way is not good, whatever the portal says of it @chromium', async ({ page, portal }) => {
	const person = await atTool(page, portal);
	await page.route('**/tool/v1/permits', async (route) => {
		const response = await route.fetch();
		const body = (await response.json()) as { permit: string };
		const [head = '', claims = '', signature = ''] = body.permit.split('.');
		const told = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
		const altered = Buffer.from(JSON.stringify({ ...told, workshop: 'Somebody else’s' })).toString('base64url');
		await route.fulfill({ response, json: { ...body, permit: `${head}.${altered}.${signature}` } });
	});
	await open(page);
	await expect(permit(page).getByText('the signature does not fit')).toBeVisible();
	await expect(page.getByRole('timer')).toHaveCount(0);
	await page.unroute('**/tool/v1/permits');
	await getsANewOne(page, person);
});
