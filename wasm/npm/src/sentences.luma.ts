// What the codes of grey pictures mean, for developers.

import type { LumaErrorCode } from './codes.js';

export const lumaSentences: Readonly<Record<LumaErrorCode, string>> = {
	picture_empty: 'The picture has no pixels.',
	picture_too_large: 'A side of the picture is longer than 8192 pixels.',
	picture_stride_too_small: 'The stride is smaller than the width.',
	picture_buffer_too_short: 'Width, height and the length of the data do not fit together.',
};
