import { defineConfig } from '@playwright/test';
import { FILM } from './support/film.ts';

const root = process.getuid?.() === 0;

/** Debian's browsers; Playwright must not fetch its own. */
export default defineConfig({
	testDir: 'specs',
	timeout: 120_000,
	expect: { timeout: 15_000 },
	// The two browsers run side by side, and each test has portals of its own.
	workers: 1,
	forbidOnly: true,
	retries: 0,
	reporter: 'list',
	use: { locale: 'en-GB', timezoneId: 'Europe/Stockholm', screenshot: 'only-on-failure' },
	projects: [
		{
			name: 'chromium',
			outputDir: '../../target/e2e/results-chromium',
			use: {
				browserName: 'chromium',
				permissions: ['camera', 'clipboard-read', 'clipboard-write'],
				launchOptions: {
					executablePath: process.env['GATEPASS_CHROMIUM'] ?? '/usr/bin/chromium',
					args: [
						// Chromium refuses its sandbox to root, as which build machines run.
						...(root ? ['--no-sandbox'] : []),
						'--disable-quic',
						'--disable-background-networking',
						'--disable-component-update',
						'--use-fake-device-for-media-stream',
						'--use-fake-ui-for-media-stream',
						`--use-file-for-fake-video-capture=${FILM}`,
					],
				},
			},
		},
		{
			name: 'firefox',
			outputDir: '../../target/e2e/results-firefox',
			grepInvert: /@camera|@chromium/,
			use: {
				browserName: 'firefox',
				channel: 'moz-firefox',
				launchOptions: {
					executablePath: process.env['GATEPASS_FIREFOX'] ?? '/usr/bin/firefox-esr',
					firefoxUserPrefs: {
						'network.captive-portal-service.enabled': false,
						'network.connectivity-service.enabled': false,
						'datareporting.policy.dataSubmissionEnabled': false,
						'app.normandy.enabled': false,
					},
				},
			},
		},
	],
});
