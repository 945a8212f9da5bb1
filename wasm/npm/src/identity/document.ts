import * as raw from '../../pkg/identity/gatepass-identity.js';
import type { DocumentKind } from '../types.js';
import { identity } from './build.js';
import type { MrzFormat } from './mrz.js';

/** The side with the portrait (of a passport the data page), or the other side of a card. */
export type Side = 'front' | 'back';

/** What is asked of a kind of document of a country. */
export interface DocumentRule {
	readonly kind: DocumentKind;
	/** Whether such documents are accepted: not when the country has none that are valid. */
	readonly offered: boolean;
	/** The sides that are photographed, in this order. */
	readonly sides: readonly Side[];
	/** Where the machine-readable zone is; absent when none is known, which does not say that there is none. */
	readonly zone?: { readonly side: Side; readonly format: MrzFormat };
	/**
	 * How sure this is: the source says it of this document, or it follows from a law; `unverified` is likely, `general` is
	 * the rule for every country that was not looked up. Only the first two are grounds to refuse a picture without a zone.
	 */
	readonly certainty: 'read' | 'law' | 'unverified' | 'general';
	/** Where it is written. */
	readonly source: string;
}

/**
 * What a person with documents of a country can choose from, in the order in which it is shown. `country`: two capital
 * letters. Throws `unknown_country`.
 */
export function documentsOffered(country: string): DocumentRule[] {
	return identity.run(() => raw.documentsOffered(country) as DocumentRule[]);
}

/** What is asked of one kind of document of a country. Throws `unknown_country`. */
export function documentRule(country: string, kind: DocumentKind): DocumentRule {
	return identity.run(() => raw.documentRule(country, kind) as DocumentRule);
}
