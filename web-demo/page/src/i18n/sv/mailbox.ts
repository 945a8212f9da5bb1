import type { mailbox as en } from '../en/mailbox';
import type { Translation } from '../messages';

export const mailbox: Translation<typeof en> = {
	title: 'Mailbox',
};
