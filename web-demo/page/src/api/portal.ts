import { type Call, Client } from './client';
import type { Method, PathFor, ResultOf } from './contract';
import { type Answer, isProblem } from './error';
import type { CodeProof, PendingEnrolment, Registration, SecondFactor, Session } from './types';

type Done = Promise<Answer<unknown>>;

/** The account API. Holds the session's proof against forged requests; the session itself is a cookie nobody reads. */
export class Portal {
	readonly #client: Client;
	#csrfToken: string | undefined;

	constructor(client: Client = new Client()) {
		this.#client = client;
	}

	register(registration: Registration): Done {
		return this.#change('POST', '/api/v1/accounts', { body: registration });
	}

	confirm(token: string): Promise<Answer<{ readonly email: string }>> {
		return this.#change('POST', '/api/v1/accounts/confirmation', { body: { token } });
	}

	resendConfirmation(email: string): Done {
		return this.#change('POST', '/api/v1/accounts/confirmation/resend', { body: { email } });
	}

	logIn(email: string, password: string): Promise<Answer<Session>> {
		return this.#remember(this.#change('POST', '/api/v1/session', { body: { email, password } }));
	}

	logInWithCode(proof: CodeProof): Promise<Answer<Session>> {
		return this.#remember(this.#change('POST', '/api/v1/session/code', { body: proof }));
	}

	session(): Promise<Answer<Session>> {
		return this.#remember(this.#client.call('GET', '/api/v1/session', {}));
	}

	logOut(): Done {
		return this.#change('DELETE', '/api/v1/session', {});
	}

	logOutEverywhere(): Done {
		return this.#change('DELETE', '/api/v1/sessions', {});
	}

	askForReset(email: string): Done {
		return this.#change('POST', '/api/v1/password-reset', { body: { email } });
	}

	completeReset(token: string, password: string): Done {
		return this.#change('POST', '/api/v1/password-reset/complete', { body: { token, password } });
	}

	changePassword(currentPassword: string, newPassword: string): Done {
		return this.#change('POST', '/api/v1/account/password', { body: { currentPassword, newPassword } });
	}

	changeEmail(newEmail: string, password: string): Done {
		return this.#change('POST', '/api/v1/account/email', { body: { newEmail, password } });
	}

	confirmEmail(token: string): Promise<Answer<{ readonly email: string }>> {
		return this.#change('POST', '/api/v1/account/email/confirmation', { body: { token } });
	}

	secondFactor(): Promise<Answer<SecondFactor>> {
		return this.#client.call('GET', '/api/v1/second-factor', {});
	}

	/** `proof` where an authenticator is active. */
	enrol(password: string, proof?: CodeProof): Promise<Answer<PendingEnrolment>> {
		return this.#change('POST', '/api/v1/second-factor/enrolment', { body: { password, ...proof } });
	}

	confirmEnrolment(code: string): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
		return this.#change('POST', '/api/v1/second-factor/enrolment/confirmation', { body: { code } });
	}

	newRecoveryCodes(code: string): Promise<Answer<{ readonly recoveryCodes: readonly string[] }>> {
		return this.#change('POST', '/api/v1/second-factor/recovery-codes', { body: { code } });
	}

	removeSecondFactor(password: string, proof: CodeProof): Done {
		return this.#change('POST', '/api/v1/second-factor/removal', { body: { password, ...proof } });
	}

	/**
	 * A refused proof means that nothing was done: the token is fetched again and the request sent once more. That is
	 * how a tab survives that another tab has logged in anew.
	 */
	async #change<M extends Exclude<Method, 'GET'>, P extends PathFor<M>>(
		method: M,
		path: P,
		call: Call<M, P>,
	): Promise<Answer<ResultOf<M, P>>> {
		const first = await this.#client.call(method, path, this.#proved(call));
		if (first.ok || !isProblem(first.error, 'csrf_missing')) return first;
		const session = await this.session();
		return session.ok ? this.#client.call(method, path, this.#proved(call)) : first;
	}

	#proved<T extends object>(call: T): T {
		return this.#csrfToken === undefined ? call : { ...call, headers: { 'x-csrf-token': this.#csrfToken } };
	}

	async #remember(answer: Promise<Answer<Session>>): Promise<Answer<Session>> {
		const result = await answer;
		if (result.ok) this.#csrfToken = result.value.csrfToken;
		return result;
	}
}
