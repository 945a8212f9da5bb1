import { expect, test } from 'vitest';
import { Views } from './views.svelte';

/** A browser history with one entry per view. */
function set() {
	const states: unknown[] = [undefined];
	let at = 0;
	const views = new Views({
		pushState(state) {
			states.splice(at + 1, states.length, state);
			at += 1;
		},
		replaceState(state) {
			states[at] = state;
		},
		go(delta) {
			at += delta;
			views.moveTo(states[at]);
		},
	});
	return { views, back: () => views.back() };
}

test('back leads through the views as they were opened', () => {
	const { views, back } = set();
	views.open({ name: 'settings' });
	views.open({ name: 'backup' });
	back();
	expect(views.current.name).toBe('settings');
	back();
	expect(views.current.name).toBe('list');
	back();
	expect(views.current.name).toBe('list');
});

test('a finished task leads home, and the browser’s back button does not open it again', () => {
	const { views, back } = set();
	views.open({ name: 'add' });
	views.open({ name: 'manual' });
	views.home();
	expect(views.current.name).toBe('list');
	back();
	expect(views.current.name).toBe('list');
});

test('locking forgets what was open', () => {
	const { views } = set();
	views.open({ name: 'export' });
	views.reset();
	expect(views.current.name).toBe('list');
	expect(views.moved).toBe(false);
});

test('a state of another visit is not taken for a view', () => {
	const { views } = set();
	views.open({ name: 'add' });
	views.moveTo({ depth: 7 });
	expect(views.current.name).toBe('add');
	views.moveTo(null);
	expect(views.current.name).toBe('list');
});
