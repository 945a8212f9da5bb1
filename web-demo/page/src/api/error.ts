/** Everything that can go wrong between this page and the portal, and nothing else. */
export type ApiError =
	/** The portal refused, with a problem document (RFC 9457). Switch on `code`. */
	| {
			readonly kind: 'problem';
			readonly status: number;
			/** Stable, snake_case; the list is the portal's. */
			readonly code: string;
			/** Field name → stable code of what is wrong with it. */
			readonly fields: Readonly<Record<string, string>>;
			/** Milliseconds until it makes sense to try again. */
			readonly retryAfter: number | undefined;
	  }
	/** No answer: no network, or the portal is down. */
	| { readonly kind: 'offline' }
	/** No answer in time. What was sent may have been done. */
	| { readonly kind: 'timeout' }
	/** The caller took the request back. Never shown. */
	| { readonly kind: 'cancelled' }
	/** An answer that is not of the documented shape: an old page, or something between us and the portal. */
	| { readonly kind: 'unreadable'; readonly status: number };

/** An outcome as a value: callers cannot forget the second half. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError };

/** Whether an error is this problem. */
export function isProblem(error: ApiError, ...codes: readonly string[]): boolean {
	return error.kind === 'problem' && codes.includes(error.code);
}
