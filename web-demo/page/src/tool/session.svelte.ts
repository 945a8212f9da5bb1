import { createContext } from 'svelte';
import type { Answer, ApiError } from '../api/error';
import { isProblem } from '../api/error';
import { ToolApi } from '../api/tool';
import type { Brand, CodeProof, Enrolment, Technician } from '../api/types';
import { checkPermit, type PermitCheck } from './permit';
import { toolSerial } from './serial';

/** Why a login cannot go on by trying again at once. Each is a page of its own with ways out. */
export type Stop =
	| { readonly why: 'notVerified' | 'expired' }
	/** `until`: Unix milliseconds. */
	| { readonly why: 'throttled'; readonly until: number };

/** What the window shows. */
export type View =
	/** A kept session is being checked. */
	| { readonly name: 'checking' }
	| { readonly name: 'start'; readonly because?: 'ended' | 'loggedOut' }
	| { readonly name: 'credentials' }
	| { readonly name: 'enrolment'; readonly ticket: string; readonly enrolment: Enrolment }
	| { readonly name: 'code'; readonly ticket: string }
	| { readonly name: 'stopped'; readonly stop: Stop }
	| { readonly name: 'recoveryCodes'; readonly codes: readonly string[] }
	| { readonly name: 'brands' }
	| { readonly name: 'brand'; readonly brand: Brand };

/** Who is logged in. */
export interface Login {
	readonly token: string;
	/** Unix milliseconds. */
	readonly expiresAt: number;
	/** Personal data: name and workshop. */
	readonly technician: Technician;
	readonly recoveryCodesLeft: number | undefined;
}

/** A permit that this tool holds. */
export interface HeldPermit {
	readonly permit: string;
	/** Unix milliseconds. */
	readonly expiresAt: number;
	/** `undefined` while it is being checked; `keysFailed` when the key set could not be had. */
	readonly check: PermitCheck | 'keysFailed' | undefined;
	readonly redeemed: boolean;
	/** Why the portal would not take it. It never will: a new one is offered. */
	readonly refused?: 'used' | 'expired' | 'invalid';
}

export type BrandList =
	| { readonly phase: 'loading' }
	| { readonly phase: 'failed'; readonly error: ApiError }
	| { readonly phase: 'ready'; readonly brands: readonly Brand[] };

const storageKey = 'gatepass.toolSession';

/** The tool: who is logged in, what is shown, which permits are held. One per window. */
export class ToolSession {
	readonly serial = toolSerial();
	/** Kept over a failed login, so that nobody types it twice. */
	email = $state('');
	view: View = $state.raw({ name: 'checking' });
	login: Login | undefined = $state.raw();
	brands: BrandList = $state.raw({ phase: 'loading' });
	/** By brand id. */
	permits: Readonly<Record<string, HeldPermit>> = $state.raw({});

	readonly #api: ToolApi;
	#keySet: unknown;

	constructor(api: ToolApi = new ToolApi()) {
		this.#api = api;
	}

	/** Takes up the session that this browser tab kept, if the portal still knows it. */
	async resume(): Promise<void> {
		const kept = readLogin();
		if (kept === undefined) {
			this.view = { name: 'start' };
			return;
		}
		const answer = await this.#api.session(kept.token);
		if (answer.ok) {
			this.#enter({ ...kept, technician: answer.value.technician, expiresAt: answer.value.expiresAt });
			this.#openBrands();
		} else if (isProblem(answer.error, 'not_logged_in')) {
			this.#forget();
			this.view = { name: 'start', because: 'ended' };
		} else {
			// No word against the session: the brands' view says that the portal cannot be reached.
			this.#enter(kept);
			this.#openBrands();
		}
	}

	startLogin(): void {
		this.view = { name: 'credentials' };
	}

	/** Answers with an error that belongs to the form; everything else changes the view. */
	async sendCredentials(password: string): Promise<ApiError | undefined> {
		const answer = await this.#api.logIn(this.email.trim(), password, this.serial);
		if (!answer.ok) return this.#stopped(answer.error);
		const { ticket } = answer.value;
		this.view =
			answer.value.next === 'enrol'
				? { name: 'enrolment', ticket, enrolment: answer.value.enrolment }
				: { name: 'code', ticket };
		return undefined;
	}

	/** Answers with an error that belongs to the form; everything else changes the view. */
	async sendCode(ticket: string, proof: CodeProof): Promise<ApiError | undefined> {
		const answer = await this.#api.logInWithCode(ticket, proof);
		if (!answer.ok) return this.#stopped(answer.error);
		const { token, expiresAt, technician, recoveryCodesLeft, recoveryCodes } = answer.value;
		this.#enter({ token, expiresAt, technician, recoveryCodesLeft });
		if (recoveryCodes != null && recoveryCodes.length > 0) this.view = { name: 'recoveryCodes', codes: recoveryCodes };
		else this.#openBrands();
		return undefined;
	}

	/** The recovery codes are saved: they are forgotten here. */
	savedRecoveryCodes(): void {
		this.#openBrands();
	}

	async logOut(): Promise<void> {
		const token = this.login?.token;
		this.#forget();
		this.view = { name: 'start', because: 'loggedOut' };
		// Said to the portal too; if it cannot be reached, the session ends there by itself.
		if (token !== undefined) await this.#api.logOut(token);
	}

