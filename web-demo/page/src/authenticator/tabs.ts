/** What one tab tells the others. */
export type TabMessage = 'stored' | 'erased';

export interface TabsEnvironment {
	readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
	readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'> | undefined;
}

const LOCK = 'gatepass-authenticator-vault';

/**
 * Only one tab holds the open vault, so that two never store over each other. Opening it in a tab takes it from the one
 * that had it, which locks. Where the browser has no locks, the store's own generation check is what is left.
 */
export class Tabs {
	readonly #environment: TabsEnvironment;
	#release: (() => void) | undefined;

	constructor(environment: TabsEnvironment) {
		this.#environment = environment;
	}

	/** Whether another tab has the vault open. */
	async heldElsewhere(): Promise<boolean> {
		if (this.#release) return false;
		const { held = [] } = (await this.#environment.locks?.query()) ?? {};
		return held.some(({ name }) => name === LOCK);
	}

	/** Takes the vault; `onLost` runs when another tab takes it from here. */
	async take(onLost: () => void): Promise<void> {
		const { locks } = this.#environment;
		if (!locks || this.#release) return;
		await new Promise<void>((taken, failed) => {
			const held = new Promise<void>((release) => {
				this.#release = release;
			});
			const release = this.#release;
			locks
				.request(LOCK, { steal: true }, () => {
					taken();
					return held;
				})
				.catch((cause: unknown) => {
					// A stolen lock ends its request with an AbortError.
					if (this.#release === release) {
						this.#release = undefined;
						onLost();
					}
					failed(cause);
				});
		});
	}

	release(): void {
		this.#release?.();
		this.#release = undefined;
	}

	tell(message: TabMessage): void {
		this.#environment.channel?.postMessage(message);
	}

	listen(onMessage: (message: TabMessage) => void): void {
		this.#environment.channel?.addEventListener('message', ({ data }) => {
			if (data === 'stored' || data === 'erased') onMessage(data);
		});
	}
}
