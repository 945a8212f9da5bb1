import { tick } from 'svelte';

/** One thing to mend. `message` is a function so that it follows a change of language. */
export interface FieldError<Field extends string> {
	/** The field it belongs to; absent when it concerns the whole form. */
	readonly field?: Field;
	readonly message: () => string;
}

/**
 * Error recovery of one form: checked on submit, answers kept, the summary and the fields share their words, a second
 * press while sending is ignored. The component that owns the fields makes one and gives it to `Page` and `Form`.
 */
export class FormState<Field extends string = string> {
	/** Stem of the ids of the fields of this form. */
	readonly id: string;
	errors: readonly FieldError<Field>[] = $state.raw([]);
	phase: 'idle' | 'sending' = $state('idle');
	/** The summary's element; the focus goes there after every failed attempt. */
	summary: HTMLElement | undefined = $state();

	constructor(id: string) {
		this.id = id;
	}

	get busy(): boolean {
		return this.phase === 'sending';
	}

	/** Id of a field's control. */
	controlId(field: Field): string {
		return `${this.id}-${field}`;
	}

	/** What is wrong with a field, in the current language. */
	error(field: Field): string | undefined {
		return this.errors.find((error) => error.field === field)?.message();
	}

	/** Shows what to mend and takes the focus there. */
	async fail(errors: readonly FieldError<Field>[]): Promise<void> {
		this.errors = errors;
		await tick();
		this.summary?.focus();
	}

	clear(): void {
		this.errors = [];
	}

	/**
	 * Runs one submission: `check` answers with what is missing, `send` does the work and answers with what the portal
	 * refused. Presses while it runs are ignored.
	 */
	async submit(
		check: () => readonly FieldError<Field>[],
		send: () => Promise<readonly FieldError<Field>[]>,
	): Promise<void> {
		if (this.busy) return;
		const missing = check();
		if (missing.length > 0) {
			await this.fail(missing);
			return;
		}
		this.phase = 'sending';
		try {
			const refused = await send();
			this.phase = 'idle';
			if (refused.length > 0) await this.fail(refused);
			else this.clear();
		} finally {
			this.phase = 'idle';
		}
	}
}
