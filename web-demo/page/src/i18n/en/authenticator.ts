import { plural } from '../messages';

/** What is odd about an account that can be added. One sentence each, by code of the core. */
const warnings = {
	issuer_mismatch:
		'The code gives two different names for the service. The first one is shown; change it if it is wrong.',
	colon_in_label: 'A name holds a colon, so service and account may be split in the wrong place. Check both names.',
	missing_label: 'The code does not say whose account it is. Give it a name that you will know again.',
	unencoded_hash: 'A name holds a # that should have been encoded. Check the names.',
	plus_as_space: 'A plus sign in the name of the service was read as a space. Check the name.',
	missing_ampersand:
		'The code ran two pieces together; they were read apart. Check that the service accepts the first code.',
	html_escaped: 'The link was copied out of a web page’s source. It was read as it was meant.',
	weak_secret:
		'The key is shorter than 128 bits and so easier to guess. Ask the service for a new code if it offers one.',
	secret_tail_dropped:
		'The end of the key carries nothing and was left out. Check that the service accepts the first code.',
	algorithm_alias: 'The method has an unusual name. Check that the service accepts the first code.',
	unusual_digits: 'The codes have an unusual length. That is right only if the service asks for it.',
	short_period: 'The codes change in less than 5 seconds, which is hardly time to type one.',
	long_period: 'The codes change less than once a day, so they protect little.',
	missing_counter: 'The code does not say where its counter starts. It starts at 0.',
	steam_by_issuer: 'The service is called Steam, so the codes are Steam’s five letters and digits.',
	invisible_character:
		'A name holds invisible characters that change how it reads. Make sure that it is the service you mean.',
	unspecified: 'The export leaves out details. The usual ones were taken: SHA1, 6 digits, 30 seconds.',
};

/** Why a text cannot be added, and what to do. By code of the core. */
const reasons = {
	empty: { what: 'There is nothing to read.', how: 'Paste the link that the service gives you, or scan its QR code.' },
	too_long: {
		what: 'The text is too long for an account.',
		how: 'Copy only the link that begins with otpauth, or scan the QR code instead.',
	},
	label_too_long: {
		what: 'The name in the code is longer than 512 characters.',
		how: 'Ask the service for its key as text and type the account in by hand.',
	},
	not_otpauth: {
		what: 'This is not a code for an authenticator.',
		how: 'Look for the QR code of the two-step login. Its link begins with otpauth.',
	},
	other_kind: {
		what: 'This code is for another kind of app.',
		how: 'Ask the service for a code for an ordinary authenticator app.',
	},
	malformed_uri: {
		what: 'The link is not complete.',
		how: 'Copy the whole link, from otpauth to its end, or scan the QR code instead.',
	},
	unknown_type: {
		what: 'The code asks for a kind of account that this authenticator does not know.',
		how: 'Ask the service for a time-based code (TOTP).',
	},
	bad_percent_encoding: {
		what: 'The link is damaged: a % is not followed by two digits.',
		how: 'Copy the link again, or scan the QR code instead.',
	},
	not_utf8: {
		what: 'The names in the code cannot be read as text.',
		how: 'Ask the service for its key as text and type the account in by hand.',
	},
	control_character: {
		what: 'The link holds an invisible character, such as a line break.',
		how: 'Copy the link again without the line break, or scan the QR code instead.',
	},
	missing_secret: {
		what: 'The code holds no key, so no codes can come from it.',
		how: 'Ask the service for a new code.',
	},
	empty_secret: {
		what: 'The key is empty.',
		how: 'Enter the key that the service shows, usually 16 to 32 letters and digits.',
	},
	secret_too_long: { what: 'The key is longer than any service uses.', how: 'Copy the key alone, without other text.' },
	invalid_secret: {
		what: 'The key holds a character that keys do not have.',
		how: 'A key has only the letters A to Z and the digits 2 to 7. Check it against what the service shows.',
	},
	duplicate_parameter: {
		what: 'The code says something twice, so it is not clear what counts.',
		how: 'Ask the service for a new code.',
	},
	unsupported_algorithm: {
		what: 'The code asks for a method that this authenticator does not have.',
		how: 'Ask the service for a code with SHA1, SHA256 or SHA512. Codes made another way would be wrong.',
	},
	invalid_digits: {
		what: 'The code asks for a length that codes cannot have.',
		how: 'Codes have 5 to 10 digits. Ask the service for a new code.',
	},
	invalid_period: {
		what: 'The code asks for a period that cannot be used.',
		how: 'Ask the service for a new code. The usual period is 30 seconds.',
	},
	invalid_counter: { what: 'The counter is not a number that can be used.', how: 'Ask the service for a new code.' },
	not_strict: { what: 'The link is not written as the standard asks.', how: 'Ask the service for a new code.' },
	steam_issuer: {
		what: 'An account with the name Steam always shows Steam’s letters.',
		how: 'Choose the type Steam, or give the service another name.',
	},
	digits_out_of_range: { what: 'Codes have 5 to 10 digits.', how: 'Choose a length that the service uses, usually 6.' },
	period_out_of_range: {
		what: 'The period must be from 1 second to 24 hours.',
		how: 'Enter the period that the service uses, usually 30 seconds.',
	},
	counter_out_of_range: {
		what: 'The counter is too large.',
		how: 'Enter the counter that the service shows, usually 0.',
	},
};

