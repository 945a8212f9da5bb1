/** Steps 15 to 18 of the bulletin, on real input. Lost if these fail: nobody can open a vehicle. */

import { shoot } from '../support/film.ts';
import { oathtool, secretOf, zbarimg } from '../support/judges.ts';
import {
	askForPermit,
	enterCode,
	isLoggedIn,
	logInAtTool,
	newTechnician,
	openBrand,
	permit,
	permitIsGood,
	post,
	qrPicture,
	register,
	screenWithQr,
	verifiedTechnician,
} from '../support/people.ts';
import { DATABASES, expect, hasNoAxeFindings, test } from '../support/test.ts';

for (const database of DATABASES) {
	test.describe(`on ${database}`, () => {
		test.use({ database });

		test('from registering to a permit, with our authenticator reading the screen through a camera @camera', async ({
			page,
			portal,
			browser,
			context,
		}) => {
			const person = newTechnician();
			await register(page, portal, person);

			await logInAtTool(page, person);
			await expect(page.getByRole('heading', { name: 'Your identity is not verified yet' })).toBeVisible();
			portal.gatepass('admin', 'verify', person.email);

			await logInAtTool(page, person);
			await expect(qrPicture(page)).toBeVisible();
			await hasNoAxeFindings(page, 'the enrolment');
			await shoot(browser, await screenWithQr(page));

			const phone = await context.newPage();
			await phone.goto('/authenticator');
			await phone.getByLabel('Choose a password for this device').fill('verkstad hyvel dimma');
			await phone.getByRole('button', { name: 'Create the authenticator' }).click();
			await phone.getByRole('button', { name: 'Add account' }).click();
			await phone.getByRole('button', { name: /Scan/ }).click();
			const row = phone.getByRole('button', { name: new RegExp(`${person.email}, code .*copy`) });
			await expect(row).toBeVisible({ timeout: 30_000 });
			const code = /code ([\d ]+),/.exec(await row.ariaSnapshot())?.[1]?.replaceAll(' ', '') ?? '';
			expect(code).toMatch(/^\d{6}$/);

			await enterCode(page, code, 'Confirm the code');
			await expect(page.getByRole('heading', { name: 'Save your recovery codes' })).toBeVisible();
			await hasNoAxeFindings(page, 'the recovery codes');
			await page.getByRole('button', { name: 'I have saved the codes' }).click();
			await isLoggedIn(page, person);
			await hasNoAxeFindings(page, 'the brands');

			// A code for each unlock: the one just used is not fresh, the phone's next one is.
			await openBrand(page, 'Volkswagen Group');
			await expect(page.getByText('asks for a fresh code each time')).toBeVisible();
			await hasNoAxeFindings(page, 'a brand that wants a code');
			await askForPermit(page, code);
			await expect(page.getByRole('alert').filter({ hasText: 'The code was not accepted' })).toBeVisible();
			const next = /Next\s+(\d{3}\s*\d{3})/.exec(await row.innerText())?.[1]?.replaceAll(/\D/g, '') ?? '';
			expect(next).toMatch(/^\d{6}$/);
			await askForPermit(page, next);
			await permitIsGood(page, person);
			await hasNoAxeFindings(page, 'a permit');
			await page.getByRole('button', { name: 'Use the permit' }).click();
			await expect(permit(page).getByText('The permit has been used', { exact: true })).toBeVisible();
			await expect(page.getByRole('button', { name: 'Get a new permit' })).toBeVisible();

			// A code for the session: the login is enough.
			await page.getByRole('button', { name: 'All brands' }).click();
			await openBrand(page, 'Renault, Dacia');
			await expect(page.getByLabel('Code from your authenticator')).toHaveCount(0);
			await page.getByRole('button', { name: 'Open the gateway' }).click();
			await permitIsGood(page, person);
			await page.getByRole('button', { name: 'All brands' }).click();
			await expect(page.getByRole('button', { name: /^Renault, Dacia Permit until/ })).toBeVisible();
		});

		test('the same with programs that no one here wrote: zbarimg reads the screen, oathtool makes the code', async ({
			page,
			portal,
		}) => {
			const person = await verifiedTechnician(portal);
			await logInAtTool(page, person);
			const [uri = ''] = zbarimg(await screenWithQr(page));
			expect(uri).toMatch(/^otpauth:\/\/totp\/Gatepass:/);
			const secret = secretOf(uri);

			const code = oathtool(secret);
			await enterCode(page, code, 'Confirm the code');
			await page.getByRole('button', { name: 'I have saved the codes' }).click();
			await isLoggedIn(page, person);

			// The code that connected the authenticator is used up; the next one is not.
			const login = await post<{ ticket: string; next: string }>(portal, '/tool/v1/login', {
				email: person.email,
				password: person.password,
				toolSerial: 'E2E-1',
			});
			expect(login.body.next).toBe('code');
			const { ticket } = login.body;
			expect(await post(portal, '/tool/v1/login/code', { ticket, code })).toMatchObject({
				status: 403,
				body: { code: 'code_refused' },
			});
			expect((await post(portal, '/tool/v1/login/code', { ticket, code: oathtool(secret, 30) })).status).toBe(200);
		});
	});
}
