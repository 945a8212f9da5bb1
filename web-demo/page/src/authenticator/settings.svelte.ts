import { readPreference, writePreference } from '../ui/storage';
import { type LockMinutes, lockMinutes } from './auto-lock';

/** How this browser's authenticator behaves. Nothing here is secret, so it lies outside the vault. */
export class Settings {
	#lockMinutes = $state<LockMinutes>(lockMinutes.find((minutes) => `${minutes}` === read('lock-minutes')) ?? 5);
	#lockWhenHidden = $state(read('lock-hidden') === 'yes');
	#showNext = $state(read('show-next') !== 'no');
	#openMs = Number(read('open-ms') ?? '') || 1_500;

	get lockMinutes(): LockMinutes {
		return this.#lockMinutes;
	}

	set lockMinutes(minutes: LockMinutes) {
		this.#lockMinutes = minutes;
		write('lock-minutes', `${minutes}`);
	}

	get lockWhenHidden(): boolean {
		return this.#lockWhenHidden;
	}

	set lockWhenHidden(yes: boolean) {
		this.#lockWhenHidden = yes;
		write('lock-hidden', yes ? 'yes' : undefined);
	}

	get showNext(): boolean {
		return this.#showNext;
	}

	set showNext(yes: boolean) {
		this.#showNext = yes;
		write('show-next', yes ? undefined : 'no');
	}

	/** How long opening took last time, in milliseconds: what the progress bar goes by. */
	get openMs(): number {
		return this.#openMs;
	}

	set openMs(ms: number) {
		this.#openMs = Math.max(200, Math.round(ms));
		write('open-ms', `${this.#openMs}`);
	}
}

function read(key: string): string | undefined {
	return readPreference(`authenticator.${key}`);
}

function write(key: string, value: string | undefined): void {
	writePreference(`authenticator.${key}`, value);
}
