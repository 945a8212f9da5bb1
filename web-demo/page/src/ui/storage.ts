/**
 * Preferences of this browser. Storage may be blocked or full: then a preference lasts as long as the page, and
 * nothing fails.
 */
export function readPreference(key: string): string | undefined {
	try {
		return localStorage.getItem(`gatepass.${key}`) ?? undefined;
	} catch {
		return undefined;
	}
}

/** `undefined` forgets the preference. */
export function writePreference(key: string, value: string | undefined): void {
	try {
		if (value === undefined) localStorage.removeItem(`gatepass.${key}`);
		else localStorage.setItem(`gatepass.${key}`, value);
	} catch {
		// Blocked or full: the choice holds until the page is closed.
	}
}
