import type { ApiError } from '../api/error';
import type { account } from '../i18n/account';
import type { Translation } from '../i18n/messages';
import { failureText } from '../ui/failure';
import type { FieldError } from '../ui/form.svelte';
import type { Shell } from '../ui/shell.svelte';

type Messages = Translation<(typeof account)['en']>;
type Wrong = keyof Pick<Messages['wrong'], 'fullName' | 'workshop' | 'email' | 'password'>;

/** Shortest password, in characters: the portal's rule, told before it is asked. */
const shortest = 12;

/** What the portal calls a field → the field of this form, and whose words it uses. */
export type FieldMap<Field extends string> = Readonly<Record<string, { readonly field: Field; readonly words: Wrong }>>;

/**
 * What the portal refused, in the words of the fields. `messages` is a function so that the words follow the language.
 */
export function refusedFields<Field extends string>(
	error: ApiError,
	map: FieldMap<Field>,
	messages: () => Messages,
	shell: Shell,
): readonly FieldError<Field>[] {
	if (error.kind === 'problem' && error.code === 'fields_refused') {
		const errors: FieldError<Field>[] = [];
		for (const [name, code] of Object.entries(error.fields)) {
			const target = map[name];
			if (target === undefined) continue;
			errors.push({
				field: target.field,
				message: () => {
					const words: Readonly<Record<string, string>> = messages().wrong[target.words];
					return words[code] ?? messages().wrong.other;
				},
			});
		}
		if (errors.length > 0) return errors;
	}
	return [{ message: () => failureText(error, shell) }];
}

/** What a new password lacks before it is sent; the portal judges the rest. */
export function checkNewPassword(password: string): 'required' | 'too_short' | undefined {
	if (password === '') return 'required';
	return Array.from(password.normalize('NFKC')).length < shortest ? 'too_short' : undefined;
}
