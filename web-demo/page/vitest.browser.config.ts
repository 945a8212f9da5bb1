import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/** Components in a real browser: focus, paste, dialogs and contrast are what the engine makes of them. */
export default defineConfig({
	plugins: [svelte()],
	optimizeDeps: { include: ['lucide', 'axe-core'] },
	test: {
		include: ['src/**/*.browser.ts'],
		expect: { requireAssertions: true },
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: playwright({
				launchOptions: {
					executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
					// Without a sandbox only because test machines run as root.
					args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
				},
			}),
			instances: [{ browser: 'chromium' }],
		},
	},
});
