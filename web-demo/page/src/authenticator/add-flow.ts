import type { Announcer } from '../ui/announcer.svelte';
import type { Authenticator } from './authenticator.svelte';
import type { Words } from './context';
import type { Notices } from './notices.svelte';
import type { Candidate, Names, Review } from './shared/protocol';
import type { Views } from './views.svelte';
import { migrationProblemText, reasonText, shortNameOf, type Told } from './words';

/** Where the parts of the flow come from. */
export interface FlowParts {
	readonly auth: Authenticator;
	readonly views: Views;
	readonly notices: Notices;
	readonly announcer: Announcer;
	readonly words: () => Words;
}

/** From what was read to an account in the list, whichever way it was read. */
export class AddFlow {
	readonly #parts: FlowParts;

	constructor(parts: FlowParts) {
		this.#parts = parts;
	}

	/**
	 * Takes the texts of one picture or paste: all parts of an export, or the first account among them. Shows the next
	 * view.
	 */
	async take(texts: readonly string[], limit: 'scanner' | 'import'): Promise<void> {
		let refused: Review | undefined;
		let exported: Review | undefined;
		for (const text of texts) {
			const review = await this.#parts.auth.review(text, limit);
			if (review.kind === 'account') return this.decide(review);
			if (review.kind === 'migration') exported = review;
			else refused ??= review;
		}
		const outcome = exported ?? refused;
		if (outcome) await this.decide(outcome);
	}

	/** Goes on with what a text turned out to be. What is new and without a doubt is added at once. */
	async decide(review: Review): Promise<void> {
		const { views } = this.#parts;
		switch (review.kind) {
			case 'account': {
				const { candidate } = review;
				if (candidate.warnings.length === 0 && candidate.likeness === 'new') await this.add(candidate);
				else views.open({ name: 'review', candidate });
				return;
			}
			case 'migration':
				if (views.current.name === 'migration') views.replace({ name: 'migration', migration: review.migration });
				else views.open({ name: 'migration', migration: review.migration });
				return;
			case 'rejected':
			case 'migrationRejected':
				views.open({ name: 'rejected', ...this.told(review) });
		}
	}

	/** The words for a text that cannot be added. */
	told(review: Extract<Review, { kind: 'rejected' | 'migrationRejected' }>): Told {
		const t = this.#parts.words();
		return review.kind === 'rejected'
			? reasonText(t, review.reason, review.otherKind)
			: migrationProblemText(t, review.reason);
	}

	async add(candidate: Candidate, names?: Names): Promise<void> {
		const { auth, views, notices, announcer } = this.#parts;
		const t = this.#parts.words();
		await auth.add([candidate.token], names);
		const text = t.add.added(shortNameOf(t, names ?? candidate));
		views.home();
		notices.tell(text);
		announcer.status(text);
	}

	async addMany(tokens: readonly string[]): Promise<void> {
		const { auth, views, notices, announcer } = this.#parts;
		const t = this.#parts.words();
		const added = await auth.add(tokens);
		const text = t.add.addedMany(added.length);
		views.home();
		notices.tell(text);
		announcer.status(text);
	}
}
