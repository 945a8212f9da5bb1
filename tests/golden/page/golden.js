// Asks for the frames group after group, judges each with the npm package as a customer would, and sends what it says of
// each as text.

// @ts-check
import { decodePicture, Examiner, GatepassError, init, TurnWatch } from './gatepass/dist/capture.js';
import { textOfError, textOfEvidence, textOfPixels, textOfReport } from './text.js';

/** One examiner for each kind, for all frames: what it saw before must not matter. */
const examiners = new Map();

/** @param {'passport' | 'licence' | 'permit'} kind */
function examiner(kind) {
	if (!examiners.has(kind)) examiners.set(kind, new Examiner({ kind }));
	return examiners.get(kind);
}

/** @param {number[] | null} guide */
function corners(guide) {
	if (guide === null) return {};
	const [a, b, c, d, e, f, g, h] = guide;
	const places = [
		[a, b],
		[c, d],
		[e, f],
		[g, h],
	];
	return { guide: places.map(([x, y]) => ({ x, y })) };
}

/** @param {any} about @param {Uint8Array} bytes */
async function judge(about, bytes) {
	try {
		const { kind, width, height, stride } = about;
		switch (about.type) {
			case 'grey':
				return textOfReport(
					examiner(kind).live({ luma: bytes, width, height, stride }, { nowMs: 0, ...corners(about.guide) }),
				);
			case 'colour': {
				const data = new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.byteLength);
				const frame = new ImageData(data.slice(), width, height);
				return textOfReport(examiner(kind).live(frame, { nowMs: 0, ...corners(about.guide) }));
			}
			case 'still':
				return (await textOfPixels(decodePicture(bytes))) + textOfReport(examiner(kind).still(bytes));
			case 'clip': {
				const watch = new TurnWatch(about.prompts.map(([direction, atMs]) => ({ direction, atMs })));
				about.times.forEach((at, index) => {
					const luma = bytes.subarray(index * width * height, (index + 1) * width * height);
					watch.push({ luma, width, height }, at);
				});
				const text = textOfEvidence(watch.evidence());
				watch.free();
				return text;
			}
			default:
				throw new Error(`What is ${about.type}?`);
		}
	} catch (error) {
		if (error instanceof GatepassError && error.code !== 'internal') return textOfError(error.code);
		throw error;
	}
}

/** @param {ArrayBuffer} body */
function* unpacked(body) {
	const view = new DataView(body);
	let at = 0;
	const part = () => {
		const length = view.getUint32(at, true);
		at += 4 + length;
		return new Uint8Array(body, at - length, length);
	};
	while (at < body.byteLength) {
		const about = JSON.parse(new TextDecoder().decode(part()));
		yield { about, bytes: part() };
	}
}

/** @param {number} group */
async function fetched(group) {
	const response = await fetch(`frames/${group}`);
	return response.status === 200 ? response.arrayBuffer() : undefined;
}

try {
	await init();
	let next = fetched(0);
	for (let group = 0; ; group++) {
		const body = await next;
		if (body === undefined) break;
		next = fetched(group + 1);
		const texts = [];
		for (const { about, bytes } of unpacked(body)) texts.push(await judge(about, bytes));
		await fetch('texts', { method: 'POST', body: texts.join('\n') });
	}
	document.title = 'through';
} catch (error) {
	await fetch('failure', { method: 'POST', body: `${error}\n${error?.cause ?? ''}\n${error?.stack ?? ''}` });
	document.title = 'failed';
}