	/** The session's time is over, or the portal has ended it. */
	end(): void {
		this.#forget();
		this.view = { name: 'start', because: 'ended' };
	}

	showBrands(): void {
		this.view = { name: 'brands' };
	}

	showBrand(brand: Brand): void {
		this.view = { name: 'brand', brand };
	}

	async loadBrands(): Promise<void> {
		const token = this.login?.token;
		if (token === undefined) return;
		this.brands = { phase: 'loading' };
		const answer = await this.#api.brands(token);
		if (this.#ended(answer)) return;
		this.brands = answer.ok ? { phase: 'ready', brands: answer.value } : { phase: 'failed', error: answer.error };
	}

	/** Asks for a permit and checks it. Answers with an error that belongs to the form. */
	async askForPermit(brand: Brand, code?: string): Promise<ApiError | undefined> {
		const token = this.login?.token;
		if (token === undefined) return undefined;
		const answer = await this.#api.permit(token, brand.id, code);
		if (this.#ended(answer)) return undefined;
		if (!answer.ok) return answer.error;
		const { permit, expiresAt } = answer.value;
		this.#hold(brand, { permit, expiresAt, check: undefined, redeemed: false });
		await this.checkAgain(brand);
		return undefined;
	}

	/** Checks the held permit of a brand against the key set; fetches the set when a key is new to this page. */
	async checkAgain(brand: Brand): Promise<void> {
		const held = this.permits[brand.id];
		if (held === undefined) return;
		let check = this.#keySet === undefined ? undefined : await this.#check(held, brand);
		if (check === undefined || (check.state === 'refused' && check.reason === 'unknown_key')) {
			const keys = await this.#api.keySet();
			if (keys.ok) {
				this.#keySet = keys.value;
				check = await this.#check(held, brand);
			}
		}
		if (this.permits[brand.id]?.permit === held.permit) this.#hold(brand, { ...held, check: check ?? 'keysFailed' });
	}

	/** Uses the permit: it works once. */
	async redeem(brand: Brand): Promise<ApiError | undefined> {
		const token = this.login?.token;
		const held = this.permits[brand.id];
		if (token === undefined || held === undefined) return undefined;
		const answer = await this.#api.redeem(held.permit);
		if (this.#ended(answer)) return undefined;
		if (!answer.ok) {
			const refused = refusalOf(answer.error);
			if (refused !== undefined) this.#hold(brand, { ...held, refused });
			return answer.error;
		}
		this.#hold(brand, { ...held, redeemed: true });
		return undefined;
	}

	#check(held: HeldPermit, brand: Brand): Promise<PermitCheck> {
		const expected = { issuer: location.origin, tool: this.serial, brand: brand.id, now: Date.now() };
		// Absent outside secure contexts, whatever the types say.
		return checkPermit(held.permit, this.#keySet, expected, globalThis.crypto.subtle as SubtleCrypto | undefined);
	}

	#hold(brand: Brand, held: HeldPermit): void {
		this.permits = { ...this.permits, [brand.id]: held };
	}

	#stopped(error: ApiError): ApiError | undefined {
		const stop = stopFor(error);
		if (stop === undefined) return error;
		this.view = { name: 'stopped', stop };
		return undefined;
	}

	/** Whether the portal said that the session is over; then the window already shows it. */
	#ended(answer: Answer<unknown>): boolean {
		if (answer.ok || !isProblem(answer.error, 'not_logged_in')) return false;
		this.end();
		return true;
	}

	#enter(login: Login): void {
		this.login = login;
		keepLogin(login);
	}

	#openBrands(): void {
		this.view = { name: 'brands' };
		void this.loadBrands();
	}

	#forget(): void {
		this.login = undefined;
		this.permits = {};
		this.brands = { phase: 'loading' };
		keepLogin(undefined);
	}
}

export const [getTool, setTool] = createContext<ToolSession>();

function stopFor(error: ApiError): Stop | undefined {
	if (error.kind !== 'problem') return undefined;
	switch (error.code) {
		case 'not_verified':
			return { why: 'notVerified' };
		case 'throttled':
			return { why: 'throttled', until: Date.now() + (error.retryAfter ?? 60_000) };
		case 'ticket_invalid':
		case 'enrolment_missing':
			return { why: 'expired' };
		default:
			return undefined;
	}
}

/** Whether the portal has said that a permit will never do. */
function refusalOf(error: ApiError): HeldPermit['refused'] {
	if (isProblem(error, 'permit_used')) return 'used';
	if (isProblem(error, 'permit_expired')) return 'expired';
	return isProblem(error, 'permit_invalid') ? 'invalid' : undefined;
}

/** In `sessionStorage`: a reload keeps the technician logged in, closing the window does not. */
function keepLogin(login: Login | undefined): void {
	try {
		if (login === undefined) sessionStorage.removeItem(storageKey);
		else sessionStorage.setItem(storageKey, JSON.stringify(login));
	} catch {
		// Blocked: a reload asks for the login again.
	}
}

function readLogin(): Login | undefined {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
		if (typeof kept !== 'object' || kept === null) return undefined;
		const { token, expiresAt, technician } = kept as Partial<Login>;
		if (typeof token !== 'string' || typeof expiresAt !== 'number' || typeof technician !== 'object') return undefined;
		return kept as Login;
	} catch {
		return undefined;
	}
}
