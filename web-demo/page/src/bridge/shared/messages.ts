// What goes between a page and its worker. Known to both sides, so it names neither's globals.

/** The calls a worker answers: a method each, called in the order they were made. */
export type CallMap<Calls> = { [Name in keyof Calls]: (...args: never[]) => unknown };

export interface Request {
	readonly id: number;
	readonly name: string;
	readonly args: readonly unknown[];
}

export type Answer =
	| { readonly id: number; readonly ok: true; readonly value: unknown }
	/** Only the stable code crosses: a message or stack could quote what it was given. */
	| { readonly id: number; readonly ok: false; readonly code: string };
