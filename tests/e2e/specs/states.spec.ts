/** Every state behind a login, as different people see it: nothing cut off, nothing axe objects to. @chromium */
import type { Page } from '@playwright/test';
import { oathtool, secretOf, zbarimg } from '../support/judges.ts';
import { look } from '../support/looks.ts';
import {
	askForPermit,
	confirmedPerson,
	enterCode,
	isLoggedIn,
	logIn,
	logInAtTool,
	newTechnician,
	openBrand,
	permit,
	permitIsGood,
	post,
	qrPicture,
	registered,
	screenWithQr,
	tokenOf,
	verifiedTechnician,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { connected } from '../support/tool.ts';

test.describe.configure({ timeout: 240_000 });

const alerts = (page: Page) => page.getByRole('alert').filter({ hasText: /\p{L}/u }).first();

test('the tool, from its first login to a used permit @chromium', async ({ page, portal }) => {
	const person = await verifiedTechnician(portal);
	await logInAtTool(page, person);
	// The picture and the field for its code are in view together.
	await page.setViewportSize({ width: 1280, height: 720 });
	for (const part of [
		qrPicture(page),
		page.getByLabel('Code', { exact: true }),
		page.getByRole('button', { name: 'Confirm the code' }),
	]) {
		await expect(part).toBeInViewport({ ratio: 1 });
	}
	await look(page, 'tool-enrolment');
	const secret = secretOf(zbarimg(await screenWithQr(page))[0] ?? '');
	await page.getByText('I cannot scan the picture').click();
	await enterCode(page, '000000', 'Confirm the code');
	await expect(alerts(page)).toBeVisible();
	await look(page, 'tool-enrolment-refused');
	await enterCode(page, oathtool(secret), 'Confirm the code');
	await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible();
	await look(page, 'tool-recovery-codes');
	await page.getByRole('button', { name: 'I have saved the codes' }).click();
	await isLoggedIn(page, person);
	await expect(page.getByRole('button', { name: /^Volvo/ })).toBeVisible();
	await look(page, 'tool-brands');

	await page.getByRole('button', { name: 'Account, logged in as' }).click();
	await look(page, 'tool-person');
	await page.keyboard.press('Escape');
	await page.getByLabel('Find a vehicle by brand').fill('Trabant');
	await expect(page.getByText('No brand matches')).toBeVisible();
	await look(page, 'tool-brands-none');
	await page.getByRole('main').getByRole('button', { name: 'Show all brands' }).click();

	await openBrand(page, 'Volvo');
	await look(page, 'tool-brand-no-gateway');
	await page.getByRole('button', { name: 'All brands' }).click();
	await openBrand(page, 'Volkswagen Group');
	await look(page, 'tool-brand-code');
	await askForPermit(page, '000000');
	await expect(alerts(page)).toBeVisible();
	await look(page, 'tool-brand-code-refused');
	await askForPermit(page, oathtool(secret, 30));
	await permitIsGood(page, person);
	await page.getByText('The permit as text').click();
	await look(page, 'tool-permit');
	await page.getByRole('button', { name: 'Use the permit' }).click();
	await expect(permit(page).getByText('The permit has been used', { exact: true })).toBeVisible();
	await look(page, 'tool-permit-used');
	await page.getByRole('button', { name: 'All brands' }).click();
	await openBrand(page, 'Renault');
	await look(page, 'tool-brand-session');
	await page.getByRole('button', { name: 'Open the gateway' }).click();
	await permitIsGood(page, person);
	await page.getByRole('button', { name: 'All brands' }).click();
	await look(page, 'tool-brands-permit');

	await page.clock.install();
	await page.clock.fastForward('09:56:00');
	await expect(page.getByRole('main').getByText('You will be logged out in')).toBeVisible();
	await look(page, 'tool-session-ending');
	await openBrand(page, 'Renault');
	await look(page, 'tool-permit-over');
	await page.clock.fastForward('05:00');
	await expect(page.getByText('Your session has ended')).toBeVisible();
	await look(page, 'tool-session-ended');
});

test('the tool, where a login stops @chromium', async ({ page, portal }) => {
	const unconfirmed = await registered(portal);
	await logInAtTool(page, unconfirmed);
	await expect(alerts(page)).toBeVisible();
	await expect(page.getByRole('link', { name: 'I have not confirmed my address yet' })).toBeVisible();
	const unverified = await confirmedPerson(portal);
	await logInAtTool(page, unverified);
	await expect(page.getByRole('heading', { name: 'Your identity is not verified yet' })).toBeVisible();
	await look(page, 'tool-unverified');
	await logInAtTool(page, { ...unverified, password: 'not the password at all' });
	await expect(alerts(page)).toBeVisible();
	await look(page, 'tool-login-refused');

	const person = await connected(portal);
	await logInAtTool(page, person);
	await expect(page.getByRole('heading', { name: 'Enter the code from your authenticator' })).toBeVisible();
	await look(page, 'tool-code');
	await enterCode(page, '000000', 'Continue');
	await expect(alerts(page)).toBeVisible();
	await look(page, 'tool-code-refused');
	await page.getByRole('button', { name: 'I do not have my authenticator' }).click();
	await look(page, 'tool-recovery');
	await page.getByLabel('Recovery code').fill('AAAA-BBBB-CCCC');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(alerts(page)).toBeVisible();
	await look(page, 'tool-recovery-refused');
	portal.moveClock(3600);
	await page.getByLabel('Recovery code').fill(person.recoveryCodes[0] ?? '');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByRole('heading', { name: 'The login took too long' })).toBeVisible();
	await look(page, 'tool-login-expired');
	for (let tries = 0; tries < 12; tries++) {
		await post(portal, '/tool/v1/login', {
			email: person.email,
			password: 'not the password at all',
			toolSerial: 'E2E-1',
		});
	}
	await logInAtTool(page, person);
	await expect(page.getByRole('heading', { name: 'Too many attempts' })).toBeVisible();
	await look(page, 'tool-throttled');
});

