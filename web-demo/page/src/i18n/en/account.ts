export const account = {
	section: 'Account',

	field: {
		fullName: 'Full name',
		fullNameHint: 'As printed on your passport or driving licence',
		workshop: 'Workshop',
		email: 'E-mail address',
		newEmail: 'New e-mail address',
		password: 'Password',
		newPassword: 'New password',
		currentPassword: 'Current password',
		passwordHint: 'At least 12 characters. A few words that do not belong together work well',
	},

	/** By field and the portal's code. */
	wrong: {
		fullName: {
			required: 'Enter your full name',
			too_long: 'Full name must be at most 100 characters',
			unexpected_character: 'Full name must be letters, spaces, hyphens, apostrophes and full stops only',
		},
		workshop: {
			required: 'Enter the name of your workshop',
			too_long: 'Workshop must be at most 100 characters',
			unexpected_character: 'Workshop must be letters, digits, spaces and common punctuation only',
		},
		email: {
			required: 'Enter your e-mail address',
			not_an_email: 'E-mail address must be like name@example.com',
			too_long: 'E-mail address must be at most 254 characters',
			unchanged: 'The new e-mail address must differ from the present one',
		},
		password: {
			required: 'Enter your password',
			too_short: 'Password must be at least 12 characters',
			too_long: 'Password must be at most 1024 bytes',
			password_weak: 'Password must be harder to guess. Add a word or two that do not belong together',
			password_own_data: 'Password must not contain your name, e-mail address or workshop',
			unchanged: 'The new password must differ from the present one',
		},
		newPasswordRequired: 'Enter a new password',
		currentPasswordRequired: 'Enter your current password',
		passwordWrong: 'The password is wrong',
		other: 'Check this field: the portal did not accept it',
	},

	register: {
		title: 'Create an account',
		intro: 'You need an account to log in at a diagnostic tool. It takes a minute and a mail.',
		submit: 'Create the account',
		have: 'You have an account already?',
		logIn: 'Log in',
	},

	sent: {
		title: 'Look in your e-mail',
		confirm: (email: string) => `We have sent a link to ${email}. Open it to confirm the address.`,
		reset: (email: string) => `If ${email} belongs to an account, a link to choose a new password is on its way to it.`,
		resent: (email: string) =>
			`If ${email} belongs to an account that waits for confirmation, a new link is on its way to it.`,
		change: (email: string) => `We have sent a link to ${email}. Your address changes when you open it.`,
		life: 'The link works once and for a limited time. A newer link replaces an older one.',
		missing: 'No mail after a few minutes?',
		spam: 'Look in the folder for unwanted mail.',
		again: 'Send it again',
		sentAgain: 'The mail has been sent again.',
		correct: 'Correct the address',
		mailbox: 'This is a development portal: its mails lie in the development mailbox.',
		openMailbox: 'Open the development mailbox',
	},

	confirm: {
		title: 'Confirm your e-mail address',
		intro: 'Press the button to show that this address is yours.',
		submit: 'Confirm the address',
		done: 'Your e-mail address is confirmed',
		doneBody: (email: string) => `You can now log in with ${email}.`,
		logIn: 'Log in',
		tool: 'Go to the diagnostic tool',
		resendTitle: 'Get a new link',
		resendIntro: 'Enter the address of your account. If it still waits for confirmation, we send a new link.',
		resend: 'Send the link',
	},

	linkInvalid: {
		title: 'The link does not work any more',
		body: 'A link works once and for a limited time, and a newer one replaces it. If you have used it already, all is well.',
		newLink: 'Get a new link',
		logIn: 'Log in',
	},

	login: {
		title: 'Log in to your account',
		submit: 'Log in',
		refused: 'The e-mail address or the password is wrong, or the address is not confirmed yet',
		forgot: 'I have forgotten my password',
		register: 'Create an account',
		unconfirmed: 'I have not confirmed my address yet',
		throttledTitle: 'Too many attempts',
		throttledBody:
			'To protect the account, the portal accepts no attempts for a while. Nothing is lost, and nobody got in.',
		throttledWait: (time: string) => `Try again in ${time}.`,
		throttledOver: 'You can try again now.',
		again: 'Log in again',
	},

	reset: {
		title: 'Choose a new password',
		intro: 'Enter the address of your account. We send a link to it.',
		submit: 'Send the link',
		setTitle: 'Enter a new password',
		setIntro: 'You will be logged out everywhere, at diagnostic tools too.',
		setSubmit: 'Save the new password',
		done: 'Your new password is saved',
		doneBody: 'You were logged out everywhere. Log in with the new password.',
		logIn: 'Log in',
	},

	newEmail: {
		title: 'Confirm your new e-mail address',
		intro: 'Press the button to move your account to this address.',
		submit: 'Use the new address',
		done: 'Your e-mail address is changed',
		doneBody: (email: string) => `From now on you log in with ${email}.`,
		settings: 'Go to the security settings',
	},

	security: {
		title: 'Security settings',
		loading: 'Loading your account',
		failed: 'Your account could not be loaded',
		person: 'You',
		name: 'Name',
		identity: 'Identity',
		verified: 'Verified: you can log in at diagnostic tools',
		notVerified: 'Not verified yet: ask the one who runs the portal in your workshop',
		logInTitle: 'How you log in',
		change: 'Change',
		changePassword: 'the password',
		changeEmail: 'the e-mail address',
		passwordValue: 'Not shown',
		factor: 'Authenticator',
		factorNone: 'No authenticator is connected. You connect one when you first log in at a diagnostic tool, or here.',
		factorPending: 'You began to connect an authenticator and have not finished.',
		factorActive: (date: string) => `Connected since ${date}.`,
		factorActiveUndated: 'Connected.',
		connect: 'Connect an authenticator',
		codes: 'Recovery codes',
		codesLeft: (count: number) => `${count} of 10 left`,
		newCodes: 'Make new recovery codes',
		connectOther: 'Connect another authenticator',
		replace: 'Remove the authenticator',
		sessions: 'Where you are logged in',
		sessionsBody: 'If you have lost a device or left a tool logged in, log out everywhere.',
		logOut: 'Log out',
		everywhere: 'Log out everywhere',
		tool: 'Go to the diagnostic tool',
		back: 'Security settings',
	},

	password: {
		title: 'Change your password',
		intro: 'Everywhere else you will be logged out, at diagnostic tools too.',
		submit: 'Save the new password',
		done: 'Your password is changed',
		doneBody: 'You stay logged in here. Everywhere else you were logged out.',
	},

	email: {
		title: 'Change your e-mail address',
		intro: (email: string) =>
			`Your present address is ${email}. We send a link to the new one; nothing changes before you open it.`,
		submit: 'Send the link',
	},

	authenticator: {
		title: 'Connect an authenticator',
		askPassword: 'Enter your password to show that it is you.',
		replace: 'An authenticator is connected already. To connect another one in its place, also enter a code from it.',
		submit: 'Continue',
		back: 'Stop connecting',
		expired: 'The picture is too old. Start again to get a new one.',
		done: 'Your authenticator is connected',
		doneBody: 'From now on you need a code from it to log in.',
	},

	codes: {
		title: 'Make new recovery codes',
		intro: 'The old codes stop working at once.',
		submit: 'Make new codes',
		done: 'Your new recovery codes are saved',
		doneBody: 'The old ones do not work any more.',
	},

	remove: {
		title: 'Remove the authenticator',
		intro:
			'Only the password will protect your account. You cannot log in at a diagnostic tool before you have connected an authenticator again.',
		passwordStep: 'Password',
		recovery: 'Use a recovery code instead',
		authenticator: 'Use the code from the authenticator',
		submit: 'Remove the authenticator',
		keep: 'Keep the authenticator',
		done: 'The authenticator is removed',
		doneBody: 'Its recovery codes do not work any more either. We have sent you a mail about it.',
	},

	everywhere: {
		title: 'Log out everywhere?',
		intro:
			'You are logged out in every browser and at every diagnostic tool, here too. Work that is open at a tool has to be logged in again.',
		submit: 'Log out everywhere',
		keep: 'Stay logged in',
	},

	factorMissing: 'There is no authenticator to do this with. Connect one first',

	loggedOut: {
		title: 'You are logged out',
		everywhere: 'You are logged out everywhere',
		logIn: 'Log in again',
	},

	notFound: {
		title: 'There is no such page',
		body: 'The address may be misspelt or out of date.',
		settings: 'Go to the security settings',
		start: 'Go to the start page',
	},
};
