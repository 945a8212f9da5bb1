import type { account as en } from '../en/account';
import type { Translation } from '../messages';

export const account: Translation<typeof en> = {
	title: 'Account',
};
