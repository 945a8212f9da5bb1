import type { ApiError } from '../api/error';
import type { Shell } from './shell.svelte';

/** "40 seconds", "2 minutes", "1 hour": rounded up, so that the wait is over when it says so. */
export function duration(milliseconds: number, shell: Shell): string {
	const seconds = Math.max(1, Math.ceil(milliseconds / 1_000));
	if (seconds < 90) return shell.common.seconds(seconds);
	const minutes = Math.ceil(seconds / 60);
	return minutes < 90 ? shell.common.minutes(minutes) : shell.common.hours(Math.ceil(minutes / 60));
}

/**
 * What happened and what to do now, for every failure that a page has no better words for. Read it while rendering: it
 * follows the language.
 */
export function failureText(error: ApiError, shell: Shell): string {
	const text = shell.common.failure;
	switch (error.kind) {
		case 'offline':
			return text.offline;
		case 'timeout':
			return text.timeout;
		case 'cancelled':
		case 'unreadable':
			return text.unreadable;
		case 'problem':
			switch (error.code) {
				case 'throttled':
					return error.retryAfter === undefined
						? text.throttledUnknown
						: text.throttled(duration(error.retryAfter, shell));
				case 'csrf_missing':
					return text.pageExpired;
				case 'body_too_large':
					return text.tooLarge;
				default:
					return error.status >= 500 ? text.fault : text.refused;
			}
	}
}
