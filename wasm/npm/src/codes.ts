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
  | 'invisible_character'
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
  | 'vault_name_is_steam'
  | 'vault_entry_too_long'
  | 'vault_different_vaults'
  | 'vault_diverged';

/** Why a text is not a name. */
export type NameErrorCode =
  | 'name_empty'
  | 'name_too_long'
  | 'name_too_many_words'
  | 'name_control_character'
  | 'name_direction_mark'
  | 'name_invisible_character'
  | 'name_mixed_scripts'
  | 'name_stray_mark'
  | 'name_too_many_marks'
  | 'name_not_a_letter'
  | 'name_zone_character'
  | 'name_zone_fillers';

/** How close a typed name is to a document’s, best first. */
export type NameLevel =
  | 'identical'
  | 'same-letters'
  | 'icao-equal'
  | 'order-swapped'
  | 'missing-middle'
  | 'initials'
  | 'truncated-in-mrz'
  | 'different';

/** What is unusual about a typed name. */
export type NameHint =
  | 'digit'
  | 'nickname'
  | 'initial'
  | 'single_word'
  | 'title'
  | 'surname_assumed'
  | 'no_zone_form'
  | 'truncated';

/** The key of a sentence about a name. */
export type NameAdviceKey =
  | 'name-advice-written'
  | 'name-advice-order'
  | 'name-advice-add'
  | 'name-advice-leave-out'
  | 'name-advice-write'
  | 'name-advice-stops'
  | 'name-advice-review';

/** Why a text is not a machine-readable zone. */
export type MrzErrorCode =
  | 'mrz_empty'
  | 'mrz_too_long'
  | 'mrz_too_many_lines'
  | 'mrz_wrong_length'
  | 'mrz_lower_case'
  | 'mrz_illegal_character'
  | 'mrz_unknown_document_code'
  | 'mrz_unknown_licence'
  | 'mrz_french_identity_card';

/** Why a field of a zone has no value. */
export type MrzProblemCode =
  | 'mrz_not_a_code'
  | 'mrz_not_a_number'
  | 'mrz_not_a_date'
  | 'mrz_not_a_sex'
  | 'mrz_not_a_name'
  | 'mrz_not_fillers';

/** Why a record cannot be written as a zone. */
export type MrzEmitErrorCode =
  | 'mrz_emit_document_code'
  | 'mrz_emit_issuer'
  | 'mrz_emit_nationality'
  | 'mrz_emit_document_number'
  | 'mrz_emit_name'
  | 'mrz_emit_optional';

/** A field of the profile. */
export type ProfileField =
  | 'company'
  | 'number'
  | 'street'
  | 'postal_code'
  | 'city'
  | 'province'
  | 'country'
  | 'phone'
  | 'given_names'
  | 'surname'
  | 'role'
  | 'language';

/** Why a field of the profile is not right yet. */
export type ProfileFault =
  | 'profile_missing'
  | 'profile_too_long'
  | 'profile_unexpected_character'
  | 'profile_no_letter'
  | 'profile_not_offered'
  | 'profile_not_a_postal_code'
  | 'profile_not_a_vat_number'
  | 'profile_vat_prefix'
  | 'profile_vat_of_another_country'
  | 'profile_not_an_organisation_number'
  | 'profile_check_digit'
  | 'profile_no_country_code'
  | 'profile_trunk_zero'
  | 'profile_not_a_phone_number'
  | 'profile_not_verified';

/** Why an identification was not accepted. */
export type ReasonCode =
  | 'photo_not_arrived'
  | 'photo_file_unusable'
  | 'photo_black'
  | 'photo_no_document'
  | 'photo_cut_off'
  | 'photo_covered'
  | 'photo_few_pixels'
  | 'photo_small'
  | 'photo_tilted'
  | 'photo_dark'
  | 'photo_bright'
  | 'photo_glare'
  | 'photo_blurred'
  | 'photo_shaken'
  | 'photo_faint'
  | 'photo_without_colour'
  | 'photo_wrong_side'
  | 'photo_sent_before'
  | 'photo_of_picture'
  | 'zone_unreadable'
  | 'zone_inconsistent'
  | 'document_other'
  | 'document_not_offered'
  | 'document_expired'
  | 'document_damaged'
  | 'document_specimen'
  | 'name_different'
  | 'name_order'
  | 'name_incomplete'
  | 'name_too_much'
  | 'name_cut_in_zone'
  | 'turn_not_arrived'
  | 'turn_frames_few'
  | 'turn_dark'
  | 'turn_blurred'
  | 'turn_interrupted'
  | 'turn_face_missing'
  | 'turn_face_second'
  | 'turn_too_fast'
  | 'turn_missing'
  | 'turn_wrong_way'
  | 'turn_flat'
  | 'face_other'
  | 'reports_differ'
  | 'person_known'
  | 'attempts_used';

/** A question that a reviewer settles. */
export type NoteCode =
  | 'name_not_compared'
  | 'name_cut_in_zone'
  | 'zone_not_read'
  | 'issuer_unclear'
  | 'zone_field_unclear'
  | 'zone_mended'
  | 'no_expiry_date'
  | 'photo_from_file'
  | 'warning'
  | 'reports_differ'
  | 'unexplained';

/** Why an event does not happen to a case. */
export type CaseErrorCode =
  | 'case_not_now'
  | 'case_late'
  | 'case_early'
  | 'case_not_wanted'
  | 'case_attempts_used'
  | 'case_helpdesk_only'
  | 'case_revoked';

