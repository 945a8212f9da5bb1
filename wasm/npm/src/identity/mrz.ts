import * as raw from '../../pkg/identity/gatepass-identity.js';
import type { MrzProblemCode } from '../codes.js';
import { identity } from './build.js';

/** A layout of lines and fields: ICAO Doc 9303-4 to -7, and the driving licences of France, Switzerland and the Netherlands. */
export type MrzFormat = 'td1' | 'td2' | 'td3' | 'mrv-a' | 'mrv-b' | 'licence-fra' | 'licence-che' | 'licence-nld';

/** A field of a zone by its stable code. */
export type MrzFieldCode =
	| 'document_code'
	| 'issuer'
	| 'document_number'
	| 'nationality'
	| 'birth_date'
	| 'sex'
	| 'expiry_date'
	| 'name'
	| 'personal_number'
	| 'optional_1'
	| 'optional_2';

/** A machine-readable zone that was read. Personal data: everything but the format and the checks. */
export interface Mrz {
	readonly format: MrzFormat;
	/** As read, or as repaired. */
	readonly lines: readonly string[];
	readonly fields: MrzFields;
	/** Every check digit of the format on its own. */
	readonly checks: readonly MrzCheck[];
	/** The fields that have no value, and why. */
	readonly problems: readonly { readonly field: MrzFieldCode; readonly problem: MrzProblemCode }[];
	/**
	 * Whether no check digit fails and every field makes sense. It was then very probably read right where a digit covers it;
	 * it says nothing about the document being genuine or valid.
	 */
	readonly consistent: boolean;
	/** What `repairMrz` changed. */
	readonly repairs: readonly MrzChange[];
}

/** Typed fields; one that the format does not have, that is empty or makes no sense is absent. Personal data. */
export interface MrzFields {
	/** One or two characters for the type of document. */
	readonly documentCode: string;
	/** One to three letters: see `issuer`. */
	readonly issuer?: string;
	/** With what was carried over into optional data. */
	readonly documentNumber?: string;
	readonly nationality?: string;
	readonly birthDate?: MrzDate;
	readonly sex?: MrzSex;
	readonly expiryDate?: MrzDate;
	/** No check digit of an ICAO format covers it: compare it with what is printed elsewhere. */
	readonly name?: MrzName;
	readonly personalNumber?: string;
	readonly optional1?: string;
	readonly optional2?: string;
}

/** `unspecified` is what is printed as X elsewhere. */
export type MrzSex = 'female' | 'male' | 'unspecified';

/** A day of which parts may be unknown, as the standard allows; nothing known is an empty object. */
export interface MrzDate {
	/** With its century. */
	readonly year?: number;
	/** 1 to 12. */
	readonly month?: number;
	/** 1 to 31. */
	readonly day?: number;
}

/** A name in capital letters without marks. Personal data. */
export type MrzName = {
	/** The surname where there are surnames; never empty. */
	readonly primary: readonly string[];
	/** The given names; empty for a holder with a single name. */
	readonly secondary: readonly string[];
	/** The last cell is a letter: any word may then be only its beginning, and words may be missing at the end. */
	readonly mayBeTruncated: boolean;
	/** How it looks truncated: to be shown, never for deciding. */
	readonly truncation?: MrzTruncation;
	/** This is all of the name. */
	readonly single: boolean;
} & (
	| { readonly surnameOnly: false }
	/** The format has no place for given names, as the French licence: not to be compared with a whole name. */
	| { readonly surnameOnly: true }
);

/** How an issuer shortens a name that is longer than its field. */
export type MrzTruncation = 'initials' | 'cut' | 'fixed-length';

/** What one check digit says. */
export interface MrzCheck {
	readonly check: 'document_number' | 'birth_date' | 'expiry_date' | 'personal_number' | 'composite';
	/** `unused`: there is nothing to check. */
	readonly outcome: 'pass' | 'fail' | 'unused';
	/** A field that no passing digit covers is only as sure as its characters were read. */
	readonly covers: readonly MrzFieldCode[];
	/** Where it is printed, from 1. */
	readonly line: number;
	readonly column: number;
}

/** One character that was read as another one. Personal data. */
export interface MrzChange {
	/** Absent when it is a check digit itself. */
	readonly field?: MrzFieldCode;
	/** From 1. */
	readonly line: number;
	readonly column: number;
	readonly read: string;
	readonly meant: string;
}

/** What a zone is written from: capital letters without marks. Fields that the format does not have are ignored. */
export interface MrzRecord {
	readonly format: MrzFormat;
	readonly documentCode: string;
	readonly issuer: string;
	readonly documentNumber: string;
	readonly nationality?: string;
	/** Default: unknown. */
	readonly birthDate?: MrzDate;
	/** Default: `unspecified`. */
	readonly sex?: MrzSex;
	/** Default: unknown. */
	readonly expiryDate?: MrzDate;
	readonly primary?: readonly string[];
	readonly secondary?: readonly string[];
	/** What is done with a name that is too long. Default: `cut`. */
	readonly truncation?: MrzTruncation;
	readonly personalNumber?: string;
	readonly optional1?: string;
	readonly optional2?: string;
}

/**
 * Reads a zone: one to three lines of text. `nowMs` finds the centuries of its dates. Check digits that fail and fields that
 * make no sense are named in the result; throws an `mrz_…` code for what is not the zone of any known format, with the `line`
 * and `column` that are meant where one is.
 */
export function readMrz(text: string, nowMs: number): Mrz {
	return identity.run(() => raw.readMrz(text, nowMs) as Mrz);
}

/**
 * The zone with letters replaced by digits where only digits can be and exactly one way makes every check digit pass;
 * undefined when there is nothing to mend or no proof. Throws as `readMrz`.
 */
export function repairMrz(text: string, nowMs: number): Mrz | undefined {
	return identity.run(() => raw.repairMrz(text, nowMs) as Mrz | undefined);
}

/**
 * Single characters whose replacement would make every check digit pass: no proof, to be settled by looking again. Empty
 * when no check digit fails. Throws as `readMrz`.
 */
export function proposeMrz(text: string, nowMs: number): MrzChange[] {
	return identity.run(() => raw.proposeMrz(text, nowMs) as MrzChange[]);
}

/** Writes a zone with all of its check digits; its lines. Throws an `mrz_emit_…` code for the first field that does not fit. */
export function emitMrz(record: MrzRecord): string[] {
	return identity.run(() => raw.emitMrz(record));
}
