// Writes src/codes.ts from the one list of codes, tests/vectors/error-codes.json. A test fails when it is stale.
//
//   node scripts/codes.mjs            writes
//   node scripts/codes.mjs --check    exits with 1 when the file is not what would be written

// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const npm = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(npm, 'src', 'codes.ts');

/** @type {[section: string, type: string, what: string][]} */
const types = [
	['secret', 'SecretErrorCode', 'Why a text is not a secret.'],
	['otp', 'OtpErrorCode', 'A number that one-time passwords cannot be made with.'],
	['rejection', 'RejectionCode', 'Why a code was refused.'],
	['otpauth_reason', 'OtpauthReason', 'Why a text is not an account.'],
	['otpauth_warning', 'OtpauthWarning', 'What is odd about a URI that was accepted.'],
	['otpauth_other_kind', 'OtherKind', 'A known kind of QR code that is not an account.'],
	['otpauth_advice', 'Advice', 'What a person can do with such a code.'],
	['migration', 'MigrationErrorCode', 'Why a text is not part of an export.'],
	['migration_entry', 'EntryErrorCode', 'Why one account of an export cannot be taken over.'],
	['migration_left_out', 'LeftOutCode', 'Why an account cannot be exported.'],
	['luma', 'LumaErrorCode', 'Why bytes are not a picture.'],
	['qr_encode', 'QrEncodeErrorCode', 'Why a text cannot become a QR code.'],
	['vault', 'VaultErrorCode', 'Why a vault could not be made, opened or changed.'],
	['name', 'NameErrorCode', 'Why a text is not a name.'],
	['name_level', 'NameLevel', 'How close a typed name is to a document’s, best first.'],
	['name_hint', 'NameHint', 'What is unusual about a typed name.'],
	['name_advice', 'NameAdviceKey', 'The key of a sentence about a name.'],
	['mrz', 'MrzErrorCode', 'Why a text is not a machine-readable zone.'],
	['mrz_problem', 'MrzProblemCode', 'Why a field of a zone has no value.'],
	['mrz_emit', 'MrzEmitErrorCode', 'Why a record cannot be written as a zone.'],
	['profile_field', 'ProfileField', 'A field of the profile.'],
	['profile', 'ProfileFault', 'Why a field of the profile is not right yet.'],
	['reason', 'ReasonCode', 'Why an identification was not accepted.'],
	['verdict_note', 'NoteCode', 'A question that a reviewer settles.'],
	['case', 'CaseErrorCode', 'Why an event does not happen to a case.'],
	['case_stage', 'CaseStage', 'Where a case stands.'],
	['case_bar', 'CaseBar', 'What an ended case cannot go on without.'],
	['case_part', 'CasePart', 'One thing that a person does, and does again only when it failed.'],
	['case_event', 'CaseEventType', 'What can happen to a case.'],
	['case_effect', 'CaseEffectType', 'What may have to be done because of it.'],
	['case_mail', 'CaseMail', 'A mail.'],
	['picture', 'PictureErrorCode', 'Why a file gave no picture.'],
	['capture_measure', 'MeasureName', 'What is measured of a picture of a document.'],
	['capture_instruction', 'Instruction', 'The one thing to do now.'],
	['capture_relation', 'Relation', 'How two pictures of documents belong together, the closest first.'],
	['turn_script', 'TurnScriptErrorCode', 'Why turns cannot be asked for like that.'],
	['turn_frame', 'TurnFrameErrorCode', 'Why a frame is not taken into a clip.'],
	['turn_finding', 'TurnFinding', 'What speaks against a clip.'],
	['turn_measure', 'TurnMeasureName', 'What is measured of a clip.'],
	['wasm', 'PackageErrorCode', 'What this package itself complains about.'],
];

/** What each entry throws: its own sentences must cover these. @type {Record<string, string[]>} */
const thrown = {
	FullErrorCode: ['secret', 'otp', 'otpauth_reason', 'migration', 'luma', 'qr_encode', 'vault'],
	IdentityErrorCode: ['name', 'mrz', 'mrz_emit', 'case'],
	CaptureErrorCode: ['luma', 'picture', 'turn_script', 'turn_frame'],
};

const codes = JSON.parse(readFileSync(join(npm, '..', '..', 'tests', 'vectors', 'error-codes.json'), 'utf8'));
const unions = types.map(
	([section, type, what]) =>
		`/** ${what} */\nexport type ${type} =\n${codes[section].map((/** @type {string} */ code) => `  | '${code}'`).join('\n')};\n`,
);
const entries = Object.entries(thrown).map(([name, sections]) => {
	const members = types.filter(([section]) => sections.includes(section)).map(([, type]) => `  | ${type}`);
	return `/** What the core refuses in this entry. */\nexport type ${name} =\n${members.join('\n')};\n`;
});
const all = [...Object.keys(thrown), 'PackageErrorCode'].map((type) => `  | ${type}`);
const text = [
	'// Written by scripts/codes.mjs from tests/vectors/error-codes.json.\n',
	...unions,
	...entries,
	`/** Every \`code\` that a \`GatepassError\` can have. */\nexport type ErrorCode =\n${all.join('\n')};\n`,
].join('\n');

if (!process.argv.includes('--check')) {
	writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
	console.error('src/codes.ts is stale: run `node scripts/codes.mjs`.');
	process.exitCode = 1;
}
