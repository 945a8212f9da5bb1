import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';

/** The colour of a token in a theme. */
function colour(token: string, theme: Theme): string {
	const pair = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
	if (pair !== null) return (theme === 'light' ? pair[1] : pair[2]) ?? '';
	const both = new RegExp(`--${token}: (#[0-9a-f]{6});`).exec(css)?.[1];
	if (both === undefined) throw new Error(`no token --${token}`);
	return both;
}

/** WCAG 2 relative luminance of an sRGB colour. */
function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

const text: readonly [string, string][] = [
	['ink', 'paper'],
	['ink', 'sheet'],
	['ink', 'blue-soft'],
	['ink', 'ok-soft'],
	['ink', 'warn-soft'],
	['ink', 'bad-soft'],
	['quiet', 'paper'],
	['quiet', 'sheet'],
	['blue', 'paper'],
	['blue', 'sheet'],
	['blue', 'blue-soft'],
	['blue-strong', 'paper'],
	['on-blue', 'blue'],
	['on-blue', 'blue-strong'],
	['ok', 'paper'],
	['ok', 'sheet'],
	['ok', 'ok-soft'],
	['warn', 'paper'],
	['warn', 'sheet'],
	['warn', 'warn-soft'],
	['bad', 'paper'],
	['bad', 'sheet'],
	['bad', 'bad-soft'],
	['on-bad', 'bad'],
	['on-bar', 'bar'],
	['on-bar', 'bar-field'],
	['on-bar-quiet', 'bar'],
	['on-bar-quiet', 'bar-field'],
];

const lines: readonly [string, string][] = [
	['line', 'paper'],
	['line', 'sheet'],
	['blue', 'paper'],
	['blue', 'sheet'],
	['bad', 'paper'],
	['bar-line', 'bar'],
	['bar-blue', 'bar'],
	['bar-blue', 'bar-field'],
	['bar-ok', 'bar'],
];

describe.each(['light', 'dark'] as const)('in bright workshops and at night: %s', (theme) => {
	it.each(text)('text %s on %s is at least 4.5', (front, back) => {
		expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(4.5);
	});

	it.each(lines)('line %s on %s is at least 3', (front, back) => {
		expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(3);
	});
});
