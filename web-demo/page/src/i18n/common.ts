import { common as en } from './en/common';
import type { Catalogue } from './messages';
import { common as sv } from './sv/common';

export const common: Catalogue<typeof en> = { en, sv };
