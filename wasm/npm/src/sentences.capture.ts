// What the codes of pictures and films mean, for developers. Pages write their own texts by code.

import type { CaptureErrorCode, PackageErrorCode } from './codes.js';
import { kindSentence } from './sentences.identity.js';
import { lumaSentences } from './sentences.luma.js';

export type CaptureCallCode = Extract<
	PackageErrorCode,
	| 'invalid_time'
	| 'unknown_document_kind'
	| 'unknown_direction'
	| 'invalid_guide'
	| 'invalid_fingerprint'
	| 'invalid_corners'
>;

export const captureSentences: Readonly<Record<CaptureErrorCode | CaptureCallCode, string>> = {
	...lumaSentences,
	picture_unsupported: 'The file is neither a JPEG nor a PNG that can be read.',
	picture_damaged: 'The picture is damaged or not complete.',
	turn_script_length: 'There are 1 to 8 turns.',
	turn_script_order: 'Each turn comes at least a second after the one before.',
	turn_frame_size_changed: 'Every frame of a clip has the size of the first one.',
	turn_frame_too_small: 'A frame is at least 120 pixels wide and high.',
	turn_frame_time_backwards: 'Frames come in the order of their times.',
	turn_frames_too_many: 'A clip has at most 600 frames.',
	invalid_time: 'A time is milliseconds, 0 or later; of a clip, below 2^32.',
	unknown_document_kind: kindSentence,
	unknown_direction: "A direction is 'left' or 'right'.",
	invalid_guide: 'A guide is four corners, clockwise from the top left, of a convex shape.',
	invalid_fingerprint: 'A fingerprint is the twelve numbers of a report.',
	invalid_corners: 'A document has four corners.',
};
