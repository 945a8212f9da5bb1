import { mailbox as en } from './en/mailbox';
import type { Catalogue } from './messages';
import { mailbox as sv } from './sv/mailbox';

export const mailbox: Catalogue<typeof en> = { en, sv };
