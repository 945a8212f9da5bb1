/** One state of a screen as different people see it: colours, sizes, languages; pictures of all of them to be looked at. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hasNoAxeFindings } from './test.ts';

/** To be looked at by a person. */
const FOLDER = resolve(import.meta.dirname, '../../../target/e2e/screens');
mkdirSync(FOLDER, { recursive: true });

const LOOKS = [
	{ name: 'desktop-light-en', width: 1280, height: 720, colorScheme: 'light', language: 'en', text: 100 },
	{ name: 'phone-dark-sv', width: 390, height: 844, colorScheme: 'dark', language: 'sv', text: 100 },
	{ name: 'narrow-light-sv', width: 320, height: 640, colorScheme: 'light', language: 'sv', text: 100 },
	{ name: 'narrow-large-text', width: 320, height: 640, colorScheme: 'light', language: 'en', text: 200 },
] as const;

/** What a person would have to scroll sideways for, or could not read at all. Empty is good. */
function cutOff(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth - clientWidth} px too wide`);
		for (const element of document.querySelectorAll<HTMLElement>('main *, header *, dialog[open] *')) {
			const style = getComputedStyle(element);
			const hidden =
				element.closest('.visually-hidden') !== null || element.matches('input, textarea, progress, svg, svg *');
			if (hidden || style.overflowX === 'visible' || style.display === 'inline' || style.display === 'none') continue;
			if (element.scrollWidth > element.clientWidth + 1)
				found.push(`text cut off in ${element.tagName.toLowerCase()}.${element.className}`);
		}
		return found;
	});
}

async function choose(page: Page, language: 'en' | 'sv'): Promise<void> {
	if ((await page.locator('html').getAttribute('lang')) === language) return;
	// Not by a click: it would take the focus, and behind a dialog it is out of reach.
	await page.locator(`button[lang=${language}]`).evaluate((button: HTMLElement) => button.click());
	await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** Looks at what the page shows now in every look, and leaves it as it was: desktop, light, English. */
export async function look(page: Page, name: string): Promise<void> {
	// axe needs a second page of its own, which Firefox does not give it here.
	const browser = page.context().browser()?.browserType().name() ?? '';
	for (const { name: as, width, height, colorScheme, language, text } of LOOKS) {
		await page.setViewportSize({ width, height });
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await choose(page, language);
		await page.evaluate((text) => (document.documentElement.style.fontSize = `${text}%`), text);
		await expect(page.getByRole('heading', { level: 1 }).or(page.locator('dialog[open] h2')).first()).toBeVisible();
		const cut = await cutOff(page);
		// Playwright would hide the caret by a style sheet of its own, which our policy refuses.
		const picture = {
			path: join(FOLDER, `${name}-${as}${browser === 'chromium' ? '' : `-${browser}`}.png`),
			fullPage: true,
			caret: 'initial',
		} as const;
		if (width > 320 || cut.length > 0 || process.env['GATEPASS_E2E_ALL_PICTURES']) await page.screenshot(picture);
		expect.soft(cut, `${name}, ${as}`).toEqual([]);
		if (width > 320 && browser === 'chromium') await hasNoAxeFindings(page, `${name}, ${as}`);
	}
	const { width, height, colorScheme, language } = LOOKS[0];
	await page.evaluate(() => (document.documentElement.style.fontSize = ''));
	await page.setViewportSize({ width, height });
	await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
	await choose(page, language);
}
