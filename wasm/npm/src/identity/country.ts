import * as raw from '../../pkg/identity/gatepass-identity.js';
import { identity } from './build.js';

/** A country of ISO 3166-1. */
export interface Country {
	/** Two letters: `SE`. */
	readonly alpha2: string;
	/** Three letters: `SWE`. */
	readonly alpha3: string;
	readonly english: string;
	readonly swedish: string;
	/** The names in its official languages, most spoken first; empty for a few places without one. */
	readonly ownNames: readonly string[];
}

/** Who issued a document, or whose national a person is, as a machine-readable zone says it (ICAO Doc 9303-3 §5). */
export interface Issuer {
	/** One to three letters: `SWE`, `D`, `XXA`. */
	readonly code: string;
	/**
	 * `country`: the three letters of ISO 3166-1. Everything else is a code beyond it: `former` is given up and still on
	 * valid documents, `specimen` is Utopia and never on a real one.
	 */
	readonly kind: 'country' | 'state' | 'organisation' | 'person' | 'former' | 'specimen';
	/** Two letters of the country behind it, where there is one: `DE` for `D`. */
	readonly country?: string;
	readonly english: string;
	readonly swedish: string;
}

/** Every country, in the order of the two-letter codes. */
export function countries(): Country[] {
	return identity.run(() => raw.countries() as Country[]);
}

/**
 * The countries that a person may mean by what was typed so far, best first. Case and accents do not matter; English,
 * Swedish, the country's own names and its codes are looked through. All of them for an empty query.
 */
export function searchCountries(query: string): Country[] {
	return identity.run(() => raw.searchCountries(query) as Country[]);
}

/** The issuer with a code of a zone, with or without the fillers after it; undefined when there is none. */
export function issuer(code: string): Issuer | undefined {
	return identity.run(() => raw.issuer(code) as Issuer | undefined);
}
