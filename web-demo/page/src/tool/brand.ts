/** "Volkswagen Group (VW, Audi)" → the group, and the makes that belong to it. */
export function brandParts(name: string): { readonly group: string; readonly makes: string | undefined } {
	const match = /^(.*?)\s*\((.*)\)$/.exec(name);
	return { group: match?.[1] ?? name, makes: match?.[2] };
}
