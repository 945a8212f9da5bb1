import { secondFactor as en } from './en/secondFactor';
import type { Catalogue } from './messages';
import { secondFactor as sv } from './sv/secondFactor';

export const secondFactor: Catalogue<typeof en> = { en, sv };
