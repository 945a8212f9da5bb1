import type { ApiError } from '../api/error';
import { isProblem } from '../api/error';
import { MailboxApi } from '../api/mailbox';
import type { Mail, MailSummary } from '../api/types';

export type List =
	| { readonly phase: 'loading' }
	/** The portal has no such mailbox. */
	| { readonly phase: 'off' }
	| { readonly phase: 'failed'; readonly error: ApiError }
	/** `stale`: the last look failed, the list is the one before. */
	| { readonly phase: 'ready'; readonly mails: readonly MailSummary[]; readonly stale: boolean };

export type Opened =
	| { readonly phase: 'none' }
	| { readonly phase: 'loading'; readonly id: string }
	| { readonly phase: 'gone' }
	| { readonly phase: 'failed'; readonly id: string; readonly error: ApiError }
	| { readonly phase: 'ready'; readonly mail: Mail };

/** How often the mailbox looks for new mail, in milliseconds. */
const pause = 2_000;

/** The development mailbox: looks for new mail by itself while the page is in view. */
export class Mailbox {
	list: List = $state.raw({ phase: 'loading' });
	opened: Opened = $state.raw({ phase: 'none' });

	readonly #api: MailboxApi;
	readonly #onArrival: (count: number) => void;

	/** `onArrival` is told how many mails are new to a list that was shown before. */
	constructor(onArrival: (count: number) => void, api: MailboxApi = new MailboxApi()) {
		this.#onArrival = onArrival;
		this.#api = api;
	}

	/** Looks now and then again and again. Returns what ends it. */
	watch(): () => void {
		const stop = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const look = async () => {
			if (!document.hidden) await this.look(stop.signal);
			if (!stop.signal.aborted && this.list.phase !== 'off') timer = setTimeout(() => void look(), pause);
		};
		void look();
		return () => {
			stop.abort();
			clearTimeout(timer);
		};
	}

	async look(signal?: AbortSignal): Promise<void> {
		const answer = await this.#api.list(signal);
		if (!answer.ok && answer.error.kind === 'cancelled') return;
		if (answer.ok) {
			const before = this.list.phase === 'ready' ? new Set(this.list.mails.map((mail) => mail.id)) : undefined;
			this.list = { phase: 'ready', mails: answer.value, stale: false };
			const fresh = before === undefined ? 0 : answer.value.filter((mail) => !before.has(mail.id)).length;
			if (fresh > 0) this.#onArrival(fresh);
		} else if (isProblem(answer.error, 'not_found')) {
			this.list = { phase: 'off' };
		} else if (this.list.phase === 'ready') {
			this.list = { ...this.list, stale: true };
		} else {
			this.list = { phase: 'failed', error: answer.error };
		}
	}

	async open(id: string): Promise<void> {
		this.opened = { phase: 'loading', id };
		const answer = await this.#api.mail(id);
		if (this.opened.phase !== 'loading' || this.opened.id !== id) return;
		if (answer.ok) this.opened = { phase: 'ready', mail: answer.value };
		else if (isProblem(answer.error, 'not_found', 'path_invalid')) this.opened = { phase: 'gone' };
		else this.opened = { phase: 'failed', id, error: answer.error };
	}

	close(): void {
		this.opened = { phase: 'none' };
	}

	async clear(): Promise<ApiError | undefined> {
		const answer = await this.#api.clear();
		if (!answer.ok) return answer.error;
		this.list = { phase: 'ready', mails: [], stale: false };
		return undefined;
	}
}
