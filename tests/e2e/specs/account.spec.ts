/** The account pages as their owner uses them. Lost if these fail: the way back in, or the lock on the door. */
import type { Page } from '@playwright/test';
import { oathtool, secretOf, zbarimg } from '../support/judges.ts';
import {
	confirmedPerson,
	enterCode,
	logIn,
	logInHere,
	newTechnician,
	post,
	qrPicture,
	screenWithQr,
	type Technician,
	tokenOf,
} from '../support/people.ts';
import type { Portal } from '../support/portal.ts';
import { DATABASES, expect, test } from '../support/test.ts';
import { connected, logIn as logInTool } from '../support/tool.ts';

const CODE = 'Enter the code from your authenticator';
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

async function isRefused(page: Page, person: Technician): Promise<void> {
	await page.goto('/account/login');
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Log in', exact: true }).click();
	await expect(
		page.getByRole('alert').filter({ hasText: 'The e-mail address or the password is wrong' }),
	).toBeVisible();
}

/** The link of the newest mail about something, as its reader presses it. */
async function linkOf(portal: Portal, to: string, about: string): Promise<string> {
	const mail = await portal.mail(to, ({ links }) => links.some((link) => link.includes(about)));
	return mail.links.find((link) => link.includes(about)) ?? '';
}

test('a forgotten password is replaced by a mailed link, once, and ends every session', async ({
	page,
	portal,
	browser,
}) => {
	const person = await confirmedPerson(portal);
	const elsewhere = await (await browser.newContext({ baseURL: portal.url, locale: 'en-GB' })).newPage();
	await logIn(elsewhere, person);

	await page.goto('/account/login');
	await page.getByRole('link', { name: 'I have forgotten my password' }).click();
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByRole('button', { name: 'Send the link' }).click();
	await heading(page, 'Look in your e-mail');
	const link = await linkOf(portal, person.email, '/account/reset');
	// Pasted into the tab that waits for it. The token is taken out of the address at once.
	await page.goto(link);
	await expect(page).toHaveURL(/\/account\/reset$/);

	// What is refused keeps the link alive.
	await page.getByLabel('New password').fill('kort');
	await page.getByRole('button', { name: 'Save the new password' }).click();
	await expect(page.getByRole('alert').filter({ hasText: 'at least 12 characters' })).toBeVisible();
	const renewed = { ...person, password: `ny ${person.password}` };
	await page.getByLabel('New password').fill(renewed.password);
	await page.getByRole('button', { name: 'Save the new password' }).click();
	await heading(page, 'Your new password is saved');
	await page.getByRole('link', { name: 'Log in' }).click();
	await logInHere(page, renewed);
	await isRefused(page, person);

	await elsewhere.reload();
	await heading(elsewhere, 'Log in to your account');
	await elsewhere.goto(link);
	await elsewhere.getByLabel('New password').fill(`${person.password} igen`);
	await elsewhere.getByRole('button', { name: 'Save the new password' }).click();
	await heading(elsewhere, 'The link does not work any more');
	await elsewhere.context().close();
});

