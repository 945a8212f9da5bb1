import type { start as en } from '../en/start';
import type { Translation } from '../messages';

export const start: Translation<typeof en> = {
	title: 'Öppna skyddade fordon med verifierad identitet',
	intro:
		'Med Gatepass visar en tekniker vem hen är för ett diagnosverktyg: ett lösenord och en kod som byts var 30:e sekund. De här sidorna visar hela vägen.',
	steps: 'Vägen, steg för steg',
	register: { title: 'Skapa ett konto', body: 'E-post, lösenord, namn och verkstad. Adressen bekräftas med ett mejl.' },
	mailbox: {
		title: 'Brevlåda för utveckling',
		body: 'En utvecklingsportal visar sina mejl här i stället för att skicka dem.',
	},
	tool: {
		title: 'Diagnosverktyg',
		body: 'Tryck på personikonen, logga in, läs av bilden, skriv koden. Sedan kan märkena öppnas.',
	},
	authenticator: {
		title: 'Autentiseringsapp',
		body: 'Skapar koderna. Fungerar i webbläsaren, även utan nät. Vilken annan autentiseringsapp som helst går också bra.',
	},
	security: {
		title: 'Ditt konto',
		body: 'Lösenord, e-postadress, autentiseringsapp och reservkoder, och var du är inloggad.',
	},
	verified: 'I verktyget',
	verifiedBody:
		'Bara en tekniker med verifierad identitet kommer in i ett verktyg. Tills kontrollen av handlingar är en del av Gatepass markerar den som sköter portalen en person som verifierad.',
	notFound: {
		title: 'Det finns ingen sådan sida',
		body: 'Adressen kan vara felstavad eller föråldrad.',
		home: 'Gå till startsidan',
	},
};
