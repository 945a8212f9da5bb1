/**
 * The token of a mail's link: it stands in the fragment, which no server sees. It is taken out of the address at once,
 * so that it stays neither in the history nor in a bookmark.
 */
export function takeToken(): string | undefined {
	const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
	if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
	return token;
}
