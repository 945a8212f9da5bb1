/** The shapes of the portal's API, as its OpenAPI document describes them. Times are Unix milliseconds. */

export interface Account {
	readonly id: string;
	readonly email: string;
	readonly fullName: string;
	readonly workshop: string;
	readonly language: 'sv' | 'en';
	/** The technician's identity has been verified. */
	readonly verified: boolean;
}

export interface LoggedIn {
	readonly state: 'logged_in';
	readonly csrfToken: string;
	readonly account: Account;
}

/** The password was right; the authenticator's code is still wanted. */
export interface CodeWanted {
	readonly state: 'code_wanted';
	readonly csrfToken: string;
}

export interface Registration {
	readonly email: string;
	readonly password: string;
	readonly fullName: string;
	readonly workshop: string;
	readonly language: 'sv' | 'en';
}

export interface SecondFactor {
	readonly state: 'none' | 'pending' | 'active';
	readonly recoveryCodesLeft: number;
	readonly activatedAt?: number | null;
}

/** What an authenticator needs, shown once. Secret: never stored, never logged. */
export interface Enrolment {
	/** An SVG document, black on white. */
	readonly qrSvg: string;
	/** Base32. */
	readonly secret: string;
	readonly issuer: string;
	readonly account: string;
}

export interface PendingEnrolment extends Enrolment {
	readonly uri: string;
	readonly expiresAt: number;
}

export type CodeProof = { readonly code: string } | { readonly recoveryCode: string };

export type ToolLogin =
	| { readonly ticket: string; readonly expiresAt: number; readonly next: 'code' }
	| { readonly ticket: string; readonly expiresAt: number; readonly next: 'enrol'; readonly enrolment: Enrolment };

export interface Technician {
	readonly fullName: string;
	readonly initials: string;
	readonly workshop: string;
}

export interface ToolToken {
	readonly token: string;
	readonly expiresAt: number;
	readonly technician: Technician;
	/** Present once, after enrolment. */
	readonly recoveryCodes?: readonly string[] | null;
	readonly recoveryCodesLeft: number;
}

export interface ToolSessionState {
	readonly technician: Technician;
	readonly expiresAt: number;
}

export interface Brand {
	readonly id: string;
	readonly name: string;
	readonly secureGateway: boolean;
	/** What is asked of a person: the code of the session, a code for every unlock, or nothing. */
	readonly rule: 'session' | 'unlock' | 'none';
	readonly state: 'open' | 'code_wanted' | 'no_gateway';
}

export interface IssuedPermit {
	/** JWT, EdDSA. */
	readonly permit: string;
	readonly jti: string;
	readonly brand: string;
	readonly expiresAt: number;
}

export interface MailSummary {
	readonly id: string;
	readonly to: string;
	readonly subject: string;
	readonly sentAt: number;
}

export interface Mail extends MailSummary {
	readonly html: string;
	readonly text: string;
	readonly links: readonly string[];
}
