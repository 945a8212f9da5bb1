import type { common as en } from '../en/common';
import { plural, type Translation } from '../messages';

export const common: Translation<typeof en> = {
	product: 'Gatepass',
	skip: 'Hoppa till innehållet',
	back: 'Tillbaka',
	close: 'Stäng',
	cancel: 'Avbryt',
	continue: 'Fortsätt',
	tryAgain: 'Försök igen',
	copy: 'Kopiera',
	copied: 'Kopierat',
	copyFailed: 'Webbläsaren tillät inte kopiering. Markera texten och kopiera för hand.',
	opensNewTab: '(öppnas i en ny flik)',
	optional: (label) => `${label} (valfritt)`,
	waysOn: 'Vägar vidare',

	languageName: 'English',
	languageCode: 'en',
	theme: { legend: 'Färger', system: 'System', light: 'Ljust', dark: 'Mörkt' },

	errorPrefix: 'Fel:',
	errorSummary: 'Något behöver rättas',

	password: {
		show: 'Visa',
		hide: 'Dölj',
		shown: 'Lösenordet visas',
		hidden: 'Lösenordet är dolt',
		showLabel: 'Visa lösenordet',
		hideLabel: 'Dölj lösenordet',
	},
	code: { label: 'Kod', hint: '6 siffror från din autentiseringsapp' },

	busy: 'Arbetar',
	slow: 'Det tar längre tid än vanligt. Vi väntar fortfarande på svar.',
	loading: 'Hämtar',

	seconds: (count) => `${count} ${plural('sv', count, { one: 'sekund', other: 'sekunder' })}`,
	minutes: (count) => `${count} ${plural('sv', count, { one: 'minut', other: 'minuter' })}`,
	hours: (count) => `${count} ${plural('sv', count, { one: 'timme', other: 'timmar' })}`,

	failure: {
		offline:
			'Det finns ingen kontakt med portalen. Kontrollera nätet och försök igen. Inget du skrev har gått förlorat.',
		timeout: 'Portalen svarade inte i tid. Försök igen. Inget du skrev har gått förlorat.',
		fault: 'Något gick fel hos oss. Inget du skrev har gått förlorat. Försök igen om en minut.',
		unreadable: 'Portalen svarade på ett sätt som sidan inte förstår. Ladda om sidan.',
		throttled: (wait) => `Det har varit för många försök. Vänta ${wait} och försök sedan igen.`,
		throttledUnknown: 'Det har varit för många försök. Vänta några minuter och försök sedan igen.',
		pageExpired: 'Sidan var öppen för länge. Ladda om den och gör om steget.',
		refused: 'Portalen godtog inte detta. Kontrollera det du skrev och försök igen.',
		tooLarge: 'Det är för mycket text. Korta ner den och försök igen.',
	},
};
