import type { start as en } from '../en/start';
import type { Translation } from '../messages';

export const start: Translation<typeof en> = {
	title: 'Start',
};
