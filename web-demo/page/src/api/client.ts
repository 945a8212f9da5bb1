import type { BodyOf, Method, ParametersOf, PathFor, ResultOf } from './contract';
import type { Answer, ApiError } from './error';

/** What one request carries, besides method and path. */
export type Call<M extends Method, P extends PathFor<M>> = {
	readonly headers?: Readonly<Record<string, string>>;
	/** Takes the request back. */
	readonly signal?: AbortSignal | undefined;
} & (BodyOf<M, P> extends undefined ? object : { /** Sent as JSON. */ readonly body: BodyOf<M, P> }) &
	(object extends ParametersOf<P> ? object : { readonly parameters: ParametersOf<P> });

/** The same without its types: what the network sees. */
interface Request {
	readonly method: Method;
	readonly path: string;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal?: AbortSignal | undefined;
}

/** What the client needs of its surroundings; tests give their own. */
export interface Transport {
	readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
	readonly wait: (milliseconds: number) => Promise<void>;
}

/** How long one attempt may take, in milliseconds. Above the portal's own limit, so that its answer wins. */
const patience = 35_000;

/** Pauses before the second and third attempt of a safe request, in milliseconds. */
const pauses = [300, 1_200];

const browser: Transport = {
	fetch: (input, init) => fetch(input, init),
	wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * The one place that calls `fetch`. Turns every failure into an `ApiError`; repeats a request by itself only when it is
 * a GET: whatever changes something is sent once, and the person decides.
 */
export class Client {
	readonly #transport: Transport;

	constructor(transport: Transport = browser) {
		this.#transport = transport;
	}

	/** Method, path, body and answer are those of the portal's OpenAPI document. */
	async call<M extends Method, P extends PathFor<M>>(
		method: M,
		path: P,
		call: Call<M, P>,
	): Promise<Answer<ResultOf<M, P>>> {
		const { parameters, ...rest } = call as Omit<Request, 'method' | 'path'> & {
			readonly parameters?: Readonly<Record<string, string>>;
		};
		const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters?.[name] ?? ''));
		return this.#send<ResultOf<M, P>>({ method, path: filled, ...rest });
	}

	async #send<T>(request: Request): Promise<Answer<T>> {
		const attempts = request.method === 'GET' ? pauses.length + 1 : 1;
		for (let attempt = 1; ; attempt += 1) {
			const answer = await this.#attempt<T>(request);
			if (answer.ok || attempt === attempts || !mayPass(answer.error)) return answer;
			await this.#transport.wait(pauses[attempt - 1] ?? 0);
		}
	}

	async #attempt<T>({ method, path, body, headers, signal }: Request): Promise<Answer<T>> {
		const limit = AbortSignal.timeout(patience);
		let response: Response;
		try {
			response = await this.#transport.fetch(path, {
				method,
				headers: {
					accept: 'application/json, application/problem+json',
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
					...headers,
				},
				body: body === undefined ? null : JSON.stringify(body),
				credentials: 'same-origin',
				cache: 'no-store',
				redirect: 'error',
				signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
			});
			return await read<T>(response);
		} catch {
			if (signal?.aborted) return failed({ kind: 'cancelled' });
			return failed(limit.aborted ? { kind: 'timeout' } : { kind: 'offline' });
		}
	}
}

async function read<T>(response: Response): Promise<Answer<T>> {
	const text = await response.text();
	let body: unknown;
	try {
		body = text === '' ? undefined : JSON.parse(text);
	} catch {
		body = unreadable;
	}
	if (response.ok) {
		return body === unreadable
			? failed({ kind: 'unreadable', status: response.status })
			: { ok: true, value: body as T };
	}
	return failed(problem(response, body));
}

const unreadable = Symbol('not JSON');

function problem(response: Response, body: unknown): ApiError {
	if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string') {
		// A proxy answers for a portal that is down: to a person the same as no connection.
		return response.status >= 502 && response.status <= 504
			? { kind: 'offline' }
			: { kind: 'unreadable', status: response.status };
	}
	const fields: Record<string, string> = {};
	if ('fields' in body && typeof body.fields === 'object' && body.fields !== null) {
		for (const [name, code] of Object.entries(body.fields)) {
			if (typeof code === 'string') fields[name] = code;
		}
	}
	return {
		kind: 'problem',
		status: response.status,
		code: body.code,
		fields,
		retryAfter: retryAfter(response.headers.get('retry-after')),
	};
}

/** Seconds, as our portal sends them; an HTTP date of something in between is taken as unknown. */
function retryAfter(header: string | null): number | undefined {
	const seconds = Number(header);
	return header === null || !Number.isFinite(seconds) || seconds < 0 ? undefined : seconds * 1_000;
}

function mayPass(error: ApiError): boolean {
	return error.kind === 'offline' || error.kind === 'timeout' || (error.kind === 'problem' && error.status === 503);
}

function failed(error: ApiError): { readonly ok: false; readonly error: ApiError } {
	return { ok: false, error };
}
