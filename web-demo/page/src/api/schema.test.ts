import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('the types are those of the portal as it is: renew them with `npm run api`', async () => {
	const document = new URL('../../../server/openapi.json', import.meta.url);
	const fresh = astToString(await openapiTS(document));
	const kept = readFileSync(new URL('./schema.d.ts', import.meta.url), 'utf8');
	// The command line puts a comment above what the library makes.
	expect(kept.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').trim() === fresh.trim()).toBe(true);
}, 30_000);
