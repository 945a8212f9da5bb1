import * as raw from '../../pkg/identity/gatepass-identity.js';
import type { NameAdviceKey, NameHint, NameLevel } from '../codes.js';
import { identity } from './build.js';

/** A name as typed: one text, or given names and surname apart (a person with a single name has no given names). Personal data. */
export type NameInput = string | { readonly given: string; readonly surname: string };

/**
 * A name as a document has it: printed text (`EK, KARIN` puts the surname first), the name field of a zone when there is a
 * `<` in it, or the identifiers of a zone that was read (`Mrz.fields.name`, where it is not `surnameOnly`). Personal data.
 */
export type DocumentName =
	| NameInput
	| {
			readonly primary: readonly string[];
			readonly secondary: readonly string[];
			readonly mayBeTruncated: boolean;
			readonly surnameOnly?: false;
	  };

/** Which rungs of the ladder are accepted. */
export interface NamePolicy {
	/** The last level that is accepted. Default: `icao-equal`. */
	readonly acceptUpTo?: NameLevel;
	/** Refuse a truncated zone instead of handing it to a reviewer. Default: false. */
	readonly refuseTruncated?: boolean;
}

/** How close a typed name is to a document's, and in what they differ. */
export interface NameComparison {
	/** The closest rung of the ladder that holds. */
	readonly level: NameLevel;
	readonly accepted: boolean;
	/** `review`: nobody can correct it by typing, the zone is cut. */
	readonly decision: 'accept' | 'review' | 'refuse';
	/** Whether the document's zone may hold only a part of the name, whatever the level. */
	readonly mayBeTruncated: boolean;
	/** Both names word by word, in an order that can be shown. */
	readonly difference: readonly WordDifference[];
	/** What to say to the person, in this order; nothing where nothing has to be changed. */
	readonly advice: readonly NameAdvice[];
}

/** One sentence: the key of its text in `reasonTexts`, and what is put into it. Personal data. */
export interface NameAdvice {
	readonly key: NameAdviceKey;
	/** `document` and `typed`, or `words`: the variables of the text. */
	readonly arguments: Readonly<Partial<Record<'document' | 'typed' | 'words', string>>>;
}

/** One word of the document's name beside what was typed for it, or a word that only one of them has. Personal data. */
export interface WordDifference {
	/**
	 * `same` up to case and transliteration; `moved` to another place; some `letters` differ; one of them has the
	 * `initial`; the zone has it `cut`; `missing` from what was typed; `extra` in it.
	 */
	readonly kind: 'same' | 'moved' | 'letters' | 'initial' | 'cut' | 'missing' | 'extra';
	/** Where it is known. */
	readonly part?: 'given' | 'surname';
	/** Absent when it is missing. */
	readonly typed?: string;
	/** Absent when the document has none for it. */
	readonly document?: string;
	/** The letters of both, in order; empty when only one of them has the word. */
	readonly letters: readonly LetterDifference[];
}

/** Letters of a word beside the document's. Personal data. */
export interface LetterDifference {
	readonly kind: 'same' | 'changed' | 'missing' | 'extra';
	/** One letter, or several that are one in the document; empty when missing. */
	readonly typed: string;
	/** One letter, or several that one typed letter stands for; empty when there are none for it. */
	readonly document: string;
}

/** What a zone would make of a typed name. Personal data. */
export interface NamePreview {
	/** The name field without the fillers at its end: `OESTROEM<<AAKE`. */
	readonly zone: string;
	/** What to look at again. None of them forbids anything. */
	readonly hints: readonly NameHint[];
}

/** How Cyrillic letters are read, by the ISO 639-1 code of the language. */
export type NameLanguage = 'ru' | 'be' | 'bg' | 'sr' | 'uk' | 'mk';

/** The name field of a zone: 30 characters, 31 or 39. */
export type NameField = 'td1' | 'td2' | 'td3';

/**
 * Compares what a person typed with what a document says. Throws a `name_…` code for a text that is no name.
 */
export function compareNames(typed: NameInput, document: DocumentName, policy: NamePolicy = {}): NameComparison {
	return identity.run(() => raw.compareNames(argument(typed), argument(document), policy) as NameComparison);
}

/** The zone's form of a name, and what is unusual about it. Throws a `name_…` code for a text that is no name. */
export function previewName(
	typed: NameInput,
	options: { readonly field?: NameField; readonly language?: NameLanguage } = {},
): NamePreview {
	const { field = 'td3', language = 'ru' } = options;
	return identity.run(() => raw.previewName(argument(typed), field, language) as NamePreview);
}

function argument(name: DocumentName): object {
	return typeof name === 'string' ? { text: name } : name;
}
