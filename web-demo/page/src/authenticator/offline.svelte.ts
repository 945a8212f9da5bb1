/** The service worker's side of the page: whether it works offline, and whether a newer version waits. */
export class Offline {
	#waiting = $state.raw<ServiceWorker>();
	#ready = $state(false);

	/** A newer version is there and is used when the person says so. */
	get updateReady(): boolean {
		return this.#waiting !== undefined;
	}

	/** The page is stored and works without a network. */
	get ready(): boolean {
		return this.#ready;
	}

	async start(): Promise<void> {
		if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
		try {
			const registration = await navigator.serviceWorker.register('/sw.js');
			this.#look(registration);
			registration.addEventListener('updatefound', () => this.#look(registration));
			await navigator.serviceWorker.ready;
			this.#ready = true;
		} catch {
			// Without a service worker the page works as long as there is a network.
		}
	}

	/** Changes to the newer version. The vault locks: the page is loaded again. */
	update(): void {
		navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
		this.#waiting?.postMessage('use-new-version');
	}

	#look(registration: ServiceWorkerRegistration): void {
		const fresh = registration.installing ?? registration.waiting;
		if (!fresh) return;
		const note = () => {
			// The first version of all takes over by itself.
			if (fresh.state === 'installed' && navigator.serviceWorker.controller) this.#waiting = fresh;
		};
		fresh.addEventListener('statechange', note);
		note();
	}
}
