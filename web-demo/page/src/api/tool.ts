import { Client } from './client';
import type { Answer } from './error';
import type { Brand, CodeProof, IssuedPermit, ToolLogin, ToolSessionState, ToolToken } from './types';

/** The API that a diagnostic tool speaks: no cookies, a bearer token after the login. */
export class ToolApi {
	readonly #client: Client;

	constructor(client: Client = new Client()) {
		this.#client = client;
	}

	logIn(email: string, password: string, toolSerial: string): Promise<Answer<ToolLogin>> {
		return this.#client.call({ method: 'POST', path: '/tool/v1/login', body: { email, password, toolSerial } });
	}

	logInWithCode(ticket: string, proof: CodeProof): Promise<Answer<ToolToken>> {
		return this.#client.call({ method: 'POST', path: '/tool/v1/login/code', body: { ticket, ...proof } });
	}

	session(token: string): Promise<Answer<ToolSessionState>> {
		return this.#client.call({ method: 'GET', path: '/tool/v1/session', headers: bearer(token) });
	}

	logOut(token: string): Promise<Answer<undefined>> {
		return this.#client.call({ method: 'DELETE', path: '/tool/v1/session', headers: bearer(token) });
	}

	brands(token: string): Promise<Answer<readonly Brand[]>> {
		return this.#client.call({ method: 'GET', path: '/tool/v1/brands', headers: bearer(token) });
	}

	permit(token: string, brand: string, code?: string): Promise<Answer<IssuedPermit>> {
		const body = code === undefined ? { brand } : { brand, code };
		return this.#client.call({ method: 'POST', path: '/tool/v1/permits', headers: bearer(token), body });
	}

	redeem(token: string, permit: string): Promise<Answer<unknown>> {
		return this.#client.call({
			method: 'POST',
			path: '/tool/v1/permits/redemption',
			headers: bearer(token),
			body: { permit },
		});
	}

	/** The portal's public keys (RFC 7517). */
	keySet(): Promise<Answer<unknown>> {
		return this.#client.call({ method: 'GET', path: '/.well-known/jwks.json' });
	}
}

function bearer(token: string): Record<string, string> {
	return { authorization: `Bearer ${token}` };
}
