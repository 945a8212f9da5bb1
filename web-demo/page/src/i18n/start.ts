import { start as en } from './en/start';
import type { Catalogue } from './messages';
import { start as sv } from './sv/start';

export const start: Catalogue<typeof en> = { en, sv };