test('an address changes when the mailed link is opened, not before; the old one is told', async ({ page, portal }) => {
	const person = await confirmedPerson(portal);
	const { email } = newTechnician();
	await logIn(page, person);
	await page.getByRole('link', { name: 'Change the e-mail address' }).click();
	await page.getByLabel('New e-mail address').fill(email);
	await page.getByLabel('Password', { exact: true }).fill('not the password at all');
	await page.getByRole('button', { name: 'Send the link' }).click();
	await expect(page.getByRole('alert').filter({ hasText: 'The password is wrong' })).toBeVisible();
	await expect(page.getByLabel('New e-mail address')).toHaveValue(email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Send the link' }).click();
	await heading(page, 'Look in your e-mail');
	await page.goto('/account/security');
	await expect(page.getByText(person.email)).toBeVisible();

	await page.goto(await linkOf(portal, email, '/account/email'));
	await page.getByRole('button', { name: 'Use the new address' }).click();
	await heading(page, 'Your e-mail address is changed');
	await expect(page.getByText(email)).toBeVisible();
	await portal.mail(person.email, ({ subject }) => /address/i.test(subject) && /chang/i.test(subject));
	await page.context().clearCookies();
	await isRefused(page, person);
	await logIn(page, { ...person, email });
});

test('a changed password ends every other session, and this one stays', async ({ page, portal, browser }) => {
	const person = await confirmedPerson(portal);
	const elsewhere = await (await browser.newContext({ baseURL: portal.url, locale: 'en-GB' })).newPage();
	await logIn(elsewhere, person);
	await logIn(page, person);
	await page.getByRole('link', { name: 'Change the password' }).click();
	await page.getByLabel('Current password').fill(person.password);
	await page.getByLabel('New password').fill(person.fullName.padEnd(14, ' Ek'));
	await page.getByRole('button', { name: 'Save the new password' }).click();
	await expect(page.getByRole('alert').filter({ hasText: /Password must/ })).toBeVisible();
	await page.getByLabel('New password').fill(`ny ${person.password}`);
	await page.getByRole('button', { name: 'Save the new password' }).click();
	await heading(page, 'Your password is changed');
	await page.getByRole('link', { name: 'Security settings' }).click();
	await expect(page.getByText(person.email)).toBeVisible();
	await elsewhere.reload();
	await heading(elsewhere, 'Log in to your account');
	await elsewhere.context().close();
});

test('logging out everywhere ends this browser, the other one and the tool', async ({ page, portal, browser }) => {
	const person = await connected(portal);
	const session = () =>
		fetch(`${portal.url}/tool/v1/session`, { headers: { authorization: `Bearer ${person.token}` } });
	expect((await session()).status).toBe(200);
	const elsewhere = await (await browser.newContext({ baseURL: portal.url, locale: 'en-GB' })).newPage();
	await logIn(elsewhere, person, CODE);
	await enterCode(elsewhere, oathtool(person.secret, 30), 'Continue');
	await heading(elsewhere, 'Security settings');
	await logIn(page, person, CODE);
	await page.getByRole('button', { name: 'I do not have my authenticator' }).click();
	await page.getByLabel('Recovery code').fill(person.recoveryCodes[0] ?? '');
	await page.getByRole('button', { name: 'Continue' }).click();
	await heading(page, 'Security settings');

	await page.getByRole('link', { name: 'Log out everywhere' }).click();
	await page.getByRole('button', { name: 'Log out everywhere' }).click();
	await heading(page, 'You are logged out everywhere');
	await elsewhere.reload();
	await heading(elsewhere, 'Log in to your account');
	expect((await session()).status).toBe(401);
	await page.goto('/account/security');
	await heading(page, 'Log in to your account');
	await elsewhere.context().close();
});

for (const database of DATABASES) {
	test.describe(`on ${database}`, () => {
		test.use({ database });

		test('an authenticator is connected, its recovery codes are renewed, and it is removed', async ({
			page,
			portal,
		}) => {
			const person = await confirmedPerson(portal);
			await logIn(page, person);
			await page.getByRole('link', { name: 'Connect an authenticator' }).click();
			await page.getByLabel('Password', { exact: true }).fill(person.password);
			await page.getByRole('button', { name: 'Continue' }).click();
			await expect(qrPicture(page)).toBeVisible();
			const secret = secretOf(zbarimg(await screenWithQr(page))[0] ?? '');
			await enterCode(page, '000000', 'Confirm the code');
			await expect(page.getByRole('alert').filter({ hasText: 'The code was not accepted' })).toBeVisible();
			await expect(page.getByRole('heading', { name: 'If it is refused again' })).toBeVisible();
			await enterCode(page, oathtool(secret), 'Confirm the code');
			const shown = () => page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents();
			await heading(page, 'Save your recovery codes');
			const first = await shown();
			expect(first).toHaveLength(10);
			await page.getByRole('button', { name: 'I have saved the codes' }).click();
			await heading(page, 'Your authenticator is connected');
			await portal.mail(person.email, ({ subject }) => /authenticator/i.test(subject));

			await page.getByRole('link', { name: 'Security settings' }).click();
			await page.getByRole('link', { name: 'Make new recovery codes' }).click();
			await enterCode(page, oathtool(secret, 30), 'Make new codes');
			await heading(page, 'Save your recovery codes');
			const second = await shown();
			expect(new Set([...first, ...second]).size).toBe(20);
			await page.getByRole('button', { name: 'I have saved the codes' }).click();
			await heading(page, 'Your new recovery codes are saved');
			// Forgotten by the page; opening its address again does not bring them back.
			await page.reload();
			await heading(page, 'Make new recovery codes');
			expect(await page.content()).not.toContain(second[0]);

			// An old code does not let in any more; a new one does, once, however it is typed.
			await page.goto('/account/security');
			await page.getByRole('button', { name: 'Log out', exact: true }).click();
			await heading(page, 'You are logged out');
			await logIn(page, person, CODE);
			await page.getByRole('button', { name: 'I do not have my authenticator' }).click();
			const recover = async (code: string) => {
				await page.getByLabel('Recovery code').fill(code);
				await page.getByRole('button', { name: 'Continue' }).click();
			};
			await recover(first[0] ?? '');
			await expect(page.getByRole('alert').filter({ hasText: 'The recovery code was not accepted' })).toBeVisible();
			await recover(` ${(second[0] ?? '').replaceAll('-', ' ').toLowerCase()} `);
			await heading(page, 'Security settings');
			await expect(page.getByText('9 of 10 left')).toBeVisible();

			await page.getByRole('link', { name: 'Remove the authenticator' }).click();
			await page.getByLabel('Password', { exact: true }).fill(person.password);
			await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
			await page.getByLabel('Recovery code').fill(second[0] ?? '');
			await page.getByRole('button', { name: 'Remove the authenticator' }).click();
			await expect(page.getByRole('alert').filter({ hasText: 'The recovery code was not accepted' })).toBeVisible();
			await page.getByLabel('Recovery code').fill(second[1] ?? '');
			await page.getByRole('button', { name: 'Remove the authenticator' }).click();
			await heading(page, 'The authenticator is removed');
			await portal.mail(person.email, ({ subject }) => /remov/i.test(subject));
			await page.context().clearCookies();
			await logIn(page, person);
			await expect(page.getByText('No authenticator is connected')).toBeVisible();
		});
	});
}

test('a link that confirms an address works once, and a newer one replaces it', async ({ page, portal }) => {
	const person = newTechnician();
	expect((await post(portal, '/api/v1/accounts', { ...person, language: 'sv' })).status).toBe(202);
	const first = await portal.mail(person.email);
	await page.goto('/account/confirm');
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByRole('button', { name: 'Send the link' }).click();
	const second = await portal.mail(person.email, ({ id }) => id !== first.id);
	for (const [mail, title] of [
		[first, 'The link does not work any more'],
		[second, 'Your e-mail address is confirmed'],
		[second, 'The link does not work any more'],
	] as const) {
		await page.goto(`/account/confirm#token=${tokenOf(mail)}`);
		await page.getByRole('button', { name: 'Confirm the address' }).click();
		await heading(page, title);
	}
	expect((await logInTool(portal, person)).status).toBe(403);
});
