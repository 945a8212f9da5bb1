// What the codes of documents, names, zones and cases mean, for developers. Pages write their own texts by code.

import type { IdentityErrorCode, PackageErrorCode } from './codes.js';
import { timeSentence } from './sentences.otp.js';

export type IdentityCallCode = Extract<
	PackageErrorCode,
	| 'invalid_time'
	| 'unknown_country'
	| 'unknown_document_kind'
	| 'unknown_zone_format'
	| 'unknown_name_field'
	| 'unknown_name_level'
	| 'unknown_language'
	| 'unknown_sex'
	| 'unknown_truncation'
	| 'invalid_date'
	| 'unknown_reason'
	| 'unknown_event'
	| 'invalid_case_state'
>;

export const kindSentence = "A kind of document is 'passport', 'licence' or 'permit'.";

export const identitySentences: Readonly<Record<IdentityErrorCode | IdentityCallCode, string>> = {
	name_empty: 'There is no letter in the name.',
	name_too_long: 'A name has at most 200 characters.',
	name_too_many_words: 'A name has at most 32 words.',
	name_control_character: 'There is a control character in the name.',
	name_direction_mark: 'There is a mark of the writing direction in the name.',
	name_invisible_character: 'There is a character in the name that cannot be seen.',
	name_mixed_scripts: 'The name is written in more than one script.',
	name_stray_mark: 'There is an accent in the name without a letter before it.',
	name_too_many_marks: 'There is a letter in the name with too many accents.',
	name_not_a_letter: 'There is a character in the name that no name has.',
	name_zone_character: 'A name of a zone has capital letters and < only.',
	name_zone_fillers: 'There is a < in the name of the zone where no name has one.',
	mrz_empty: 'There is no text.',
	mrz_too_long: 'The text is too long for a zone.',
	mrz_too_many_lines: 'A zone has one to three lines.',
	mrz_wrong_length: 'A line has a length that no format has in this place.',
	mrz_lower_case: 'There is a small letter in the zone.',
	mrz_illegal_character: 'There is a character that no zone has.',
	mrz_unknown_document_code: 'The document code is none of this format.',
	mrz_unknown_licence: 'The zone of this country’s driving licence is not known.',
	mrz_french_identity_card: 'This is the zone of the older French identity card.',
	mrz_emit_document_code: 'The document code is none of this format.',
	mrz_emit_issuer: 'The issuer is not a code of one to three letters.',
	mrz_emit_nationality: 'The nationality is not a code of one to three letters.',
	mrz_emit_document_number: 'The document number does not fit this format.',
	mrz_emit_name: 'The name does not fit this format.',
	mrz_emit_optional: 'The optional data do not fit this format.',
	case_not_now: 'The event does not belong to this stage.',
	case_late: 'The time for this is over: time_passed comes first.',
	case_early: 'The time that the state waits for is not over.',
	case_not_wanted: 'This photo or video was not asked for.',
	case_attempts_used: 'Every attempt was used.',
	case_helpdesk_only: 'Only the helpdesk can open this case again.',
	case_revoked: 'The invitation was taken back: invitation_resent comes first.',
	invalid_time: timeSentence,
	unknown_country: 'A country is two capital letters of ISO 3166-1.',
	unknown_document_kind: kindSentence,
	unknown_zone_format: "A format is 'td1', 'td2', 'td3', 'mrv-a', 'mrv-b' or one of three licences.",
	unknown_name_field: "A name field is 'td1', 'td2' or 'td3'.",
	unknown_name_level: "A level is one of the ladder, from 'identical' to 'different'.",
	unknown_language: 'This language is not known here.',
	unknown_sex: "A sex is 'female', 'male' or 'unspecified'.",
	unknown_truncation: "A style is 'initials', 'cut' or 'fixed-length'.",
	invalid_date: 'There is no such day.',
	unknown_reason: 'There is no such reason.',
	unknown_event: 'There is no such event, or what belongs to it is missing.',
	invalid_case_state: 'No sequence of events leads to this state.',
};
