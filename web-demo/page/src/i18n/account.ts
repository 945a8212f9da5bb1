import { account as en } from './en/account';
import type { Catalogue } from './messages';
import { account as sv } from './sv/account';

export const account: Catalogue<typeof en> = { en, sv };
