import { Client } from './client';
import type { Answer } from './error';
import type { Mail, MailSummary } from './types';

/** The mails that a development portal would have sent. Other portals answer `not_found`. */
export class MailboxApi {
	readonly #client: Client;

	constructor(client: Client = new Client()) {
		this.#client = client;
	}

	/** Newest first. */
	list(signal?: AbortSignal): Promise<Answer<readonly MailSummary[]>> {
		return this.#client.call('GET', '/api/v1/mailbox', { signal });
	}

	mail(id: string): Promise<Answer<Mail>> {
		return this.#client.call('GET', '/api/v1/mailbox/{id}', { parameters: { id } });
	}

	clear(): Promise<Answer<unknown>> {
		return this.#client.call('DELETE', '/api/v1/mailbox', {});
	}
}
