import type { AccountView } from './shared/protocol';

/** From this many accounts on there is a search field. */
export const SEARCH_FROM = 6;

/** The accounts in which every word of `query` begins or lies somewhere, accents and case aside. */
export function search(accounts: readonly AccountView[], query: string): readonly AccountView[] {
	const words = plain(query).split(/\s+/).filter(Boolean);
	return accounts.filter(({ issuer, account }) => {
		const text = plain(`${issuer} ${account}`);
		return words.every((word) => text.includes(word));
	});
}

function plain(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
