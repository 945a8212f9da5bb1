import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../', import.meta.url).pathname;
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.(svelte|ts)$/.test(name) && !/\.(test|d)\.ts$/.test(name))
	.map((name) => [name, readFileSync(join(root, 'src', name), 'utf8')] as const);

it('nothing needs an inline style, an inline script or HTML from a string: the policy would refuse it', () => {
	expect(sources.length).toBeGreaterThan(50);
	for (const [name, text] of sources) {
		expect
			.soft(text, name)
			.not.toMatch(/\sstyle=|style:[a-z-]+[=}]|\{@html|innerHTML|insertAdjacentHTML|\beval\(|new Function\(/);
	}
});

it('no document carries script or style of its own, and none loads from elsewhere', () => {
	const pages = readdirSync(root).filter((name) => name.endsWith('.html'));
	expect(pages.sort()).toEqual([
		'404.html',
		'account.html',
		'authenticator.html',
		'index.html',
		'mailbox.html',
		'tool.html',
	]);
	for (const page of pages) {
		const html = readFileSync(join(root, page), 'utf8');
		expect.soft(html, page).not.toMatch(/<style|style=|\son[a-z]+=|https?:\/\//);
		for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
			expect.soft(attributes, page).toMatch(/src="\//);
			expect.soft(body?.trim(), page).toBe('');
		}
	}
});

it('buttons are never disabled to enforce a rule', () => {
	for (const [name, text] of sources) expect.soft(text, name).not.toMatch(/\s(disabled|required)(=|\s|>)/);
});