/** The kinds of codes that are not for us, by code of the core. */
const otherKinds = {
	google_migration: {
		what: 'This is an export from Google Authenticator.',
		how: 'Scan or paste it here to bring its accounts over.',
	},
	microsoft_approval: {
		what: 'This code is for Microsoft’s own app.',
		how: 'On Microsoft’s page, choose “I want to use a different authenticator app” and scan the code shown then.',
	},
	verified_id: { what: 'This code is for a digital ID.', how: 'Open it in the wallet app that holds the ID.' },
	fido: { what: 'This code is for signing in with a passkey.', how: 'Scan it with the phone’s own camera app.' },
	duo: {
		what: 'This code is for Duo Mobile.',
		how: 'Ask for a code for any authenticator app, if your workplace offers one.',
	},
	okta: {
		what: 'This code is for Okta Verify.',
		how: 'Choose “Google Authenticator” on Okta’s page, if it is offered, and scan the code shown then.',
	},
	steam_login: { what: 'This code is for signing in with the Steam app.', how: 'Scan it in the Steam app.' },
	authy: { what: 'This code is for Authy alone.', how: 'Ask the service for a code for any authenticator app.' },
	web_address: {
		what: 'This is the address of a web page.',
		how: 'Look for the QR code of the two-step login. It is usually under “Security”.',
	},
};

/** Why an entry of an export cannot be imported, by code of the core. */
const entries = {
	empty_secret: 'The entry holds no key.',
	secret_too_long: 'The key is longer than any service uses.',
	damaged: 'The entry is damaged.',
	not_utf8: 'The names cannot be read as text.',
	control_character: 'A name holds an invisible character.',
	too_long: 'The names are too long.',
	unsupported_algorithm: 'The entry asks for a method that this authenticator does not have.',
	invalid_digits: 'The entry asks for a length that codes cannot have.',
	unknown_type: 'The entry is of a kind that this authenticator does not know.',
	invalid_counter: 'The counter is not a number that can be used.',
	other: 'The entry cannot be read.',
};

/** Why a text is not part of an export, by code of the core. */
const migrationProblems = {
	not_migration: {
		what: 'This is not an export from Google Authenticator.',
		how: 'On the other phone, choose “Transfer accounts”, “Export accounts”, and scan the code shown there.',
	},
	migration_too_long: {
		what: 'The text is too long for an export code.',
		how: 'Scan the QR code instead of pasting it.',
	},
	migration_missing_data: {
		what: 'The export code holds no accounts.',
		how: 'Copy the whole link, or scan the QR code instead.',
	},
	migration_bad_percent_encoding: {
		what: 'The link is damaged: a % is not followed by two digits.',
		how: 'Copy the link again, or scan the QR code instead.',
	},
	migration_not_base64: {
		what: 'The link of the export is damaged.',
		how: 'Copy the whole link again, or scan the QR code instead.',
	},
	migration_damaged: {
		what: 'The export is damaged or cut off.',
		how: 'Copy the whole link again, or export the accounts once more.',
	},
	migration_batch_out_of_range: {
		what: 'The export says something impossible about its number of codes.',
		how: 'Export the accounts once more on the other phone.',
	},
	other: {
		what: 'The export cannot be read.',
		how: 'Show the QR code again and hold still, or export the accounts once more.',
	},
};

