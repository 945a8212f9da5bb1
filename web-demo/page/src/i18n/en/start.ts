export const start = {
	title: 'Open protected vehicles with a verified identity',
	intro:
		'Gatepass lets a technician prove who they are to a diagnostic tool: a password, and a code that rolls every 30 seconds. These pages show the whole way.',
	steps: 'The way, step by step',
	register: {
		title: 'Create an account',
		body: 'E-mail, password, name and workshop. The address is confirmed by mail.',
	},
	mailbox: {
		title: 'Development mailbox',
		body: 'A development portal shows its mails here instead of sending them.',
	},
	tool: {
		title: 'Diagnostic tool',
		body: 'Press the person icon, log in, scan the picture, enter the code. Then the brands can be opened.',
	},
	authenticator: {
		title: 'Authenticator',
		body: 'Makes the codes. Works in this browser, without a network too. Any other authenticator does as well.',
	},
	security: {
		title: 'Your account',
		body: 'Password, e-mail address, authenticator and recovery codes, and where you are logged in.',
	},
	verified: 'At the tool',
	verifiedBody:
		'Only a technician whose identity has been verified gets into a tool. Until the verification of documents is part of Gatepass, the one who runs the portal marks a person as verified.',
	notFound: {
		title: 'There is no such page',
		body: 'The address may be misspelt or out of date.',
		home: 'Go to the start page',
	},
};
