import type { tool as en } from '../en/tool';
import { plural, type Translation } from '../messages';

export const tool: Translation<typeof en> = {
	name: 'Diagnosverktyg',
	checking: 'Letar efter din session',

	ending: (time) => `Du loggas ut om ${time}`,
	endingBody: 'Gör klart det som kräver inloggning. Logga sedan in igen.',

	search: { label: 'Sök fordon efter märke', clear: 'Visa alla märken' },

	person: {
		loggedOut: 'Konto, inte inloggad',
		loggedIn: (name) => `Konto, inloggad som ${name}`,
		nobody: 'Ingen är inloggad',
		why: 'Logga in för att öppna fordon bakom en säkerhetsgateway.',
		logIn: 'Logga in',
		logOut: 'Logga ut',
		until: (time) => `Inloggad till ${time}`,
		security: 'Säkerhetsinställningar',
		codesLeft: (count) => `${count} ${plural('sv', count, { one: 'reservkod', other: 'reservkoder' })} kvar`,
		codesFew: 'Skapa nya i säkerhetsinställningarna innan de tar slut.',
	},

	status: {
		serial: (serial) => `Verktyg ${serial}`,
	},

	start: {
		title: 'Ingen är inloggad',
		body: 'Vissa märken låter ett verktyg ändra i ett fordon bara när en tekniker med verifierad identitet är inloggad. Tryck på personikonen uppe till höger, eller på knappen här.',
		logIn: 'Gå till inloggningen',
		noAccount: 'Har du inget konto?',
		register: 'Skapa ett konto',
		ended: 'Din session är slut. Logga in igen för att fortsätta.',
		loggedOut: 'Du är utloggad.',
	},

	credentials: {
		title: 'Logga in i verktyget',
		email: 'E-postadress',
		password: 'Lösenord',
		submit: 'Logga in',
		forgot: 'Jag har glömt mitt lösenord',
		unconfirmed: 'Jag har inte bekräftat min adress än',
		register: 'Skapa ett konto',
		emailMissing: 'Skriv din e-postadress',
		passwordMissing: 'Skriv ditt lösenord',
		refused: 'E-postadressen eller lösenordet är fel, eller så är adressen inte bekräftad än',
	},

	stopped: {
		notVerified: {
			title: 'Din identitet är inte verifierad än',
			body: 'Lösenordet är rätt. Innan du kan öppna fordon måste din identitet verifieras. Be den som sköter portalen i verkstaden att göra det och logga sedan in igen.',
		},
		throttled: {
			title: 'För många försök',
			body: 'För att skydda kontot tar portalen inte emot några försök en stund. Inget har gått förlorat och ingen kom in.',
			wait: (time) => `Försök igen om ${time}.`,
			over: 'Du kan försöka igen nu.',
		},
		expired: {
			title: 'Inloggningen tog för lång tid',
			body: 'En inloggning måste bli klar inom några minuter. Börja om. Om du hann läsa av en bild, ta bort det kontot ur autentiseringsappen: du får en ny bild.',
		},
		again: 'Logga in igen',
		reset: 'Välj ett nytt lösenord',
		settings: 'Gå till ditt konto',
	},

	brands: {
		title: 'Märken',
		intro: 'Välj märket på fordonet framför dig.',
		loading: 'Hämtar märkena',
		none: (search) => `Inget märke stämmer med ”${search}”.`,
		found: (count) => `${count} ${plural('sv', count, { one: 'märke', other: 'märken' })} hittades`,
		state: {
			open: 'Får öppnas',
			code_wanted: 'Kod för varje upplåsning',
			no_gateway: 'Ingen gateway',
			permit: (time) => `Tillstånd till ${time}`,
		},
		failed: 'Märkena kunde inte hämtas',
	},

	brand: {
		back: 'Alla märken',
		rule: {
			session: 'De här fordonen har en säkerhetsgateway. Din inloggning räcker: ingen ny kod behövs.',
			unlock: 'De här fordonen har en säkerhetsgateway som kräver en ny kod varje gång den öppnas.',
			none: 'Ingen säkerhetsgateway hos det här märket frågar vem du är. Du kan börja arbeta direkt.',
		},
		open: 'Öppna gatewayen',
		again: 'Hämta ett nytt tillstånd',
		code: 'Kod från autentiseringsappen',
		hint: 'Alla siffror. En kod som du redan har använt godtas inte igen',
		otherBrand: 'Välj ett annat märke',
	},

	permit: {
		title: 'Tillstånd',
		valid: 'Tillståndet är äkta',
		validBody: 'Sidan har kontrollerat signaturen mot portalens nycklar.',
		unchecked: 'Signaturen är inte kontrollerad',
		uncheckedBody:
			'Webbläsaren saknar Ed25519-signaturer. Tillståndet visas som portalen skickade det; fordonets verktyg måste kontrollera det. En aktuell webbläsare kontrollerar det här.',
		checking: 'Kontrollerar tillståndet',
		keysFailed: 'Portalens nycklar kunde inte hämtas, så tillståndet är inte kontrollerat än.',
		refusedTitle: 'Tillståndet duger inte',
		refused: {
			malformed: 'Det är inget tillstånd. Hämta ett nytt.',
			algorithm:
				'Det är signerat på ett sätt som tillstånd aldrig är. Hämta ett nytt och säg till den som sköter portalen.',
			unknown_key: 'Det är signerat med en nyckel som portalen inte publicerar. Hämta ett nytt.',
			signature:
				'Det har ändrats på vägen: signaturen stämmer inte. Hämta ett nytt och säg till den som sköter portalen.',
			other_issuer: 'Det kommer från en annan portal än sidan. Öppna verktyget på portalens egen adress.',
			other_tool: 'Det gäller ett annat verktyg. Hämta ett nytt.',
			other_brand: 'Det gäller ett annat märke. Hämta ett nytt.',
			too_long: 'Det påstår sig gälla längre än tillstånd gör. Hämta ett nytt och säg till den som sköter portalen.',
			not_yet: 'Det gäller inte än enligt datorns klocka. Kontrollera klockan och hämta sedan ett nytt tillstånd.',
			expired: 'Tiden är ute. Hände det genast, kontrollera datorns klocka. Hämta sedan ett nytt tillstånd.',
		},
		left: 'Tid kvar',
		announce: (time) => `Tillståndet gäller i ${time}`,
		over: 'Tillståndets tid är ute',
		overBody: 'Ett tillstånd gäller några minuter. Hämta ett nytt.',
		redeem: 'Använd tillståndet',
		redeemed: 'Tillståndet är använt',
		redeemedBody: 'Gatewayen får öppnas nu. Ett tillstånd fungerar en gång; nästa upplåsning kräver ett nytt.',
		used: 'Tillståndet har redan använts. Hämta ett nytt.',
		expired: 'Portalen säger att tillståndets tid är ute. Hämta ett nytt.',
		invalid: 'Portalen godtog inte tillståndet. Hämta ett nytt.',
		technician: 'Tekniker',
		workshop: 'Verkstad',
		brand: 'Märke',
		tool: 'Verktyg',
		id: 'Tillståndets nummer',
		until: 'Gäller till',
		text: 'Tillståndet som text',
		copy: 'Kopiera tillståndet',
	},
};