/** Why the export format cannot hold an account, by code of the core. */
const leftOut = {
	steam: 'Google Authenticator has no Steam accounts.',
	digits: 'Google Authenticator only has codes of 6 or 8 digits.',
	period: 'Google Authenticator only has codes of 30 seconds.',
	too_large: 'The account holds too much text for a QR code.',
	other: 'This account does not fit into the export.',
};

export const authenticator = {
	title: 'Authenticator',

	/** Before there is a vault. */
	welcome: {
		title: 'Set up the authenticator',
		lead: 'It makes the codes that you enter after your password. The keys stay on this device, encrypted, and work without a network.',
		passwordLabel: 'Choose a password for this device',
		passwordHint: 'At least 8 characters, better 12 or more',
		noRescue: 'Nobody can reset this password. Save a backup file once you have added your accounts.',
		create: 'Create the authenticator',
		restore: 'Restore from a backup file',
	},
	advice: {
		too_short: 'Too short: use at least 8 characters.',
		guessable: 'Easy to guess. Add a few words that do not belong together.',
		fair: 'Fair. With 12 characters or more it holds much longer.',
		good: 'Good.',
		strong: 'Strong.',
	},

	unlock: {
		title: 'Open the authenticator',
		passwordLabel: 'Password of this device',
		open: 'Open',
		opening: 'Opening',
		openingHint: 'This takes a moment on purpose: it makes guessing slow.',
		why: {
			start: '',
			user: 'Locked.',
			idle: 'Locked, because it was not used for a while.',
			hidden: 'Locked, because the page was left.',
			elsewhere: 'Locked here, because it was opened in another tab.',
			failed: 'Locked, because the part that holds the keys stopped. Nothing is lost. Open it again.',
		},
		elsewhere: 'The authenticator is open in another tab. Opening it here locks it there.',
		forgotten: 'Forgotten the password?',
		forgottenText:
			'Nobody can reset it, because nobody else has the keys. If you have a backup file whose password you know, erase this authenticator and restore the file. Otherwise ask each service for a new code.',
		erase: 'Erase and start again',
	},

	list: {
		title: 'Codes',
		lock: 'Lock',
		settings: 'Settings',
		add: 'Add account',
		search: 'Search accounts',
		clearSearch: 'Clear the search',
		found: (count: number) => `${count} ${plural('en', count, { one: 'account', other: 'accounts' })} found`,
		nothingFound: 'No account matches. Try another word, or clear the search.',
		emptyTitle: 'Your codes will be here',
		emptyText: 'Add the first account: scan the QR code that the service or the diagnostic tool shows you.',
		accounts: 'Accounts',
	},
	row: {
		copyCode: (name: string, code: string) => `${name}, code ${code}, copy`,
		next: (code: string) => `Next ${code}`,
		nextLabel: 'Next',
		copied: 'Copied',
		copiedStatus: (seconds: number) =>
			`Copied, valid ${seconds} more ${plural('en', seconds, { one: 'second', other: 'seconds' })}. The clipboard is cleared in 30 seconds.`,
		copiedHotpStatus: 'Copied. The clipboard is cleared in 30 seconds.',
		notCopied: 'The browser did not allow copying. Read the code and type it.',
		more: (name: string) => `More for ${name}`,
		secondsLeft: (seconds: number) => `${seconds} s`,
		newCode: 'New code',
		newCodeAbout: (name: string) => `for ${name}`,
		newCodeStatus: (code: string) => `New code ${code}`,
		counterHint: 'Press “New code” when the service asks for one.',
		noCode: 'The code could not be made',
		unnamed: 'Account without a name',
	},
	clipboard: {
		notice: (seconds: number) => `Copied, cleared in ${seconds} s`,
		cleared: 'The code was cleared from the clipboard.',
		replaced: 'The clipboard holds something newer and was left alone.',
		waiting: 'The code is cleared from the clipboard when you come back to this page.',
		kept: 'The browser did not allow clearing the clipboard. The code in it has run out or soon will.',
	},

	menu: {
		rename: 'Rename',
		moveUp: 'Move up',
		moveDown: 'Move down',
		order: 'Change the order',
		remove: 'Delete',
		movedTo: (name: string, place: number, count: number) => `${name} is now ${place} of ${count}.`,
		details: (kind: string, algorithm: string, digits: number) => `${kind}, ${algorithm}, ${digits} digits`,
		kinds: { totp: 'Time-based', hotp: 'Counter-based', steam: 'Steam' },
		period: (seconds: number) => `new code every ${seconds} s`,
	},
	removed: {
		notice: (name: string) => `${name} was deleted.`,
		undo: 'Undo',
		restored: (name: string) => `${name} is back.`,
	},
	order: {
		title: 'Change the order',
		lead: 'Drag an account by its handle, or use the arrows.',
		done: 'Done',
		drag: (name: string) => `Drag ${name}`,
		up: (name: string) => `Move ${name} up`,
		down: (name: string) => `Move ${name} down`,
	},
	rename: {
		title: 'Rename the account',
		issuer: 'Service',
		account: 'Account',
		save: 'Save the names',
		saved: 'The names are saved.',
	},

	add: {
		title: 'Add an account',
		lead: 'The service shows a QR code or a key when you turn on two-step login.',
		camera: 'Scan with the camera',
		picture: 'Choose a picture',
		pictureHint: 'A screenshot or photo of the QR code. It stays in this page.',
		drop: 'Or drop a picture anywhere on this page.',
		dropHere: 'Drop the picture to read it',
		paste: 'Paste a link',
		manual: 'Type it in',
		migrate: 'Google Authenticator exports can be scanned, chosen or pasted the same way.',
		reading: 'Reading the picture',
		added: (name: string) => `${name} was added.`,
		addedMany: (count: number) =>
			`${count} ${plural('en', count, { one: 'account was', other: 'accounts were' })} added.`,
	},
	picture: {
		nothing: 'No QR code was found in the picture.',
		nothingHow: 'Take a closer and sharper picture of the whole code, or paste the link instead.',
		notAPicture: 'The file cannot be read as a picture.',
		notAPictureHow: 'Choose a PNG, JPEG, WebP or GIF file.',
		tooLarge: 'The file is larger than 30 MB.',
		tooLargeHow: 'Choose a smaller picture, or cut out the QR code.',
	},
	camera: {
		title: 'Scan the QR code',
		heading: 'Viewfinder of the camera',
		autoHint: 'The code is read by itself as soon as it is in the picture.',
		starting: 'Starting the camera',
		aim: 'Hold the code in the frame',
		seen: 'Code read',
		torch: 'Light',
		torchOn: 'The light is on',
		torchOff: 'The light is off',
		turn: 'Other camera',
		progress: (scanned: number, total: number) => `${scanned} of ${total} codes read`,
		progressHow: 'Show the next code of the export.',
		otherExport: 'This code belongs to another export.',
		takeThese: 'Import what was read',
		waysOn: 'Other ways',
		failure: {
			insecure: {
				what: 'The camera only works on a secure page.',
				how: 'Open this page through an address that begins with https, or add the account another way.',
			},
			unsupported: {
				what: 'This browser gives pages no camera.',
				how: 'Open the page in another browser, or add the account another way.',
			},
			denied: {
				what: 'The camera is blocked for this page.',
				how: 'Allow it in the browser: press the icon beside the address, choose Camera, Allow. Then try again.',
			},
			missing: { what: 'No camera was found.', how: 'Connect one and try again, or add the account another way.' },
			in_use: {
				what: 'The camera could not be started.',
				how: 'Another program may be using it. Close that program and try again.',
			},
			no_picture: {
				what: 'The camera is on but gives no picture.',
				how: 'Close other apps that use it and try again. If that does not help, restart the device.',
			},
			ended: { what: 'The camera was disconnected or stopped.', how: 'Connect it again and try again.' },
			unknown: { what: 'The camera could not be started.', how: 'Try again, or add the account another way.' },
		},
	},
	paste: {
		title: 'Paste a link',
		label: 'Link from the service',
		hint: 'It begins with otpauth',
		fromClipboard: 'Paste from the clipboard',
		check: 'Check the link',
		empty: 'Enter the link from the service',
		clipboardRefused: 'The browser did not allow reading the clipboard. Paste into the field instead.',
	},
	manual: {
		title: 'Type in an account',
		issuer: 'Service',
		issuerHint: 'For example the portal or the brand',
		account: 'Account',
		accountHint: 'For example your e-mail address',
		key: 'Key',
		keyHint: 'Letters A to Z and digits 2 to 7; spaces do not matter',
		keyEmpty: 'Enter the key that the service shows',
		keyStrange: (characters: string) =>
			`Keys do not have ${characters}. A key has only the letters A to Z and the digits 2 to 7.`,
		keyLookalikes: (pairs: string) => `Keys do not have these digits. Perhaps you mean ${pairs}.`,
		keyPair: (digit: string, letter: string) => `the letter ${letter} for ${digit}`,
		keyRepair: 'Replace them with letters',
		keyRepaired: 'The digits were replaced with letters.',
		keyFine: (bits: number) => `Key of ${bits} bits`,
		nameEmpty: 'Enter the service or the account',
		advanced: 'More settings',
		advancedHint: 'Change these only if the service says so.',
		type: 'Type',
		algorithm: 'Method',
		digits: 'Length of the code',
		period: 'Period',
		periodHint: 'In seconds, usually 30',
		periodWrong: 'The period must be a whole number of seconds from 1 to 86400',
		counter: 'Counter',
		counterHint: 'Usually 0',
		counterWrong: 'The counter must be a whole number',
		check: 'Add the account',
	},
	review: {
		title: 'Check the account',
		lead: 'Read this before you add it.',
		issuer: 'Service',
		account: 'Account',
		nameEmpty: 'Enter the service or the account',
		add: 'Add the account',
		addAnyway: 'Add it anyway',
		same: 'This account is already here: it has the same key. Adding it again gives the same codes twice.',
		sameName:
			'There is already an account with these names and another key. Keep the old one until the new code has worked.',
		discarded: 'Nothing was added.',
	},
	rejected: {
		title: 'This cannot be added',
		again: 'Try another way',
	},
	migration: {
		title: 'Import from Google Authenticator',
		collecting: (scanned: number, total: number) => `${scanned} of ${total} codes of the export were read.`,
		collectingHow: 'Read the rest as well, or import what is here.',
		next: 'Read the next code',
		otherExport: 'The last code belongs to another export and was left out. Finish this one first.',
		accounts: (count: number) => `${count} ${plural('en', count, { one: 'account', other: 'accounts' })} to import`,
		unreadable: (count: number) =>
			`${count} ${plural('en', count, { one: 'entry', other: 'entries' })} cannot be imported`,
		entryNumber: (number: number) => `Entry ${number}`,
		same: 'Already here, with the same key',
		sameName: 'Another key under the same names is here',
		import: (count: number) => `Import ${count} ${plural('en', count, { one: 'account', other: 'accounts' })}`,
		noneChosen: 'Choose at least one account to import',
		nothing: 'Nothing in this export can be imported.',
	},

	settings: {
		title: 'Settings',
		locking: 'Locking',
		lockAfter: 'Lock when unused for',
		lockMinutes: (minutes: number) => `${minutes} ${plural('en', minutes, { one: 'minute', other: 'minutes' })}`,
		lockHidden: 'Lock as soon as the page is left',
		lockHiddenHint: 'Also when you change to another tab or app',
		showing: 'Showing',
		showNext: 'Show the next code too',
		accounts: 'Accounts',
		order: 'Change the order',
		export: 'Export to Google Authenticator',
		trash: 'Deleted accounts',
		safety: 'Safety',
		backup: 'Save a backup file',
		restore: 'Take in a backup file',
		password: 'Change the password',
		erase: 'Erase everything',
		storage: {
			persistent: 'The browser has promised to keep this authenticator until you erase it.',
			best: 'The browser may clear this authenticator when the disk runs full. Save a backup file.',
		},
		install: 'Install as an app',
		installed: 'The authenticator is installed.',
		saved: 'The setting is saved.',
	},
	passwordAgain: {
		label: 'Password of this device',
		empty: 'Enter the password of this device',
		wrong: 'The password is not right. Check it and try again',
	},
	export: {
		title: 'Export to Google Authenticator',
		lead: 'Anyone who photographs these QR codes can make your codes. Look around before you show them.',
		choose: 'Accounts to export',
		noneChosen: 'Choose at least one account to export',
		show: 'Show the QR codes',
		codeTitle: (number: number, total: number) => `QR code ${number} of ${total}`,
		codeHow: 'On the other phone, open Google Authenticator, choose “Transfer accounts”, “Import accounts”, and scan.',
		previous: 'Previous code',
		following: 'Following code',
		picture: (number: number, total: number) => `QR code ${number} of ${total} of the export`,
		leftOut: 'Left out',
		nothing: 'None of the chosen accounts fits into this kind of export. Save a backup file instead.',
		hide: 'Hide the codes',
		done: 'The accounts stay here too.',
	},
	backup: {
		title: 'Save a backup file',
		lead: 'The file holds all accounts, encrypted with the password of this device. Keep it where this device is not.',
		save: 'Save the file',
		saved: 'The backup file is saved.',
		offered: 'The browser downloads the backup file. Check that it is there, then move it to a safe place.',
		failed: 'The browser could not save the file. Check that there is room and try again.',
		remember: 'You need the password that is in use now to open the file, also after you have changed it here.',
		fileName: 'gatepass-authenticator',
	},
	restore: {
		title: 'Take in a backup file',
		titleNew: 'Restore from a backup file',
		file: 'Backup file',
		fileHint: 'Its name ends in .gatepass',
		choose: 'Choose the file',
		chosen: (name: string) => `Chosen: ${name}`,
		fileEmpty: 'Choose the backup file',
		fileTooLarge: 'The file is too large for a backup. Choose the file that ends in .gatepass',
		passwordLabel: 'Password of the file',
		passwordHint: 'The one that this authenticator or the other device had when the file was saved',
		passwordEmpty: 'Enter the password of the file',
		passwordWrong: 'The password does not open this file. It is the one from when the file was saved',
		damagedTitle: 'Not all of the file can be read',
		damaged:
			'If you have another backup file, try that one first. Otherwise take what is left of this one; accounts may be missing.',
		salvage: 'Take what can be read',
		salvaged: 'The file is damaged. These are the accounts that could be read.',
		open: 'Open the file',
		restoreNew: 'Restore',
		restored: 'The authenticator is restored. Its password is the one of the file.',
		mergeTitle: 'Take in the accounts',
		mergeLead: (count: number) =>
			`The file holds ${count} ${plural('en', count, { one: 'account', other: 'accounts' })}.`,
		fresh: (count: number) => `${count} ${plural('en', count, { one: 'is', other: 'are' })} new.`,
		same: (count: number) =>
			`${count} ${plural('en', count, { one: 'is', other: 'are' })} already here with the same key.`,
		conflict: (count: number) =>
			`${count} ${plural('en', count, { one: 'has', other: 'have' })} the same names as one here, but another key.`,
		duplicates: 'Accounts that are already here',
		skip: 'Leave them out',
		keepBoth: 'Add them as well',
		merge: 'Take in',
		nothingNew: 'Every account of the file is already here.',
		empty: 'The file holds no accounts.',
	},
	password: {
		title: 'Change the password',
		current: 'Present password',
		currentEmpty: 'Enter the present password',
		currentWrong: 'The present password is not right',
		next: 'New password',
		nextHint: 'At least 8 characters, better 12 or more',
		nextEmpty: 'Enter the new password',
		nextShort: 'The new password must have at least 8 characters',
		nextSame: 'The new password must differ from the present one',
		change: 'Change the password',
		changed: 'The password is changed. Backup files from before still open with the old one.',
	},
	trash: {
		title: 'Deleted accounts',
		lead: 'They stay here until the authenticator locks. Then they are gone for good.',
		empty: 'Nothing was deleted since the authenticator was opened.',
		restore: 'Bring back',
		emptyNow: 'Delete all for good',
		emptied: 'The deleted accounts are gone for good.',
	},
	erase: {
		title: 'Erase everything',
		lead: 'All accounts and their keys are erased from this device. Services will keep asking for codes that you cannot make any more.',
		check: 'I have a backup file or another way into my accounts',
		checkMissing: 'Confirm that you have another way into your accounts',
		erase: 'Erase everything',
		erased: 'Everything was erased from this device.',
	},

	unsaved: {
		title: 'The last change is not stored yet',
		again: 'Try again',
		backup: 'Save a backup file',
		/** After a lock. */
		locked: 'It is kept here, encrypted, until this page is closed. Opening the authenticator brings it back.',
		why: {
			storage_blocked:
				'The browser did not let the page store it. It may be a private window, or site data is blocked.',
			storage_full: 'There is no room left on this device. Free some space, then try again.',
			stored_elsewhere: 'Another tab stored a change meanwhile. Save a backup file here, lock, and open again.',
			storage_damaged: 'What was stored could not be read back. The state before the change is safe.',
		},
	},
	damage: {
		older: 'The newest stored state was damaged, so the one before it was opened. The last change may be missing.',
		salvaged:
			'What was stored is damaged. What could be read is here; accounts may be missing. Take in a backup file to fill the gaps.',
		unreadable: (count: number) =>
			`${count} ${plural('en', count, { one: 'account', other: 'accounts' })} could not be read.`,
		cutShort: 'The file breaks off, so more accounts may be missing.',
	},
	unusable: {
		title: 'The authenticator cannot run here',
		storage_blocked:
			'The browser does not let this page store anything. Leave the private window, or allow site data for this address, and load the page again.',
		init_failed:
			'A part of the page could not be loaded. Check the network once, then load the page again. After that it works without.',
		reload: 'Load the page again',
	},
	update: {
		ready: 'A newer version of the authenticator is ready.',
		use: 'Use it now',
		offlineReady: 'The authenticator now works without a network.',
	},

	/** What went wrong, by code of the core, the package or this page. */
	problem: {
		vault_wrong_password: 'The password is not right. Check it and try again',
		vault_not_a_vault: 'This file is not a backup of an authenticator. Choose the file that ends in .gatepass',
		vault_unsupported_version: 'The file was made by a newer version. Load the page again to get it, then try again',
		vault_damaged: 'The file is damaged. Try another backup file',
		nothing_readable: 'Nothing in the file can be read any more. Try another backup file',
		vault_kdf_out_of_range: 'The file asks for more work than this page allows. Try another backup file',
		vault_out_of_memory: 'There is not enough free memory. Close other tabs and programs, then try again',
		vault_password_length: 'The password is too long. Use at most 1000 characters',
		vault_full: 'The authenticator is full. Delete accounts that you do not use, then try again',
		vault_name_invalid: 'A name is too long or holds invisible characters. Make it shorter or type it again',
		vault_name_is_steam: 'An account with the name Steam always shows Steam’s letters. Give the service another name',
		vault_entry_too_long: 'The account holds too much text to be stored. Use shorter names',
		storage_blocked:
			'The browser did not let the page store anything. Leave the private window, or allow site data for this address',
		storage_full: 'There is no room left on this device. Free some space, then try again',
		storage_damaged: 'What was stored could not be read back. Try again',
		stored_elsewhere: 'Another tab made an authenticator meanwhile. Load the page again',
		init_failed: 'A part of the page could not be loaded. Check the network, then load the page again',
		worker_failed: 'A part of the page stopped. Nothing that was stored is lost. Load the page again',
		other: 'That did not work, and nothing was changed. Try again. If it stays so, load the page again',
	},
	passwordEmpty: 'Enter the password',
	passwordShort: 'The password must have at least 8 characters',

	/** Why an entry of a migration cannot be imported, by code of the core. */
	entries,
	/** Why a scanned text is not part of an export, by code of the core. */
	migrationProblems,
	/** Why an account is left out of an export, by code of the core. */
	leftOut,
	warnings,
	reasons,
	otherKinds,
};
