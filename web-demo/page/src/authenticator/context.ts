import { createContext } from 'svelte';
import type { QrReader } from '../camera/reader';
import type { authenticator as english } from '../i18n/en/authenticator';
import type { Translation } from '../i18n/messages';
import type { AddFlow } from './add-flow';
import type { Authenticator } from './authenticator.svelte';
import type { Notices } from './notices.svelte';
import type { Views } from './views.svelte';

/** The words of the authenticator. */
export type Words = Translation<typeof english>;

/** What the components of the authenticator share. Made once, by `App.svelte`. */
export interface AuthenticatorContext {
	readonly auth: Authenticator;
	readonly views: Views;
	readonly notices: Notices;
	readonly reader: QrReader;
	readonly flow: AddFlow;
	/** In the current language. */
	readonly t: Words;
}

export const [getAuthenticator, setAuthenticator] = createContext<AuthenticatorContext>();
