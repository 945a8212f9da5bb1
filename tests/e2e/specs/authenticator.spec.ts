/** The authenticator as its owner uses it. Lost if these fail: keys, codes, or the trust that they stay on the device. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { shoot } from '../support/film.ts';
import { oathtool, secretOf, zbarimg } from '../support/judges.ts';
import { expect, hasNoAxeFindings, test } from '../support/test.ts';

const PASSWORD = 'verkstad hyvel dimma';
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const PORTAL = `otpauth://totp/Gatepass:anna%40verkstad.se?secret=${SECRET}&issuer=Gatepass`;
const uri = (issuer: string, last: string, more = '') =>
	`otpauth://totp/${issuer}:bo?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX${last}&issuer=${issuer}${more}`;

async function create(page: Page): Promise<void> {
	await page.goto('/authenticator');
	await page.getByLabel('Choose a password for this device').fill(PASSWORD);
	await page.getByRole('button', { name: 'Create the authenticator' }).click();
	await expect(page.getByRole('heading', { name: 'Codes', exact: true })).toBeVisible();
}

async function open(page: Page, password = PASSWORD): Promise<void> {
	await page.getByLabel('Password of this device').fill(password);
	await page.getByRole('button', { name: 'Open', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Codes', exact: true })).toBeVisible();
}

async function paste(page: Page, link: string): Promise<void> {
	await page.getByRole('button', { name: 'Add account' }).click();
	await page.getByRole('button', { name: 'Paste a link' }).click();
	await page.getByLabel('Link from the service').fill(link);
	await page.getByRole('button', { name: 'Check the link' }).click();
}

async function add(page: Page, ...links: string[]): Promise<void> {
	for (const link of links) {
		await paste(page, link);
		await expect(page.getByRole('heading', { name: 'Codes', exact: true })).toBeVisible();
	}
}

const row = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}.*, code `) });

/** The code as the row's name spells it. */
async function codeOf(page: Page, name: string): Promise<string> {
	const label = (await row(page, name).getAttribute('aria-label')) ?? '';
	return /code ([\w ]+), copy/.exec(label)?.[1]?.replaceAll(' ', '') ?? '';
}

async function issuers(page: Page): Promise<string[]> {
	return page.getByRole('list', { name: 'Accounts' }).locator('.issuer').allTextContents();
}

/** The setting's view, and back to the list by the browser's own button. */
async function inSettings(page: Page, name: string, act: () => Promise<void>): Promise<void> {
	await page.getByRole('button', { name: 'Settings' }).click();
	await page.getByRole('button', { name }).click();
	await act();
}

test('codes are those of oathtool, a copy is cleared, and nothing stays in the page when it locks', async ({
	page,
	browserName,
}) => {
	await create(page);
	await add(page, PORTAL);
	await expect.poll(() => codeOf(page, 'Gatepass')).toBe(oathtool(SECRET));

	await page.clock.install();
	await row(page, 'Gatepass').click();
	await expect(page.getByText(/^Copied, cleared in/)).toBeVisible();
	if (browserName === 'chromium') {
		expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\d{6}$/);
		await page.getByRole('button', { name: 'Lock', exact: true }).click();
		await expect(page.getByRole('heading', { name: 'Open the authenticator' })).toBeVisible();
		await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('');
		expect(await page.content()).not.toContain('anna@verkstad.se');
	}
});

test('a vault left alone locks after the chosen time', async ({ page }) => {
	await page.clock.install();
	await create(page);
	await page.getByRole('button', { name: 'Settings' }).click();
	await page.getByLabel('1 minute').check();
	await page.clock.fastForward('00:59');
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
	await page.clock.fastForward('00:02');
	await expect(page.locator('#content').getByText('it was not used for a while')).toBeVisible();
});

test('a deleted account comes back to its place: by Undo, and from the deleted accounts', async ({ page }) => {
	await create(page);
	await add(page, PORTAL, uri('Volvo', 'P'), uri('VAG', 'Q'));
	const code = await codeOf(page, 'Volvo');
	for (const back of ['undo', 'trash'] as const) {
		await page.getByRole('button', { name: 'More for Volvo' }).click();
		await page.getByRole('button', { name: 'Delete' }).click();
		await expect(row(page, 'Volvo')).toHaveCount(0);
		if (back === 'undo') {
			await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
			await page.keyboard.press('Enter');
		} else {
			await inSettings(page, 'Deleted accounts', () => page.getByRole('button', { name: /^Bring back/ }).click());
			await page.goBack();
			await page.goBack();
		}
		await expect.poll(() => issuers(page)).toEqual(['Gatepass', 'Volvo', 'VAG']);
	}
	expect([code, oathtool('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')]).toContain(await codeOf(page, 'Volvo'));
});

test('the order is changed with the keyboard and kept; search finds over accents', async ({ page }) => {
	await create(page);
	await add(page, PORTAL, uri('Volvo', 'P'), uri('VAG', 'Q'), uri('BMW', 'R'), uri('Citroën', 'S'), uri('Saab', 'T'));
	await inSettings(page, 'Change the order', async () => {
		const up = page.getByRole('button', { name: 'Move VAG, bo up' });
		await up.focus();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('status')).toHaveText('VAG, bo is now 2 of 6.');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('button', { name: 'Move VAG, bo down' })).toBeFocused();
	});
	await page.reload();
	await open(page);
	expect(await issuers(page)).toEqual(['VAG', 'Gatepass', 'Volvo', 'BMW', 'Citroën', 'Saab']);
	await page.getByLabel('Search accounts').fill('citroen');
	await expect.poll(() => issuers(page)).toEqual(['Citroën']);
});

