import type { account as en } from '../en/account';
import type { Translation } from '../messages';

export const account: Translation<typeof en> = {
	section: 'Konto',

	field: {
		fullName: 'Fullständigt namn',
		fullNameHint: 'Som det står i ditt pass eller körkort',
		workshop: 'Verkstad',
		email: 'E-postadress',
		newEmail: 'Ny e-postadress',
		password: 'Lösenord',
		newPassword: 'Nytt lösenord',
		currentPassword: 'Nuvarande lösenord',
		passwordHint: 'Minst 12 tecken. Några ord som inte hör ihop fungerar bra',
	},

	wrong: {
		fullName: {
			required: 'Skriv ditt fullständiga namn',
			too_long: 'Fullständigt namn får vara högst 100 tecken',
			unexpected_character: 'Fullständigt namn får bara ha bokstäver, mellanslag, bindestreck, apostrofer och punkter',
		},
		workshop: {
			required: 'Skriv namnet på din verkstad',
			too_long: 'Verkstad får vara högst 100 tecken',
			unexpected_character: 'Verkstad får bara ha bokstäver, siffror, mellanslag och vanliga skiljetecken',
		},
		email: {
			required: 'Skriv din e-postadress',
			not_an_email: 'E-postadressen måste se ut som namn@example.com',
			too_long: 'E-postadressen får vara högst 254 tecken',
			unchanged: 'Den nya e-postadressen måste vara en annan än den nuvarande',
		},
		password: {
			required: 'Skriv ditt lösenord',
			too_short: 'Lösenordet måste vara minst 12 tecken',
			too_long: 'Lösenordet får vara högst 1024 byte',
			password_weak: 'Lösenordet måste vara svårare att gissa. Lägg till ett par ord som inte hör ihop',
			password_own_data: 'Lösenordet får inte innehålla ditt namn, din e-postadress eller din verkstad',
			unchanged: 'Det nya lösenordet måste vara ett annat än det nuvarande',
		},
		newPasswordRequired: 'Skriv ett nytt lösenord',
		currentPasswordRequired: 'Skriv ditt nuvarande lösenord',
		passwordWrong: 'Lösenordet är fel',
		other: 'Kontrollera fältet: portalen godtog inte det',
	},

	register: {
		title: 'Skapa ett konto',
		intro: 'Du behöver ett konto för att logga in i ett diagnosverktyg. Det tar en minut och ett mejl.',
		submit: 'Skapa kontot',
		have: 'Har du redan ett konto?',
		logIn: 'Logga in',
	},

	sent: {
		title: 'Titta i din e-post',
		confirm: (email) => `Vi har skickat en länk till ${email}. Öppna den för att bekräfta adressen.`,
		reset: (email) => `Om ${email} hör till ett konto är en länk för att välja ett nytt lösenord på väg dit.`,
		resent: (email) => `Om ${email} hör till ett konto som väntar på bekräftelse är en ny länk på väg dit.`,
		change: (email) => `Vi har skickat en länk till ${email}. Adressen ändras när du öppnar den.`,
		life: 'Länken fungerar en gång och en begränsad tid. En nyare länk ersätter en äldre.',
		missing: 'Inget mejl efter några minuter?',
		spam: 'Titta i mappen för skräppost.',
		again: 'Skicka igen',
		sentAgain: 'Mejlet har skickats igen.',
		correct: 'Rätta adressen',
		mailbox: 'Det här är en utvecklingsportal: dess mejl ligger i utvecklingsbrevlådan.',
		openMailbox: 'Öppna utvecklingsbrevlådan',
	},

	confirm: {
		title: 'Bekräfta din e-postadress',
		intro: 'Tryck på knappen för att visa att adressen är din.',
		submit: 'Bekräfta adressen',
		done: 'Din e-postadress är bekräftad',
		doneBody: (email) => `Nu kan du logga in med ${email}.`,
		logIn: 'Logga in',
		tool: 'Gå till diagnosverktyget',
		resendTitle: 'Få en ny länk',
		resendIntro: 'Skriv kontots adress. Om den fortfarande väntar på bekräftelse skickar vi en ny länk.',
		resend: 'Skicka länken',
	},

	linkInvalid: {
		title: 'Länken fungerar inte längre',
		body: 'En länk fungerar en gång och en begränsad tid, och en nyare ersätter den. Om du redan har använt den är allt som det ska.',
		newLink: 'Få en ny länk',
		logIn: 'Logga in',
	},

	login: {
		title: 'Logga in på ditt konto',
		submit: 'Logga in',
		refused: 'E-postadressen eller lösenordet är fel, eller så är adressen inte bekräftad än',
		forgot: 'Jag har glömt mitt lösenord',
		register: 'Skapa ett konto',
		unconfirmed: 'Jag har inte bekräftat min adress än',
		throttledTitle: 'För många försök',
		throttledBody:
			'För att skydda kontot tar portalen inte emot några försök en stund. Inget har gått förlorat och ingen kom in.',
		throttledWait: (time) => `Försök igen om ${time}.`,
		throttledOver: 'Du kan försöka igen nu.',
		again: 'Logga in igen',
	},

	reset: {
		title: 'Välj ett nytt lösenord',
		intro: 'Skriv kontots adress. Vi skickar en länk till den.',
		submit: 'Skicka länken',
		setTitle: 'Skriv ett nytt lösenord',
		setIntro: 'Du blir utloggad överallt, även i diagnosverktyg.',
		setSubmit: 'Spara det nya lösenordet',
		done: 'Ditt nya lösenord är sparat',
		doneBody: 'Du har loggats ut överallt. Logga in med det nya lösenordet.',
		logIn: 'Logga in',
	},

	newEmail: {
		title: 'Bekräfta din nya e-postadress',
		intro: 'Tryck på knappen för att flytta kontot till den här adressen.',
		submit: 'Använd den nya adressen',
		done: 'Din e-postadress är ändrad',
		doneBody: (email) => `Från och med nu loggar du in med ${email}.`,
		settings: 'Gå till säkerhetsinställningarna',
	},

	security: {
		title: 'Säkerhet och inloggning',
		loading: 'Hämtar ditt konto',
		failed: 'Ditt konto kunde inte hämtas',
		person: 'Du',
		name: 'Namn',
		identity: 'Identitet',
		verified: 'Verifierad: du kan logga in i diagnosverktyg',
		notVerified: 'Inte verifierad än: tala med den som sköter portalen i verkstaden',
		logInTitle: 'Så loggar du in',
		change: 'Ändra',
		changePassword: 'lösenordet',
		changeEmail: 'e-postadressen',
		passwordValue: 'Visas inte',
		factor: 'Autentiseringsapp',
		factorNone:
			'Ingen autentiseringsapp är ansluten. Du ansluter en när du först loggar in i ett diagnosverktyg, eller här.',
		factorPending: 'Du började ansluta en autentiseringsapp men blev inte klar.',
		factorActive: (date) => `Ansluten sedan ${date}.`,
		factorActiveUndated: 'Ansluten.',
		connect: 'Anslut en autentiseringsapp',
		codes: 'Reservkoder',
		codesLeft: (count) => `${count} av 10 kvar`,
		newCodes: 'Skapa nya reservkoder',
		connectOther: 'Anslut en annan autentiseringsapp',
		replace: 'Ta bort autentiseringsappen',
		sessions: 'Var du är inloggad',
		sessionsBody: 'Om du har blivit av med en enhet eller lämnat ett verktyg inloggat, logga ut överallt.',
		logOut: 'Logga ut',
		everywhere: 'Logga ut överallt',
		tool: 'Gå till diagnosverktyget',
		back: 'Säkerhet och inloggning',
	},

	password: {
		title: 'Ändra ditt lösenord',
		intro: 'Överallt annars blir du utloggad, även i diagnosverktyg.',
		submit: 'Spara det nya lösenordet',
		done: 'Ditt lösenord är ändrat',
		doneBody: 'Du är fortfarande inloggad här. Överallt annars har du loggats ut.',
	},

	email: {
		title: 'Ändra din e-postadress',
		intro: (email) =>
			`Din nuvarande adress är ${email}. Vi skickar en länk till den nya; inget ändras innan du öppnar den.`,
		submit: 'Skicka länken',
	},

	authenticator: {
		title: 'Anslut en autentiseringsapp',
		askPassword: 'Skriv ditt lösenord för att visa att det är du.',
		replace:
			'En autentiseringsapp är redan ansluten. Skriv också en kod från den för att ansluta en annan i dess ställe.',
		submit: 'Fortsätt',
		back: 'Avbryt anslutningen',
		expired: 'Bilden är för gammal. Börja om för att få en ny.',
		done: 'Din autentiseringsapp är ansluten',
		doneBody: 'Från och med nu behöver du en kod från den för att logga in.',
	},

	codes: {
		title: 'Skapa nya reservkoder',
		intro: 'De gamla koderna slutar fungera direkt.',
		submit: 'Skapa nya koder',
		done: 'Dina nya reservkoder är sparade',
		doneBody: 'De gamla fungerar inte längre.',
	},

	remove: {
		title: 'Ta bort autentiseringsappen',
		intro:
			'Bara lösenordet kommer att skydda kontot. Du kan inte logga in i ett diagnosverktyg förrän du har anslutit en autentiseringsapp igen.',
		passwordStep: 'Lösenord',
		recovery: 'Använd en reservkod i stället',
		authenticator: 'Använd koden från autentiseringsappen',
		submit: 'Ta bort autentiseringsappen',
		keep: 'Behåll autentiseringsappen',
		done: 'Autentiseringsappen är borttagen',
		doneBody: 'Dess reservkoder fungerar inte heller längre. Vi har skickat ett mejl om det.',
	},

	everywhere: {
		title: 'Logga ut överallt?',
		intro:
			'Du loggas ut i alla webbläsare och i alla diagnosverktyg, även här. Arbete som är öppet i ett verktyg kräver ny inloggning.',
		submit: 'Logga ut överallt',
		keep: 'Fortsätt vara inloggad',
	},

	factorMissing: 'Ingen autentiseringsapp är ansluten. Anslut en först',

	loggedOut: {
		title: 'Du är utloggad',
		everywhere: 'Du är utloggad överallt',
		logIn: 'Logga in igen',
	},

	notFound: {
		title: 'Det finns ingen sådan sida',
		body: 'Adressen kan vara felstavad eller föråldrad.',
		settings: 'Gå till säkerhetsinställningarna',
		start: 'Gå till startsidan',
	},
};
