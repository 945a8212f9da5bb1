import './base.css';
import axe from 'axe-core';
import { mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import FormFixture from './testing/FormFixture.svelte';

type Send = (values: { name: string; code: string; password: string }) => Promise<'name' | undefined>;

let shown: ReturnType<typeof mount> | undefined;
const show = (send: Send = () => Promise.resolve(undefined)) => {
	shown = mount(FormFixture, { target: document.body, props: { send } });
};

const name = () => page.getByRole('textbox', { name: 'Name' });
const code = () => page.getByRole('textbox', { name: 'Code' });
const password = () => page.getByLabelText('Password', { exact: true });
const button = () => page.getByRole('button', { name: 'Send' });

beforeEach(() => {
	localStorage.clear();
	document.documentElement.lang = 'en';
	delete document.documentElement.dataset.theme;
});

afterEach(async () => {
	if (shown !== undefined) await unmount(shown);
	shown = undefined;
});

describe('error recovery', () => {
	it('says what to mend in the same words twice, takes the focus there, and marks the title', async () => {
		show();
		await button().click();
		const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
		await expect.element(summary).toBeVisible();
		expect(document.activeElement?.contains(summary.element())).toBe(true);
		expect(document.activeElement).not.toBe(summary.element());
		expect(document.title).toBe('Error: A question – Gatepass');
		await expect.element(name()).toHaveAttribute('aria-invalid', 'true');
		await expect.element(name()).toHaveAccessibleDescription(/^As printed Error:\s+Enter your name$/);

		await page.getByRole('link', { name: 'Enter your name' }).click();
		expect(document.activeElement).toBe(name().element());
	});

	it('keeps what was typed when the portal refuses', async () => {
		show(() => Promise.resolve('name'));
		await name().fill('Anna');
		await code().fill('123456');
		await button().click();
		await expect.element(page.getByRole('link', { name: 'The name must be another' })).toBeVisible();
		await expect.element(name()).toHaveValue('Anna');
		await expect.element(code()).toHaveValue('123456');
	});

	it('follows a change of language, and loses nothing', async () => {
		show();
		await code().fill('12');
		await button().click();
		await page.getByRole('button', { name: 'Svenska' }).click();
		await expect.element(page.getByRole('link', { name: 'Skriv ditt namn' })).toBeVisible();
		await expect.element(code()).toHaveValue('12');
		expect(document.documentElement.lang).toBe('sv');
		expect(document.title).toBe('Fel: A question – Gatepass');
	});
});

describe('sending', () => {
	it('ignores a second press, keeps the focus on the button and never disables it', async () => {
		let answer: (value: undefined) => void = () => {};
		const send = vi.fn<Send>(() => new Promise((resolve) => (answer = resolve)));
		show(send);
		await name().fill('Anna');
		await code().fill('123456');
		await button().click();
		await expect.element(button()).toHaveAttribute('aria-disabled', 'true');
		await userEvent.keyboard('{Enter}');
		(button().element() as HTMLButtonElement).click();
		expect(send).toHaveBeenCalledTimes(1);
		expect(document.activeElement).toBe(button().element());
		await expect.element(page.getByRole('status')).toHaveTextContent('Working');
		answer(undefined);
		await expect.element(button()).not.toHaveAttribute('aria-disabled');
	});
});

describe('fields', () => {
	it('a code is pasted as it came, into one field that autofill knows', async () => {
		const send = vi.fn<Send>(() => Promise.resolve(undefined));
		show(send);
		await name().fill('Anna');
		await name().fill('123 456');
		await name().click();
		await userEvent.keyboard('{Control>}ac{/Control}');
		await name().fill('Anna');
		await code().click();
		await userEvent.paste();
		await expect.element(code()).toHaveValue('123 456');
		await expect.element(code()).toHaveAttribute('autocomplete', 'one-time-code');
		await userEvent.keyboard('{Enter}');
		await vi.waitFor(() => expect(send).toHaveBeenCalledWith({ name: 'Anna', code: '123456', password: '' }));
	});

	it('a shown password is hidden again when it is sent', async () => {
		show();
		await password().fill('secret');
		await page.getByRole('button', { name: 'Show password' }).click();
		await expect.element(password()).toHaveAttribute('type', 'text');
		await expect.element(page.getByRole('status')).toHaveTextContent('The password is shown');
		await button().click();
		await expect.element(password()).toHaveAttribute('type', 'password');
	});
});

describe('dialog', () => {
	it('Escape closes it and the focus goes back to where it came from', async () => {
		show();
		const opener = page.getByRole('button', { name: 'Open' });
		await opener.click();
		await expect.element(page.getByRole('dialog', { name: 'A dialog' })).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByText('Inside')).not.toBeInTheDocument();
		expect(document.activeElement).toBe(opener.element());
	});
});

describe('preferences', () => {
	it('a theme is kept, and "System" forgets it', async () => {
		show();
		await page.getByRole('radio', { name: 'Dark' }).click({ force: true });
		expect(document.documentElement.dataset.theme).toBe('dark');
		expect(localStorage.getItem('gatepass.theme')).toBe('dark');
		await page.getByRole('radio', { name: 'System' }).click({ force: true });
		expect(localStorage.getItem('gatepass.theme')).toBeNull();
	});

	it('works where storage is blocked', async () => {
		const blocked = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
			throw new DOMException('blocked', 'SecurityError');
		});
		show();
		await page.getByRole('radio', { name: 'Dark' }).click({ force: true });
		expect(document.documentElement.dataset.theme).toBe('dark');
		blocked.mockRestore();
	});
});

it.each(['light', 'dark'])('axe finds nothing, contrast included: %s', async (theme) => {
	document.documentElement.dataset.theme = theme;
	show();
	await button().click();
	await expect.element(page.getByRole('link', { name: 'Enter your name' })).toBeVisible();
	const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: true } } });
	expect(violations.map((violation) => [violation.id, violation.nodes.map((node) => node.html)])).toEqual([]);
});
