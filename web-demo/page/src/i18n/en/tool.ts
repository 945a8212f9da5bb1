import { plural } from '../messages';

export const tool = {
	name: 'Diagnostic tool',
	checking: 'Looking for your session',

	ending: (time: string) => `You will be logged out in ${time}`,
	endingBody: 'Finish what needs the login. After that, log in again.',

	search: { label: 'Find a vehicle by brand', clear: 'Show all brands' },

	person: {
		loggedOut: 'Account, not logged in',
		loggedIn: (name: string) => `Account, logged in as ${name}`,
		nobody: 'Nobody is logged in',
		why: 'Log in to open vehicles behind a security gateway.',
		logIn: 'Log in',
		logOut: 'Log out',
		until: (time: string) => `Logged in until ${time}`,
		security: 'Security settings',
		codesLeft: (count: number) => `${count} recovery ${plural('en', count, { one: 'code', other: 'codes' })} left`,
		codesFew: 'Make new ones in the security settings before they run out.',
	},

	status: {
		serial: (serial: string) => `Tool ${serial}`,
	},

	start: {
		title: 'Nobody is logged in',
		body: 'Some brands let a tool change a vehicle only when a technician with a verified identity is logged in. Press the person icon at the top right, or the button here.',
		logIn: 'Go to login',
		noAccount: 'You have no account?',
		register: 'Create an account',
		ended: 'Your session has ended. Log in again to go on.',
		loggedOut: 'You are logged out.',
	},

	credentials: {
		title: 'Log in to the tool',
		email: 'E-mail address',
		password: 'Password',
		submit: 'Log in',
		forgot: 'I have forgotten my password',
		unconfirmed: 'I have not confirmed my address yet',
		register: 'Create an account',
		emailMissing: 'Enter your e-mail address',
		passwordMissing: 'Enter your password',
		refused: 'The e-mail address or the password is wrong, or the address is not confirmed yet',
	},

	stopped: {
		notVerified: {
			title: 'Your identity is not verified yet',
			body: 'Your password is right. Before you can open vehicles, your identity has to be verified. Ask the one who runs the portal in your workshop to do it, then log in again.',
		},
		throttled: {
			title: 'Too many attempts',
			body: 'To protect the account, the portal accepts no attempts for a while. Nothing is lost, and nobody got in.',
			wait: (time: string) => `Try again in ${time}.`,
			over: 'You can try again now.',
		},
		expired: {
			title: 'The login took too long',
			body: 'A login has to be finished within a few minutes. Start it again. If you scanned a picture before, remove that account from the authenticator: a new picture follows.',
		},
		again: 'Log in again',
		reset: 'Choose a new password',
		settings: 'Go to your account',
	},

	brands: {
		title: 'Brands',
		intro: 'Choose the brand of the vehicle in front of you.',
		loading: 'Loading the brands',
		none: (search: string) => `No brand matches “${search}”.`,
		found: (count: number) => `${count} ${plural('en', count, { one: 'brand', other: 'brands' })} found`,
		state: {
			open: 'May be opened',
			code_wanted: 'Code for each unlock',
			no_gateway: 'No gateway',
			permit: (time: string) => `Permit until ${time}`,
		},
		failed: 'The brands could not be loaded',
	},

	brand: {
		back: 'All brands',
		rule: {
			session: 'These vehicles have a security gateway. Your login is enough: no further code is asked for.',
			unlock: 'These vehicles have a security gateway that asks for a fresh code each time it is opened.',
			none: 'No security gateway of this brand asks who you are. You can work right away.',
		},
		open: 'Open the gateway',
		again: 'Get a new permit',
		code: 'Code from your authenticator',
		hint: 'All its digits. A code you have already used is not accepted again',
		otherBrand: 'Choose another brand',
	},

	permit: {
		title: 'Permit',
		valid: 'The permit is genuine',
		validBody: 'This page has checked its signature against the key set of the portal.',
		unchecked: 'The signature was not checked',
		uncheckedBody:
			'This browser has no Ed25519 signatures. The permit is shown as the portal sent it; the vehicle’s tool has to check it. A current browser checks it here.',
		checking: 'Checking the permit',
		keysFailed: 'The key set of the portal could not be loaded, so the permit is not checked yet.',
		refusedTitle: 'The permit is not good',
		refused: {
			malformed: 'It is not a permit. Get a new one.',
			algorithm: 'It is signed in a way that permits never are. Get a new one, and tell the one who runs the portal.',
			unknown_key: 'It is signed with a key that the portal does not publish. Get a new one.',
			signature:
				'It was altered on its way: the signature does not fit. Get a new one, and tell the one who runs the portal.',
			other_issuer: 'It comes from another portal than this page. Open the tool at the portal’s own address.',
			other_tool: 'It is for another tool. Get a new one.',
			other_brand: 'It is for another brand. Get a new one.',
			too_long: 'It claims a longer life than permits have. Get a new one, and tell the one who runs the portal.',
			not_yet: 'It is not valid yet by the clock of this computer. Check the clock, then get a new permit.',
			expired: 'Its time is over. If that was at once, check the clock of this computer. Then get a new permit.',
		},
		left: 'Time left',
		announce: (time: string) => `The permit is valid for ${time}`,
		over: 'The permit’s time is over',
		overBody: 'A permit lives for a few minutes. Get a new one.',
		redeem: 'Use the permit',
		redeemed: 'The permit has been used',
		redeemedBody: 'The gateway may be opened now. A permit works once; the next unlock needs a new one.',
		used: 'This permit has been used before. Get a new one.',
		expired: 'The portal says that the permit’s time is over. Get a new one.',
		invalid: 'The portal did not accept the permit. Get a new one.',
		technician: 'Technician',
		workshop: 'Workshop',
		brand: 'Brand',
		tool: 'Tool',
		id: 'Permit number',
		until: 'Valid until',
		text: 'The permit as text',
		copy: 'Copy the permit',
	},
};