test('the account pages, from the first mail to the last log out @chromium', async ({ page, portal }) => {
	const person = newTechnician();
	await page.goto('/account/register');
	await page.getByLabel('Full name').fill(person.fullName);
	await page.getByLabel('Workshop').fill(person.workshop);
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page.getByRole('heading', { name: 'Look in your e-mail' })).toBeVisible();
	await look(page, 'account-mail-sent');
	const { links } = await portal.mail(person.email);
	await page.goto(links[0] ?? '');
	await look(page, 'account-confirm');
	await page.getByRole('button', { name: 'Confirm the address' }).click();
	await expect(page.getByRole('heading', { name: 'Your e-mail address is confirmed' })).toBeVisible();
	await look(page, 'account-confirmed');
	await page.goto('/account');
	await expect(page).toHaveURL(/\/account\/login/);
	await page.goto(links[0] ?? '');
	await page.getByRole('button', { name: 'Confirm the address' }).click();
	await expect(page.getByRole('heading', { name: 'The link does not work any more' })).toBeVisible();
	await look(page, 'account-link-invalid');

	await logIn(page, person);
	await expect(page.getByText('No authenticator is connected')).toBeVisible();
	await look(page, 'account-security-none');
	await page.getByRole('link', { name: 'Change the password' }).click();
	await page.getByRole('button', { name: 'Save the new password' }).click();
	await expect(alerts(page)).toBeVisible();
	await look(page, 'account-password-errors');
	await page.goto('/account/security/email');
	await page.getByRole('button', { name: 'Send the link' }).click();
	await expect(alerts(page)).toBeVisible();
	await look(page, 'account-email-errors');

	await page.goto('/account/security/authenticator');
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await look(page, 'account-authenticator-password');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(qrPicture(page)).toBeVisible();
	await look(page, 'account-authenticator-connect');
	const secret = secretOf(zbarimg(await screenWithQr(page))[0] ?? '');
	await enterCode(page, oathtool(secret), 'Confirm the code');
	await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible();
	await look(page, 'account-recovery-codes');
	await page.getByRole('button', { name: 'I have saved the codes' }).click();
	await look(page, 'account-connected');
	await page.goto('/account/security');
	await expect(page.getByText('10 of 10 left')).toBeVisible();
	await look(page, 'account-security-active');
	await page.getByRole('link', { name: 'Make new recovery codes' }).click();
	await enterCode(page, '000000', 'Make new codes');
	await expect(alerts(page)).toBeVisible();
	await look(page, 'account-new-codes-refused');
	await page.goto('/account/security/remove-authenticator');
	await page.getByRole('button', { name: 'Remove the authenticator' }).click();
	await expect(alerts(page)).toBeVisible();
	await look(page, 'account-remove-errors');
	await page.goto('/account/security/log-out-everywhere');
	await look(page, 'account-everywhere');
	await page.getByRole('button', { name: 'Log out everywhere' }).click();
	await expect(page.getByRole('heading', { name: 'You are logged out everywhere' })).toBeVisible();
	await look(page, 'account-logged-out');

	await logIn(page, person, 'Enter the code from your authenticator');
	await look(page, 'account-code');
	await page.getByRole('button', { name: 'I do not have my authenticator' }).click();
	await look(page, 'account-recovery');

	await page.goto('/account/reset');
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByRole('button', { name: 'Send the link' }).click();
	await expect(page.getByRole('heading', { name: 'Look in your e-mail' })).toBeVisible();
	await look(page, 'account-reset-sent');
	const reset = await portal.mail(person.email, ({ links }) => links.some((link) => link.includes('/reset')));
	await page.goto(`/account/reset/complete#token=${tokenOf(reset)}`);
	await look(page, 'account-reset');
	await page.getByLabel('New password').fill('ny hyvel dimma traktor');
	await page.getByRole('button', { name: 'Save the new password' }).click();
	await expect(page.getByRole('heading', { name: 'Your new password is saved' })).toBeVisible();
	await look(page, 'account-reset-done');

	await page.goto('/mailbox');
	await expect(page.getByRole('list', { name: /mails/i })).toBeVisible();
	await look(page, 'mailbox-list');
	await page.getByRole('list', { name: /mails/i }).getByRole('link').first().click();
	await expect(page.getByText('Karin', { exact: false }).first()).toBeVisible();
	await look(page, 'mailbox-mail');
});

