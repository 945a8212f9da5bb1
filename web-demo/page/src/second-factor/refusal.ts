import type { ApiError } from '../api/error';
import { secondFactor } from '../i18n/secondFactor';
import { duration } from '../ui/failure';
import type { Shell } from '../ui/shell.svelte';

/**
 * What to say of a refused code: while the portal takes none, for how long. Whether the code itself was wrong it does not
 * say. Read it while rendering: it follows the language.
 */
export function codeRefusal(error: ApiError, recovery: boolean, shell: Shell): string {
	const t = shell.locale.pick(secondFactor).code;
	if (error.kind === 'problem' && error.retryAfter !== undefined) return t.paused(duration(error.retryAfter, shell));
	return recovery ? t.recoveryRefused : t.refused;
}
