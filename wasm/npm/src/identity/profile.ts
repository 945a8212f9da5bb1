import * as raw from '../../pkg/identity/gatepass-identity.js';
import type { ProfileFault, ProfileField } from '../codes.js';
import { identity } from './build.js';

/** What was typed, field by field; an empty text is nothing. Personal data. */
export interface ProfileDraft {
	readonly company: string;
	/** Organisation or VAT number. */
	readonly number: string;
	/** Street and house number. */
	readonly street: string;
	readonly postalCode: string;
	readonly city: string;
	/** Province, or the code of a country that has none: `provinceOffer`. */
	readonly province: string;
	/** Two-letter code. */
	readonly country: string;
	/** With `+` and country code. */
	readonly phone: string;
	/** As verified, letter by letter. */
	readonly givenNames: string;
	readonly surname: string;
	readonly role: ProfileRole | '';
	readonly language: ProfileLanguage | '';
}

/** What a person does in the workshop. */
export type ProfileRole = 'technician' | 'foreman' | 'service_advisor' | 'manager';

/** A language that mails and pages are written in. */
export type ProfileLanguage = 'sv' | 'en';

/** The name that was verified. A person with a single name has no given names. Personal data. */
export interface VerifiedName {
	readonly givenNames: string;
	readonly surname: string;
}

/** A complete profile: trimmed, composed (NFC), inner spaces made single, the phone number in the form of E.164. Personal data. */
export interface Profile extends ProfileDraft {
	/** What the number is. */
	readonly numberKind: 'vat' | 'organisation';
	readonly role: ProfileRole;
	readonly language: ProfileLanguage;
}

/** A profile, or every field that is not right yet, in the order of the form, each once. */
export type CheckedProfile =
	| { readonly ok: true; readonly profile: Profile }
	| {
			readonly ok: false;
			readonly errors: readonly { readonly field: ProfileField; readonly fault: ProfileFault }[];
	  };

/** Checks what was typed against the rules and the verified name. Never throws for what was typed. */
export function checkProfile(draft: ProfileDraft, verified: VerifiedName): CheckedProfile {
	return identity.run(() => raw.checkProfile(draft, verified) as CheckedProfile);
}

/**
 * What is offered for the province of a country whose addresses have none: its code, such as `SE`. Undefined where there are
 * provinces. Throws `unknown_country`.
 */
export function provinceOffer(country: string): string | undefined {
	return identity.run(() => raw.provinceOffer(country));
}
