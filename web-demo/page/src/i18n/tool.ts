import { tool as en } from './en/tool';
import type { Catalogue } from './messages';
import { tool as sv } from './sv/tool';

export const tool: Catalogue<typeof en> = { en, sv };
