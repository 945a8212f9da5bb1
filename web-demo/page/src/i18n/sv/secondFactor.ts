import type { secondFactor as en } from '../en/secondFactor';
import type { Translation } from '../messages';

export const secondFactor: Translation<typeof en> = {
	enrolment: {
		title: 'Anslut din autentiseringsapp',
		intro:
			'Från och med nu frågar verktyget även efter en kod som bara din autentiseringsapp kan skapa. Du ansluter den en gång.',
		scanTitle: '1. Läs av bilden',
		scan: 'Öppna autentiseringsappen i telefonen, välj att lägga till ett konto och rikta kameran mot bilden.',
		qr: 'QR-kod att läsa av med autentiseringsappen',
		manual: 'Jag kan inte läsa av bilden',
		manualHow: 'Lägg till ett konto för hand i appen. Välj tidsbaserad kod och skriv detta:',
		issuer: 'Tjänst',
		account: 'Konto',
		key: 'Nyckel',
		copyKey: 'Kopiera nyckeln',
		apps: 'Vilka autentiseringsappar fungerar?',
		appsHow:
			'Alla appar för tidsbaserade koder fungerar: Gatepass Authenticator, Google Authenticator, Microsoft Authenticator, Aegis, 2FAS, Authy, FreeOTP, lösenordsappen i en iPhone och de flesta lösenordshanterare.',
		ours: 'Öppna Gatepass Authenticator',
		codeTitle: '2. Skriv koden som den visar',
		code: 'Kod',
		hint: 'Alla siffror som den visar nu',
		submit: 'Bekräfta koden',
		appLimited:
			'Din autentiseringsapp skapar koder av ett äldre slag än vad verkstaden kräver. Använd en annan app: ta bort kontot ur den här och läs av bilden igen.',
	},

	code: {
		title: 'Skriv koden från autentiseringsappen',
		code: 'Kod',
		hint: 'Alla siffror som den visar nu',
		submit: 'Fortsätt',
		missing: 'Skriv koden som autentiseringsappen visar',
		wrongLength: 'Koden måste vara 6 till 8 siffror: alla som autentiseringsappen visar',
		refused: 'Koden godtogs inte. Skriv nästa kod som autentiseringsappen visar',
		paused: (wait: string) => `Koden godtogs inte. Efter så många försök godtas ingen på ${wait}: skriv sedan en ny`,
		again: {
			title: 'Om den inte godtas nästa gång heller',
			wait: 'Efter flera felaktiga koder tar portalen inte emot någon kod på en stund, inte ens en rätt. Då står det hur länge.',
			clock: 'En telefon som går fel skapar fel koder. Låt telefonen ställa in datum och tid automatiskt.',
			account: 'Ta koden från kontot som lades till senast: ett äldre Gatepass-konto skapar andra koder.',
			recovery: 'En reservkod fungerar ändå.',
			recoveryWait:
				'Efter flera felaktiga reservkoder tar portalen inte emot någon på en stund. Då står det hur länge.',
			recoveryOld: 'Nya reservkoder ersätter alla äldre: ta en från den senaste listan.',
		},
		useRecovery: 'Jag har inte min autentiseringsapp',
		recoveryTitle: 'Skriv en reservkod',
		recoveryBody: 'Du fick tio stycken när du anslöt autentiseringsappen. Varje kod fungerar en gång.',
		recovery: 'Reservkod',
		recoveryHint: 'Mellanslag och bindestreck spelar ingen roll',
		recoveryMissing: 'Skriv en av dina reservkoder',
		recoveryRefused: 'Reservkoden godtogs inte. Kontrollera den eller ta en annan: varje kod fungerar en gång',
		useCode: 'Använd koden från autentiseringsappen',
		lost: 'Har du varken appen eller koderna, tala med den som sköter portalen i verkstaden. De kan kontrollera vem du är och ta bort den gamla autentiseringsappen.',
		otherAccount: 'Logga in som någon annan',
	},

	recoveryCodes: {
		title: 'Spara dina reservkoder',
		body: 'Om du blir av med telefonen kommer du in med en av de här koderna i stället. Varje kod fungerar en gång. De visas bara nu.',
		list: 'Reservkoder',
		copy: 'Kopiera koderna',
		download: 'Ladda ner som fil',
		print: 'Skriv ut',
		file: 'gatepass-reservkoder.txt',
		fileHead: 'Reservkoder för Gatepass. Varje kod fungerar en gång. Förvara dem där telefonen inte är.',
		done: 'Jag har sparat koderna',
	},
};
