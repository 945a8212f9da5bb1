import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plural } from './messages';

type Tree = { readonly [key: string]: unknown };

const areas = readdirSync(new URL('./en/', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));

async function area(language: 'en' | 'sv', name: string): Promise<Tree> {
	const module = (await import(`./${language}/${name}.ts`)) as Record<string, Tree>;
	return module[name] ?? {};
}

/** Every message by its path. A function is called with marks, so that a forgotten value shows. */
function messages(tree: Tree, path = ''): Map<string, string> {
	const all = new Map<string, string>();
	for (const [key, value] of Object.entries(tree)) {
		const at = path === '' ? key : `${path}.${key}`;
		if (typeof value === 'string') all.set(at, value);
		else if (typeof value === 'function') all.set(at, call(value as (...values: unknown[]) => unknown));
		else for (const [inner, text] of messages(value as Tree, at)) all.set(inner, text);
	}
	return all;
}

/** The values are numbers that also work as texts. */
function call(message: (...values: unknown[]) => unknown): string {
	return String(message(...Array.from({ length: message.length }, (_, index) => 4_201 + index)));
}

const marks = (text: string) =>
	[...text.matchAll(/4[ {2},.]?2\d\d/g)].map((match) => match[0].replace(/\D/g, '')).sort();

it('every area exists in both languages', () => {
	expect(readdirSync(new URL('./sv/', import.meta.url)).sort()).toEqual(areas.map((name) => `${name}.ts`).sort());
	expect(areas.length).toBeGreaterThan(4);
});

describe.each(areas)('%s', (name) => {
	it('says the same things in Swedish, with the same values', async () => {
		const [en, sv] = [messages(await area('en', name)), messages(await area('sv', name))];
		expect([...sv.keys()].sort()).toEqual([...en.keys()].sort());
		for (const [path, text] of en) {
			expect.soft(marks(sv.get(path) ?? ''), path).toEqual(marks(text));
			// Nothing to say is nothing to say in both.
			expect.soft(sv.get(path) === '', path).toBe(text === '');
		}
	});

	it.each(['en', 'sv'] as const)('keeps to the way Gatepass writes: %s', async (language) => {
		for (const [path, text] of messages(await area(language, name))) {
			expect.soft(text, path).not.toMatch(/!|\b(please|sorry|oops|invalid|vänligen|tyvärr|ogiltig)\b/i);
			expect.soft(text, path).not.toMatch(/ {2}|\s$|^\s/);
			// A straight apostrophe or quotation mark is a typing machine's.
			expect.soft(text, path).not.toMatch(/\w'\w|"/);
		}
	});
});

it('counts by the rules of the language', () => {
	const forms = { one: 'kod', other: 'koder' };
	expect([0, 1, 2].map((count) => plural('sv', count, forms))).toEqual(['koder', 'kod', 'koder']);
});
