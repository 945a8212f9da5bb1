import { Client } from './client';
import { type Answer, isProblem } from './error';
import type { CodeProof, CodeWanted, LoggedIn, PendingEnrolment, Registration, SecondFactor } from './types';

/** The account API. Holds the session's proof against forged requests; the session itself is a cookie nobody reads. */
export class Portal {
	readonly #client: Client;
	#csrfToken: string | undefined;

	constructor(client: Client = new Client()) {
		this.#client = client;
	}

	register(registration: Registration): Promise<Answer<undefined>> {
		return this.#post('/api/v1/accounts', registration);
	}

	confirm(token: string): Promise<Answer<{ readonly email: string }>> {
		return this.#post('/api/v1/accounts/confirmation', { token });
	}

	resendConfirmation(email: string): Promise<Answer<undefined>> {
		return this.#post('/api/v1/accounts/confirmation/resend', { email });
	}

	logIn(email: string, password: string): Promise<Answer<LoggedIn | CodeWanted>> {
		return this.#remember(this.#post('/api/v1/session', { email, password }));
	}

	logInWithCode(proof: CodeProof): Promise<Answer<LoggedIn>> {
		return this.#remember(this.#post('/api/v1/session/code', proof));
	}

	session(signal?: AbortSignal): Promise<Answer<LoggedIn | CodeWanted>> {
		return this.#remember(this.#client.call<LoggedIn | CodeWanted>({ method: 'GET', path: '/api/v1/session', signal }));
	}

	logOut(): Promise<Answer<undefined>> {
		return this.#unsafe('DELETE', '/api/v1/session');
	}

	logOutEverywhere(): Promise<Answer<undefined>> {
		return this.#unsafe('DELETE', '/api/v1/sessions');
	}

	askForReset(email: string): Promise<Answer<undefined>> {
		return this.#post('/api/v1/password-reset', { email });
	}

	completeReset(token: string, password: string): Promise<Answer<{ readonly email: string }>> {
		return this.#post('/api/v1/password-reset/complete', { token, password });
	}

	changePassword(currentPassword: string, newPassword: string): Promise<Answer<undefined>> {
		return this.#post('/api/v1/account/password', { currentPassword, newPassword });
	}

	changeEmail(newEmail: string, password: string): Promise<Answer<undefined>> {
		return this.#post('/api/v1/account/email', { newEmail, password });
	}

	confirmEmail(token: string): Promise<Answer<{ readonly email: string }>> {
		return this.#post('/api/v1/account/email/confirmation', { token });
	}

	secondFactor(): Promise<Answer<SecondFactor>> {
		return this.#client.call({ method: 'GET', path: '/api/v1/second-factor' });
	}

	enrol(password: string): Promise<Answer<PendingEnrolment>> {
		return this.#post('/api/v1/second-factor/enrolment', { password });
	}

	confirmEnrolment(code: string): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
		return this.#post('/api/v1/second-factor/enrolment/confirmation', { code });
	}

	newRecoveryCodes(code: string): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
		return this.#post('/api/v1/second-factor/recovery-codes', { code });
	}

	removeSecondFactor(password: string, proof: CodeProof): Promise<Answer<undefined>> {
		return this.#post('/api/v1/second-factor/removal', { password, ...proof });
	}

	#post<T>(path: string, body: unknown): Promise<Answer<T>> {
		return this.#unsafe('POST', path, body);
	}

	/**
	 * A refused proof means that nothing was done: the token is fetched again and the request sent once more. That is
	 * how a tab survives that another tab has logged in anew.
	 */
	async #unsafe<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>> {
		const first = await this.#send<T>(method, path, body);
		if (first.ok || !isProblem(first.error, 'csrf_missing')) return first;
		const session = await this.session();
		return session.ok ? this.#send<T>(method, path, body) : first;
	}

	#send<T>(method: 'POST' | 'DELETE', path: string, body: unknown): Promise<Answer<T>> {
		const headers: Record<string, string> = this.#csrfToken === undefined ? {} : { 'x-csrf-token': this.#csrfToken };
		return this.#client.call<T>({ method, path, headers, ...(body === undefined ? {} : { body }) });
	}

	async #remember<T extends LoggedIn | CodeWanted>(answer: Promise<Answer<T>>): Promise<Answer<T>> {
		const result = await answer;
		if (result.ok) this.#csrfToken = result.value.csrfToken;
		return result;
	}
}