/** Where a case stands. */
export type CaseStage =
  | 'invited'
  | 'unconfirmed'
  | 'check_data'
  | 'choose_country'
  | 'choose_document'
  | 'hand_off'
  | 'link_open'
  | 'number_match'
  | 'capture'
  | 'ready'
  | 'examining'
  | 'in_review'
  | 'rejected'
  | 'closed'
  | 'approved'
  | 'approval_lapsed'
  | 'profile'
  | 'done'
  | 'expired'
  | 'withdrawn';

/** What an ended case cannot go on without. */
export type CaseBar =
  | 'helpdesk'
  | 'invitation';

/** One thing that a person does, and does again only when it failed. */
export type CasePart =
  | 'account'
  | 'address'
  | 'data'
  | 'document'
  | 'front'
  | 'back'
  | 'turn';

/** What can happen to a case. */
export type CaseEventType =
  | 'account_created'
  | 'address_confirmed'
  | 'invitation_resent'
  | 'invitation_revoked'
  | 'data_checked'
  | 'country_chosen'
  | 'document_chosen'
  | 'went_back'
  | 'link_asked'
  | 'phone_joined'
  | 'number_matched'
  | 'number_differed'
  | 'continued_here'
  | 'phone_left'
  | 'part_received'
  | 'part_discarded'
  | 'submitted'
  | 'examined'
  | 'review_approved'
  | 'review_refused'
  | 'redo_started'
  | 'approval_resent'
  | 'profile_opened'
  | 'profile_saved'
  | 'withdrawn'
  | 'restarted'
  | 'reopened'
  | 'time_passed';

/** What may have to be done because of it. */
export type CaseEffectType =
  | 'mail'
  | 'issue_link'
  | 'revoke_link'
  | 'draw_prompts'
  | 'erase'
  | 'examine'
  | 'queue'
  | 'unqueue'
  | 'verify'
  | 'unverify';

/** A mail. */
export type CaseMail =
  | 'invitation'
  | 'confirmation'
  | 'refused'
  | 'closed'
  | 'approved'
  | 'review_late'
  | 'expired'
  | 'withdrawn'
  | 'reopened';

/** Why a file gave no picture. */
export type PictureErrorCode =
  | 'picture_unsupported'
  | 'picture_damaged'
  | 'picture_too_large';

/** What is measured of a picture of a document. */
export type MeasureName =
  | 'black_frame'
  | 'frame_size'
  | 'document'
  | 'cut_off'
  | 'resolution'
  | 'tilt'
  | 'darkness'
  | 'brightness'
  | 'contrast'
  | 'fingers'
  | 'glare'
  | 'motion'
  | 'sharpness'
  | 'grey_copy'
  | 'moire';

/** The one thing to do now. */
export type Instruction =
  | 'uncover_lens'
  | 'more_pixels'
  | 'show_document'
  | 'show_whole'
  | 'move_closer'
  | 'hold_above'
  | 'more_light'
  | 'less_light'
  | 'clear_haze'
  | 'move_fingers'
  | 'move_lamp'
  | 'hold_still'
  | 'focus'
  | 'use_original';

/** How two pictures of documents belong together, the closest first. */
export type Relation =
  | 'same_picture'
  | 'same_side'
  | 'different';

/** Why turns cannot be asked for like that. */
export type TurnScriptErrorCode =
  | 'turn_script_length'
  | 'turn_script_order';

/** Why a frame is not taken into a clip. */
export type TurnFrameErrorCode =
  | 'turn_frame_size_changed'
  | 'turn_frame_too_small'
  | 'turn_frame_time_backwards'
  | 'turn_frames_too_many';

/** What speaks against a clip. */
export type TurnFinding =
  | 'turn_frames_few'
  | 'turn_dark'
  | 'turn_blurred'
  | 'turn_frozen'
  | 'turn_repeated'
  | 'turn_cut'
  | 'turn_face_missing'
  | 'turn_face_second'
  | 'turn_too_fast'
  | 'turn_missing'
  | 'turn_wrong_way'
  | 'turn_flat'
  | 'turn_round_moves';

/** What is measured of a clip. */
export type TurnMeasureName =
  | 'frame_rate'
  | 'longest_gap'
  | 'face_light'
  | 'face_acuity'
  | 'longest_still'
  | 'longest_repeat'
  | 'lost_at_once'
  | 'head_motion'
  | 'second_head_turn'
  | 'face_lost_at_once'
  | 'least_turn'
  | 'solid_part'
  | 'around_moves';

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
  | 'canvas_unavailable'
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
  | 'unknown_direction'
  | 'invalid_guide'
  | 'invalid_fingerprint'
  | 'invalid_corners';

/** What the core refuses in this entry. */
export type FullErrorCode =
  | SecretErrorCode
  | OtpErrorCode
  | OtpauthReason
  | MigrationErrorCode
  | LumaErrorCode
  | QrEncodeErrorCode
  | VaultErrorCode;

/** What the core refuses in this entry. */
export type IdentityErrorCode =
  | NameErrorCode
  | MrzErrorCode
  | MrzEmitErrorCode
  | CaseErrorCode;

/** What the core refuses in this entry. */
export type CaptureErrorCode =
  | LumaErrorCode
  | PictureErrorCode
  | TurnScriptErrorCode
  | TurnFrameErrorCode;

/** Every `code` that a `GatepassError` can have. */
export type ErrorCode =
  | FullErrorCode
  | IdentityErrorCode
  | CaptureErrorCode
  | PackageErrorCode;
