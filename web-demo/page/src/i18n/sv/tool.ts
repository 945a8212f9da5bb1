import type { tool as en } from '../en/tool';
import type { Translation } from '../messages';

export const tool: Translation<typeof en> = {
	title: 'Tool',
};
