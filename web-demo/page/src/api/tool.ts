import { Client } from './client';
import type { ResultOf } from './contract';
import type { Answer } from './error';
import type { Brand, CodeProof, IssuedPermit } from './types';

export type ToolLogin = ResultOf<'POST', '/tool/v1/login'>;
export type ToolToken = ResultOf<'POST', '/tool/v1/login/code'>;
export type ToolSessionState = ResultOf<'GET', '/tool/v1/session'>;

/** The API that a diagnostic tool speaks: no cookies, a bearer token after the login. */
export class ToolApi {
	readonly #client: Client;

	constructor(client: Client = new Client()) {
		this.#client = client;
	}

	logIn(email: string, password: string, toolSerial: string): Promise<Answer<ToolLogin>> {
		return this.#client.call('POST', '/tool/v1/login', { body: { email, password, toolSerial } });
	}

	logInWithCode(ticket: string, proof: CodeProof): Promise<Answer<ToolToken>> {
		return this.#client.call('POST', '/tool/v1/login/code', { body: { ticket, ...proof } });
	}

	session(token: string): Promise<Answer<ToolSessionState>> {
		return this.#client.call('GET', '/tool/v1/session', { headers: bearer(token) });
	}

	logOut(token: string): Promise<Answer<unknown>> {
		return this.#client.call('DELETE', '/tool/v1/session', { headers: bearer(token) });
	}

	brands(token: string): Promise<Answer<readonly Brand[]>> {
		return this.#client.call('GET', '/tool/v1/brands', { headers: bearer(token) });
	}

	permit(token: string, brand: string, code?: string): Promise<Answer<IssuedPermit>> {
		const body = code === undefined ? { brand } : { brand, code };
		return this.#client.call('POST', '/tool/v1/permits', { headers: bearer(token), body });
	}

	/** The permit itself is the proof: no session is needed. */
	redeem(permit: string): Promise<Answer<unknown>> {
		return this.#client.call('POST', '/tool/v1/permits/redemption', { body: { permit } });
	}

	/** The portal's public keys (RFC 7517). */
	keySet(): Promise<Answer<unknown>> {
		return this.#client.call('GET', '/.well-known/jwks.json', {});
	}
}

function bearer(token: string): Record<string, string> {
	return { authorization: `Bearer ${token}` };
}
