// What the codes mean, for developers. Pages write their own texts by code.

import type { FullErrorCode, PackageErrorCode } from './codes.js';
import type { CaptureCallCode } from './sentences.capture.js';
import type { IdentityCallCode } from './sentences.identity.js';
import { lumaSentences } from './sentences.luma.js';
import { type FacadeCode, type OtpCallCode, otpSentences } from './sentences.otp.js';

/** What this package itself complains about and no other entry has a sentence for. */
type FullCallCode = Exclude<PackageErrorCode, FacadeCode | CaptureCallCode | IdentityCallCode>;

export const sentences: Readonly<Record<FullErrorCode | FullCallCode | OtpCallCode, string>> = {
	...otpSentences,
	empty: 'The text is empty.',
	too_long: 'The URI is too long.',
	label_too_long: 'The label is longer than 512 characters.',
	not_otpauth: 'The text is not an otpauth URI.',
	other_kind: 'The text is a code of another, known kind.',
	malformed_uri: 'The URI is cut off or has no type.',
	unknown_type: 'The type is none of totp, hotp and steam.',
	bad_percent_encoding: 'A % is not followed by two hexadecimal digits.',
	not_utf8: 'The decoded bytes are not UTF-8.',
	control_character: 'There is a control character in a name.',
	missing_secret: 'There is no secret.',
	duplicate_parameter: 'A parameter occurs twice.',
	unsupported_algorithm: 'The algorithm is none of SHA1, SHA256 and SHA512, or does not go with this type.',
	invalid_digits: 'The digits are not a number from 5 to 10.',
	invalid_period: 'The period is not a number of seconds that can be used.',
	invalid_counter: 'The counter is not a number from 0 to 2^63 - 1.',
	not_strict: 'The URI deviates from the drafts, and strict reading was asked for.',
	steam_issuer: 'An account with decimal digits cannot be called Steam.',
	not_migration: 'The text is not an otpauth-migration URI.',
	migration_too_long: 'The otpauth-migration URI is longer than 8 KiB.',
	migration_missing_data: 'The otpauth-migration URI carries no data.',
	migration_bad_percent_encoding: 'A % is not followed by two hexadecimal digits.',
	migration_not_base64: 'The data of the export are not Base64.',
	migration_damaged: 'The data of the export were cut off or altered.',
	migration_batch_out_of_range: 'The place of this code in the export is not below its size.',
	...lumaSentences,
	qr_text_empty: 'There is no text to encode.',
	qr_text_too_long: 'No QR code holds this much text at this level.',
	vault_not_a_vault: 'The bytes are not a Gatepass vault.',
	vault_unsupported_version: 'The vault was written by a later version.',
	vault_damaged: 'The vault is not as it was written.',
	vault_wrong_password: 'The password does not open this vault.',
	vault_wrong_device_key: 'The device key does not open this vault.',
	vault_no_device_key: 'This vault has no slot for a device key.',
	vault_kdf_out_of_range: 'The cost of the password hash is outside the accepted range.',
	vault_out_of_memory: 'There is not enough memory for the password hash.',
	vault_password_length: 'The password is empty or longer than 1024 bytes.',
	vault_full: 'The vault already holds 4096 accounts.',
	vault_no_free_slot: 'The vault has no free key slot.',
	vault_unknown_entry: 'No account of the vault has this id.',
	vault_unknown_slot: 'No key slot has this id.',
	vault_entry_already_there: 'This account is already in the vault.',
	vault_order_mismatch: 'The order does not name every account exactly once.',
	vault_name_invalid: 'The name is longer than 512 bytes or holds control characters.',
	vault_different_vaults: 'The two files are not generations of one vault.',
	vault_diverged: 'The two files have the same generation and different contents.',
	unknown_limit: "A limit is 'scanner' or 'import'.",
	unknown_level: "A level is 'L', 'M', 'Q' or 'H'.",
	not_time_based: 'This account counts: its codes have no time.',
	not_counter_based: 'This account does not count: its codes have a time.',
	counter_exhausted: 'The last counter of this account is used.',
	invalid_frame: 'The frame is neither a picture nor a film.',
	frame_unreadable: 'The browser does not hand out the pixels of this frame.',
	canvas_unavailable: 'There is no OffscreenCanvas here to read pixels from.',
};