const PASSWORD = 'verkstad hyvel dimma';
const KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

test('the authenticator, with every kind of account @chromium', async ({ page }) => {
	const back = () => page.goBack();
	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
	const paste = async (link: string) => {
		await press('Add account');
		await press('Paste a link');
		await page.getByLabel('Link from the service').fill(link);
		await press('Check the link');
	};
	const listed = () => expect(page.getByRole('heading', { name: 'Codes', exact: true })).toBeVisible();

	await page.goto('/authenticator');
	await press('Create the authenticator');
	await expect(alerts(page)).toBeVisible();
	await look(page, 'authenticator-welcome-errors');
	await press('Restore from a backup file');
	await press('Restore');
	await expect(alerts(page)).toBeVisible();
	await look(page, 'authenticator-restore-errors');
	await page.goto('/authenticator');
	await page.getByLabel('Choose a password for this device').fill('verkstad');
	await look(page, 'authenticator-welcome-advice');
	await page.getByLabel('Choose a password for this device').fill(PASSWORD);
	await press('Create the authenticator');
	await listed();
	await look(page, 'authenticator-empty');
	await press('Add account');
	await look(page, 'authenticator-add');
	await back();
	for (const link of [
		`otpauth://totp/Gatepass:anna.karlsson%40verkstaden-i-norrkoping.example?secret=${KEY}&issuer=Gatepass`,
		`otpauth://hotp/Volvo%20Cars:bo%40verkstad.example?secret=${KEY}&issuer=Volvo%20Cars&counter=5`,
		`otpauth://totp/VAG:bo?secret=${KEY.replace(/P$/, 'Q')}&issuer=VAG&digits=8&period=60`,
		`otpauth://totp/Steam:bo?secret=${KEY.replace(/P$/, 'R')}&issuer=Steam`,
		`otpauth://totp/Ten:bo?secret=${KEY.replace(/P$/, 'S')}&issuer=Ten&digits=10`,
		`otpauth://totp/Mercedes-Benz%20Retail%20Training%20Portal:bo?secret=${KEY.replace(/P$/, 'T')}&issuer=Mercedes-Benz%20Retail%20Training%20Portal`,
	]) {
		await paste(link);
		const anyway = page.getByRole('button', { name: /^Add (it anyway|the account)$/ });
		await expect(page.getByRole('heading', { name: 'Codes', exact: true }).or(anyway)).toBeVisible();
		if (await anyway.isVisible()) await anyway.click();
		await listed();
	}
	await look(page, 'authenticator-list');
	await page.getByRole('button', { name: /^New code/ }).click();
	await expect(page.getByRole('button', { name: /^Volvo Cars.*, code / })).toBeVisible();
	await page.getByRole('button', { name: /^Gatepass.*copy$/ }).click();
	await look(page, 'authenticator-list-copied');
	await page.getByLabel('Search accounts').fill('zzz');
	await look(page, 'authenticator-search-none');
	await press('Clear the search');
	await page.getByRole('button', { name: 'More for Volvo' }).click();
	await look(page, 'authenticator-menu');
	await press('Rename');
	await look(page, 'authenticator-rename');
	await back();
	await listed();

	await paste('https://example.com/');
	await look(page, 'authenticator-paste-refused');
	await page.getByLabel('Link from the service').fill('otpauth://totp/Weak:x?secret=JBSWY3DPEHPK3PXP');
	await press('Check the link');
	await expect(page.getByText('shorter than 128 bits')).toBeVisible();
	await look(page, 'authenticator-review');
	await back();
	await back();
	await press('Type it in');
	await page.getByText('More settings').click();
	await press('Add the account');
	await look(page, 'authenticator-manual-errors');
	await back();
	const nothing = Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64',
	);
	await page.locator('input[type=file]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: nothing });
	await expect(page.getByText('No QR code was found').first()).toBeVisible();
	await look(page, 'authenticator-picture-nothing');
	await back();
	await page.goto('/authenticator');
	await expect(page.getByRole('heading', { name: 'Open the authenticator' })).toBeVisible();
	await page.getByLabel('Password of this device').fill('not this one');
	await press('Open');
	await expect(alerts(page)).toBeVisible();
	await page.getByText('Forgotten the password?').click();
	await look(page, 'authenticator-wrong-password');
	await page.getByLabel('Password of this device').fill(PASSWORD);
	await press('Open');
	await listed();

	await page.getByRole('button', { name: 'More for VAG' }).click();
	await press('Delete');
	await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
	await look(page, 'authenticator-deleted');
	await press('Settings');
	await look(page, 'authenticator-settings');
	for (const name of [
		'Change the order',
		'Deleted accounts',
		'Save a backup file',
		'Take in a backup file',
		'Change the password',
		'Erase everything',
	]) {
		await press(name);
		await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
		if (/Take|Change the p|Erase/.test(name)) await page.locator('main form button[type=submit]').click();
		await look(page, `authenticator-${name.toLowerCase().replaceAll(' ', '-')}`);
		await back();
	}
	await press('Export to Google Authenticator');
	await look(page, 'authenticator-export');
	await page.getByLabel('Password of this device').fill(PASSWORD);
	await press('Show the QR codes');
	await expect(page.getByRole('img', { name: /of the export/ })).toBeVisible();
	await look(page, 'authenticator-export-codes');
	const [export_ = ''] = zbarimg(await page.getByRole('img', { name: /of the export/ }).screenshot());
	await back();
	await back();
	await paste(export_);
	await expect(page.getByRole('heading', { name: 'Import from Google Authenticator' })).toBeVisible();
	await look(page, 'authenticator-import');

	await page.reload();
	await page.getByText('Forgotten the password?').click();
	await press('Erase and start again');
	await page.getByLabel('I have a backup file').check();
	await press('Erase everything');
	await expect(page.getByRole('heading', { name: 'Set up the authenticator' })).toBeVisible();
});
