import type { authenticator as en } from '../en/authenticator';
import type { Translation } from '../messages';

export const authenticator: Translation<typeof en> = {
	title: 'Autentiserare',
};
