// Written by scripts/codes.mjs from tests/vectors/error-codes.json.

/** Why a text is not a secret. */
export type SecretErrorCode =
  | 'empty_secret'
  | 'secret_too_long'
  | 'invalid_secret';

/** A number that one-time passwords cannot be made with. */
export type OtpErrorCode =
  | 'digits_out_of_range'
  | 'period_out_of_range'
  | 'counter_out_of_range'
  | 'window_out_of_range';

/** Why a code was refused. */
export type RejectionCode =
  | 'malformed'
  | 'wrong'
  | 'reused';

/** Why a text is not an account. */
export type OtpauthReason =
  | 'empty'
  | 'too_long'
  | 'label_too_long'
  | 'not_otpauth'
  | 'other_kind'
  | 'malformed_uri'
  | 'unknown_type'
  | 'bad_percent_encoding'
  | 'not_utf8'
  | 'control_character'
  | 'missing_secret'
  | 'empty_secret'
  | 'secret_too_long'
  | 'invalid_secret'
  | 'duplicate_parameter'
  | 'unsupported_algorithm'
  | 'invalid_digits'
  | 'invalid_period'
  | 'invalid_counter'
  | 'not_strict'
  | 'steam_issuer';

/** What is odd about a URI that was accepted. */
export type OtpauthWarning =
  | 'issuer_mismatch'
  | 'colon_in_label'
  | 'missing_label'
  | 'unencoded_hash'
  | 'plus_as_space'
  | 'missing_ampersand'
  | 'html_escaped'
  | 'weak_secret'
  | 'secret_tail_dropped'
  | 'algorithm_alias'
  | 'unusual_digits'
  | 'short_period'
  | 'long_period'
  | 'missing_counter'
  | 'steam_by_issuer'
  | 'unspecified';

/** A known kind of QR code that is not an account. */
export type OtherKind =
  | 'google_migration'
  | 'microsoft_approval'
  | 'verified_id'
  | 'fido'
  | 'duo'
  | 'okta'
  | 'steam_login'
  | 'authy'
  | 'web_address';

/** What a person can do with such a code. */
export type Advice =
  | 'import_as_migration'
  | 'choose_different_app'
  | 'open_in_wallet'
  | 'open_with_camera'
  | 'ask_for_standard_code'
  | 'open_in_steam_app'
  | 'not_an_account';

/** Why a text is not part of an export. */
export type MigrationErrorCode =
  | 'not_migration'
  | 'migration_too_long'
  | 'migration_missing_data'
  | 'migration_bad_percent_encoding'
  | 'migration_not_base64'
  | 'migration_damaged'
  | 'migration_batch_out_of_range';

/** Why one account of an export cannot be taken over. */
export type EntryErrorCode =
  | 'damaged'
  | 'empty_secret'
  | 'secret_too_long'
  | 'not_utf8'
  | 'control_character'
  | 'too_long'
  | 'unsupported_algorithm'
  | 'invalid_digits'
  | 'unknown_type'
  | 'invalid_counter';

/** Why an account cannot be exported. */
export type LeftOutCode =
  | 'steam'
  | 'digits'
  | 'period'
  | 'too_large';

/** Why bytes are not a picture. */
export type LumaErrorCode =
  | 'picture_empty'
  | 'picture_too_large'
  | 'picture_stride_too_small'
  | 'picture_buffer_too_short';

/** Why a text cannot become a QR code. */
export type QrEncodeErrorCode =
  | 'qr_text_empty'
  | 'qr_text_too_long';

/** Why a vault could not be made, opened or changed. */
export type VaultErrorCode =
  | 'vault_not_a_vault'
  | 'vault_unsupported_version'
  | 'vault_damaged'
  | 'vault_wrong_password'
  | 'vault_wrong_device_key'
  | 'vault_no_device_key'
  | 'vault_kdf_out_of_range'
  | 'vault_out_of_memory'
  | 'vault_password_length'
  | 'vault_full'
  | 'vault_no_free_slot'
  | 'vault_unknown_entry'
  | 'vault_unknown_slot'
  | 'vault_entry_already_there'
  | 'vault_order_mismatch'
  | 'vault_name_invalid'
  | 'vault_different_vaults'
  | 'vault_diverged';

/** What this package itself complains about. */
export type PackageErrorCode =
  | 'not_initialised'
  | 'init_failed'
  | 'freed'
  | 'internal'
  | 'invalid_time'
  | 'invalid_step'
  | 'unknown_algorithm'
  | 'unknown_limit'
  | 'unknown_level'
  | 'not_time_based'
  | 'not_counter_based'
  | 'counter_exhausted'
  | 'invalid_frame'
  | 'frame_unreadable'
  | 'canvas_unavailable';

/** Every `code` that a `GatepassError` can have. */
export type ErrorCode =
  | SecretErrorCode
  | OtpErrorCode
  | OtpauthReason
  | MigrationErrorCode
  | LumaErrorCode
  | QrEncodeErrorCode
  | VaultErrorCode
  | PackageErrorCode;
