import { authenticator as en } from './en/authenticator';
import type { Catalogue } from './messages';
import { authenticator as sv } from './sv/authenticator';

export const authenticator: Catalogue<typeof en> = { en, sv };