test('a picture of a QR code is read, a foreign code is told by its kind, and look-alike digits are offered as letters @chromium', async ({
	page,
	browser,
}) => {
	await create(page);
	await add(page, PORTAL);
	await inSettings(page, 'Export to Google Authenticator', async () => {
		await page.getByLabel('Password of this device').fill(PASSWORD);
		await page.getByRole('button', { name: 'Show the QR codes' }).click();
	});
	const picture = page.getByRole('img', { name: 'QR code 1 of 1 of the export' });
	const png = await picture.screenshot();
	expect(zbarimg(png)[0]).toMatch(/^otpauth-migration:\/\/offline\?data=/);

	const other = await (await browser.newContext({ locale: 'en-GB', baseURL: new URL(page.url()).origin })).newPage();
	await create(other);
	await other.getByRole('button', { name: 'Add account' }).click();
	await other.locator('input[type=file]').setInputFiles({ name: 'export.png', mimeType: 'image/png', buffer: png });
	await other.getByRole('button', { name: 'Import 1 account' }).click();
	await expect.poll(() => codeOf(other, 'Gatepass')).toBe(oathtool(secretOf(PORTAL)));

	await other.getByRole('button', { name: 'Add account' }).click();
	await other.getByRole('button', { name: 'Paste a link' }).click();
	await other.getByLabel('Link from the service').fill('phonefactor://activate_account?code=1&url=https%3A%2F%2Fx');
	await other.getByRole('button', { name: 'Check the link' }).click();
	await expect(
		other.getByRole('alert').filter({ hasText: 'I want to use a different authenticator app' }),
	).toBeVisible();
	await other.goBack();
	await other.getByRole('button', { name: 'Type it in' }).click();
	await other.getByLabel('Service').fill('Portal');
	await other.getByLabel('Key', { exact: true }).fill('JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PX0');
	await other.getByRole('button', { name: 'Replace them with letters' }).click();
	await other.getByRole('button', { name: 'Add the account' }).click();
	await expect(row(other, 'Portal')).toBeVisible();
	await other.context().close();
});

test('a backup restores the accounts in a browser that lost everything @chromium', async ({ page }) => {
	await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
	await create(page);
	await add(page, PORTAL, uri('Volvo', 'P'));
	let file = Buffer.alloc(0);
	await inSettings(page, 'Save a backup file', async () => {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Save the file' }).click(),
		]);
		expect(download.suggestedFilename()).toMatch(/^gatepass-authenticator-\d{4}-\d\d-\d\d\.gatepass$/);
		file = readFileSync(await download.path());
	});
	for (const text of [SECRET, 'Volvo', 'anna', PASSWORD]) expect(file.includes(text), text).toBe(false);
	await page.goBack();
	await page.getByRole('button', { name: 'Erase everything' }).click();
	await page.getByLabel('I have a backup file').check();
	await page.getByRole('button', { name: 'Erase everything' }).click();

	await page.getByRole('button', { name: 'Restore from a backup file' }).click();
	await page.getByLabel('Backup file').setInputFiles({ name: 'a.gatepass', mimeType: '', buffer: file });
	await page.getByLabel('Password of the file').fill('not this one');
	await page.getByRole('button', { name: 'Restore', exact: true }).click();
	await expect(page.getByRole('alert').filter({ hasText: 'does not open this file' })).toBeVisible();
	await page.getByLabel('Password of the file').fill(PASSWORD);
	await page.getByRole('button', { name: 'Restore', exact: true }).click();
	await expect.poll(() => issuers(page)).toEqual(['Gatepass', 'Volvo']);
});

test('opening it in a second tab locks the first, which says why', async ({ page, context }) => {
	await create(page);
	const second = await context.newPage();
	await second.goto('/authenticator');
	await expect(second.getByText('Opening it here locks it there.')).toBeVisible();
	await open(second);
	await expect(page.locator('#content').getByText('it was opened in another tab')).toBeVisible();
});

test('it works without a network after the first visit, and asks for nothing but its own files @camera', async ({
	page,
	context,
}) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await create(page);
	await add(page, PORTAL);
	await page.evaluate(() => navigator.serviceWorker.ready);
	for (const path of asked) {
		expect(path).toMatch(
			/^\/(authenticator|before-paint\.js|icon\.svg|sw\.js|assets\/.+|manifest\.webmanifest|app-\d+\.png)$/,
		);
	}
	await context.setOffline(true);
	await page.reload();
	await open(page);
	await expect.poll(() => codeOf(page, 'Gatepass')).toBe(oathtool(SECRET));
	await page.getByRole('button', { name: 'Add account' }).click();
	await page.getByRole('button', { name: 'Scan with the camera' }).click();
	await expect(page.getByRole('dialog', { name: 'Scan the QR code' })).toBeVisible();
});

test('the camera is off after the view is left @camera', async ({ page, browser }) => {
	await create(page);
	await add(page, PORTAL);
	await page.evaluate(() => {
		const streams: MediaStream[] = [];
		const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
		navigator.mediaDevices.getUserMedia = async (constraints) => {
			const stream = await get(constraints);
			streams.push(stream);
			return stream;
		};
		Object.assign(window, { streams });
	});
	const live = () =>
		page.evaluate(() =>
			(window as unknown as { streams: MediaStream[] }).streams.map((stream) =>
				stream.getTracks().some(({ readyState }) => readyState === 'live'),
			),
		);
	await shoot(browser, await page.screenshot());
	await page.getByRole('button', { name: 'Add account' }).click();
	await page.getByRole('button', { name: 'Scan with the camera' }).click();
	await expect(page.getByText('Hold the code in the frame')).toBeVisible();
	expect(await live()).toEqual([true]);
	await hasNoAxeFindings(page, 'the camera');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeFocused();
	expect(await live()).toEqual([false]);
});
