import { plural } from '../messages';

export const common = {
	product: 'Gatepass',
	skip: 'Skip to the content',
	back: 'Back',
	close: 'Close',
	cancel: 'Cancel',
	continue: 'Continue',
	tryAgain: 'Try again',
	copy: 'Copy',
	copied: 'Copied',
	copyFailed: 'The browser did not allow copying. Select the text and copy it by hand.',
	opensNewTab: '(opens in a new tab)',
	optional: (label: string) => `${label} (optional)`,
	waysOn: 'Ways on',

	languageName: 'Svenska',
	languageCode: 'sv',
	theme: { legend: 'Colours', system: 'System', light: 'Light', dark: 'Dark' },

	errorPrefix: 'Error:',
	errorSummary: 'There is a problem',

	password: {
		show: 'Show',
		hide: 'Hide',
		shown: 'The password is shown',
		hidden: 'The password is hidden',
		showLabel: 'Show password',
		hideLabel: 'Hide password',
	},
	code: { label: 'Code', hint: '6 digits from your authenticator' },

	busy: 'Working',
	slow: 'This takes longer than usual. We are still waiting for an answer.',
	loading: 'Loading',

	seconds: (count: number) => `${count} ${plural('en', count, { one: 'second', other: 'seconds' })}`,
	minutes: (count: number) => `${count} ${plural('en', count, { one: 'minute', other: 'minutes' })}`,
	hours: (count: number) => `${count} ${plural('en', count, { one: 'hour', other: 'hours' })}`,

	failure: {
		offline: 'There is no connection to the portal. Check the network and try again. Nothing you typed is lost.',
		timeout: 'The portal did not answer in time. Try again. Nothing you typed is lost.',
		fault: 'Something went wrong on our side. Nothing you typed is lost. Try again in a minute.',
		unreadable: 'The portal answered in a way that this page does not understand. Load the page again.',
		throttled: (wait: string) => `There have been too many attempts. Wait ${wait}, then try again.`,
		throttledUnknown: 'There have been too many attempts. Wait a few minutes, then try again.',
		pageExpired: 'The page was open too long. Load it again and repeat the step.',
		refused: 'The portal did not accept this. Check what you typed and try again.',
		tooLarge: 'That is too much text. Make it shorter and try again.',
	},
};
