import type { ErrorCode } from './codes.js';

/** Where in a text something is wrong. */
export interface ErrorPlace {
	readonly line?: number | undefined;
	readonly column?: number | undefined;
}

/**
 * The one error this package throws. `code` is stable and safe to log; `message` is a sentence for
 * developers that never repeats what was passed in.
 */
export class GatepassError extends Error {
	readonly code: ErrorCode;
	/** The line of a zone that is meant, from 1, empty lines not counted; only with `mrz_…` codes that mean one. */
	declare readonly line?: number;
	/** The character of that line, from 1; only with `mrz_lower_case` and `mrz_illegal_character`. */
	declare readonly column?: number;

	constructor(code: ErrorCode, message: string, options: ErrorOptions & ErrorPlace = {}) {
		super(message, options);
		this.name = 'GatepassError';
		this.code = code;
		if (options.line !== undefined) this.line = options.line;
		if (options.column !== undefined) this.column = options.column;
	}
}
