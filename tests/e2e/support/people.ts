/** What a technician does, in the words of the page. */
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { occurred } from './confidential.ts';
import type { Mail, Portal } from './portal.ts';
import { expect } from './test.ts';

export interface Technician {
	email: string;
	password: string;
	fullName: string;
	workshop: string;
}

export function newTechnician(): Technician {
	const tag = () => randomBytes(4).toString('hex');
	const person = {
		email: `karin.${tag()}@verkstad.example`,
		password: `hyvel ${tag()} dimma traktor`,
		fullName: 'Karin Ek',
		workshop: 'Eks Bilverkstad',
	};
	occurred.body('', person);
	return person;
}

/** Registers in the browser and follows the link of the mail as it stands in the development mailbox. */
export async function register(page: Page, portal: Portal, person: Technician): Promise<void> {
	await page.goto('/account/register');
	await page.getByLabel('Full name').fill(person.fullName);
	await page.getByLabel('Workshop').fill(person.workshop);
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page.getByRole('heading', { name: 'Look in your e-mail' })).toBeVisible();

	const mail = await portal.mail(person.email);
	const link = mail.links.find((link) => link.includes('/account/confirm'));
	if (!link) throw new Error('the mail has no link to confirm the address');
	await page.goto(link);
	await page.getByRole('button', { name: 'Confirm the address' }).click();
	await expect(page.getByRole('heading', { name: 'Your e-mail address is confirmed' })).toBeVisible();
}

/** The token that a mail carries. */
export function tokenOf({ links }: Mail): string {
	const token = /token=([\w.~-]+)/.exec(links.join(' '))?.[1];
	if (!token) throw new Error('the mail has no link with a token');
	return token;
}

/** The same over HTTP, for tests that are about something else: registered, and the mail not yet read. */
export async function registered(portal: Portal): Promise<Technician> {
	const person = newTechnician();
	expect((await post(portal, '/api/v1/accounts', { ...person, language: 'en' })).status).toBe(202);
	return person;
}

/** … with the address confirmed. */
export async function confirmedPerson(portal: Portal): Promise<Technician> {
	const person = await registered(portal);
	const token = tokenOf(await portal.mail(person.email));
	expect((await post(portal, '/api/v1/accounts/confirmation', { token })).status).toBe(200);
	return person;
}

/** … and the identity verified by the operator's command. */
export async function verifiedTechnician(portal: Portal): Promise<Technician> {
	const person = await confirmedPerson(portal);
	portal.gatepass('admin', 'verify', person.email);
	return person;
}

/** At the account pages, up to the heading that follows. */
export async function logIn(page: Page, person: Technician, then = 'Security settings'): Promise<void> {
	await page.goto('/account/login');
	await logInHere(page, person, then);
}

/** The same on the page that asks for it, however one came there. */
export async function logInHere(page: Page, person: Technician, then = 'Security settings'): Promise<void> {
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Log in', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: then })).toBeVisible();
}

export interface Answer<T> {
	status: number;
	body: T;
}

export async function post<T>(portal: Portal, path: string, body: unknown, bearer?: string): Promise<Answer<T>> {
	const response = await fetch(`${portal.url}${path}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			origin: portal.url,
			'sec-fetch-site': 'same-origin',
			...(bearer && { authorization: `Bearer ${bearer}` }),
		},
		body: JSON.stringify(body),
	});
	const text = await response.text();
	const answer = { status: response.status, body: (text ? JSON.parse(text) : undefined) as T };
	for (const one of [body, answer.body]) occurred.body(path, one);
	occurred.add('session token', bearer);
	return answer;
}

/** At the tool: the person icon, the blue field, e-mail and password. */
export async function logInAtTool(page: Page, person: Technician): Promise<void> {
	await page.goto('/tool');
	await page.getByRole('button', { name: 'Account, not logged in' }).click();
	await page.getByRole('button', { name: 'Log in', exact: true }).click();
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** The picture of the QR code on the tool's screen. */
export function qrPicture(page: Page) {
	return page.getByRole('img', { name: 'QR code to scan with your authenticator' });
}

/** The tool's screen as a camera would see it, scrolled to the code. */
export async function screenWithQr(page: Page): Promise<Buffer> {
	await expect(qrPicture(page)).toBeVisible();
	await qrPicture(page).scrollIntoViewIfNeeded();
	return page.screenshot({ caret: 'initial' });
}

export async function enterCode(page: Page, code: string, button: string): Promise<void> {
	await page.getByLabel('Code', { exact: true }).fill(code);
	await page.getByRole('button', { name: button, exact: true }).click();
}

export async function isLoggedIn(page: Page, person: Technician): Promise<void> {
	await expect(page.getByRole('button', { name: `Account, logged in as ${person.fullName}` })).toBeVisible();
}

export async function openBrand(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
	await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** In a brand with a code per unlock. */
export async function askForPermit(page: Page, code: string): Promise<void> {
	await page.getByLabel('Code from your authenticator').fill(code);
	await page.getByRole('button', { name: /^(Open the gateway|Get a new permit)$/ }).click();
}

export function permit(page: Page) {
	return page.getByRole('region', { name: 'Permit', exact: true });
}

/** Shown, checked against the key set by the page itself, with its time running. */
export async function permitIsGood(page: Page, person: Technician): Promise<void> {
	await expect(permit(page).getByText('The permit is genuine')).toBeVisible();
	await expect(permit(page).getByRole('timer')).toHaveText(/^(10:00|9:[0-5]\d)$/);
	const before = await permit(page).getByRole('timer').innerText();
	await expect(permit(page).getByRole('timer')).not.toHaveText(before);
	await expect(permit(page).getByText(person.workshop)).toBeVisible();
}
