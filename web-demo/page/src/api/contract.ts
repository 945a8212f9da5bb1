import type { paths } from './schema';

/** The portal's OpenAPI document as types: `npm run api` writes `schema.d.ts`, a test fails when it is stale. */
type Verb = 'get' | 'post' | 'delete';

export type Method = 'GET' | 'POST' | 'DELETE';

/** An operation that the document has. `get?: never` stands for one that it has not. */
type Operation<P extends keyof paths, V extends Verb> = paths[P] extends { readonly [K in V]: infer O extends object }
	? O
	: never;

/** The paths that have an operation for this method. */
export type PathFor<M extends Method> = {
	readonly [P in keyof paths]: [Operation<P, Lowercase<M>>] extends [never] ? never : P;
}[keyof paths];

/** What is sent: `undefined` for an operation without a body. */
export type BodyOf<M extends Method, P extends keyof paths> =
	Operation<P, Lowercase<M>> extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;

/** What a success brings: `undefined` for an answer without a body. */
export type ResultOf<M extends Method, P extends keyof paths> =
	Operation<P, Lowercase<M>> extends { responses: infer R } ? Success<R> : never;

type Success<R> = {
	readonly [S in keyof R & (200 | 202 | 204)]: R[S] extends { content: { 'application/json': infer B } }
		? B
		: undefined;
}[keyof R & (200 | 202 | 204)];

/** `/a/{id}` has a parameter, `/a` has none. */
export type ParametersOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
	? { readonly [K in Name]: string } & ParametersOf<Rest>
	: object;
