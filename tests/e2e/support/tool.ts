/** The tool's side over HTTP, for tests that are about the portal's answers rather than the screen. */

import { oathtool } from './judges.ts';
import { type Answer, post, type Technician, verifiedTechnician } from './people.ts';
import type { Portal } from './portal.ts';
import { expect } from './test.ts';

export const SERIAL = 'E2E-0001';

interface Login {
	ticket: string;
	next: 'enrol' | 'code';
	enrolment?: { secret: string };
}

export interface Session {
	token: string;
	recoveryCodes?: string[];
}

export interface Permit {
	permit: string;
	jti: string;
	expiresAt: number;
}

/** A verified technician whose authenticator is connected: all that a test needs to log in again. */
export interface Connected extends Technician {
	secret: string;
	/** The code that connected it: used up. */
	code: string;
	token: string;
	recoveryCodes: string[];
}

export function logIn(portal: Portal, person: Technician): Promise<Answer<Login>> {
	return post(portal, '/tool/v1/login', { email: person.email, password: person.password, toolSerial: SERIAL });
}

/** `ahead`: seconds between the portal's clock and ours, when a test has moved it. */
export async function connected(portal: Portal, ahead = 0): Promise<Connected> {
	const person = await verifiedTechnician(portal);
	const { body } = await logIn(portal, person);
	const secret = body.enrolment?.secret ?? '';
	const code = oathtool(secret, ahead);
	const { status, body: session } = await sendCode(portal, body.ticket, code);
	expect(status).toBe(200);
	return { ...person, secret, code, token: session.token, recoveryCodes: session.recoveryCodes ?? [] };
}

export function sendCode(portal: Portal, ticket: string, code: string): Promise<Answer<Session>> {
	return post(portal, '/tool/v1/login/code', { ticket, code });
}

export async function newTicket(portal: Portal, person: Technician): Promise<string> {
	const { status, body } = await logIn(portal, person);
	expect(status).toBe(200);
	return body.ticket;
}

export function redeem(portal: Portal, permit: string, token: string): Promise<Answer<{ code?: string }>> {
	return post(portal, '/tool/v1/permits/redemption', { permit }, token);
}
