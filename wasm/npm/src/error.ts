import type { ErrorCode } from './codes.js';

/**
 * The one error this package throws. `code` is stable and safe to log; `message` is a sentence for
 * developers that never repeats what was passed in.
 */
export class GatepassError extends Error {
	readonly code: ErrorCode;

	constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'GatepassError';
		this.code = code;
	}
}
