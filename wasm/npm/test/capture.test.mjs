// `gatepass/capture` as a customer installs it. Which reports are right is measured elsewhere; that they are the same ones in
// browsers and on the server, tests/golden compares. Here: the shapes, the errors, and that frames leave nothing behind.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { install, use, vector } from './customer.mjs';

const folder = install();

/** A card with print on dark ground, about 12 pixels a millimetre. */
function card(width, height, { left = 120, top = 90, across = 1027, down = 648 } = {}) {
	const luma = new Uint8Array(width * height);
	let seed = 1;
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
			const [u, v] = [x - left, y - top];
			const inside = u >= 0 && v >= 0 && u < across && v < down;
			const line = v % 60;
			const ink = line > 14 && line < 40 && u > 60 && u < across - 60 && ((u >> 2) * 2654435761) % 5 < 2;
			luma[y * width + x] = (inside ? (ink ? 50 : 205) : 60) + (seed >>> 30);
		}
	}
	return { luma, width, height };
}

/** A card of patches, which look otherwise for each seed. */
function patches(seed, { left = 120, top = 90 } = {}) {
	const frame = card(1280, 828, { left, top });
	for (let y = 0; y < 648; y++) {
		for (let x = 0; x < 1027; x++) {
			const mixed = Math.imul(Math.trunc(x / 60.5) * 31 + Math.trunc(y / 54) * 17 + seed * 101, 2654435761);
			const patch = Math.imul(mixed ^ (mixed >>> 15), 2246822507) >>> 25;
			frame.luma[(top + y) * 1280 + left + x] = 110 + patch;
		}
	}
	return frame;
}

/** The same in colour: red, green and blue added where the greys are what they were. */
function inColour({ luma, width, height }, tints = [20, -9, -7]) {
	const data = new Uint8ClampedArray(luma.length * 4);
	for (const [place, grey] of luma.entries()) {
		const sign = place % 320 < 160 ? 1 : -1;
		data.set([...tints.map((tint) => grey + sign * tint), 255], place * 4);
	}
	return { data, width, height };
}

/** A grey PNG. */
function png({ luma, width, height }) {
	const chunk = (name, data) => {
		const body = Buffer.concat([Buffer.from(name), data]);
		const frame = Buffer.alloc(8);
		frame.writeUInt32BE(data.length, 0);
		frame.writeUInt32BE(crc32(body), 4);
		return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 0, 0, 0, 0], 8);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++) rows.set(luma.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return new Uint8Array(
		Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
	);
}

describe('gatepass/capture', () => {
	/** @type {typeof import('gatepass/capture')} */
	let capture;
	const frame = card(1280, 828);

	before(async () => {
		capture = await use(folder, 'gatepass/capture');
		assert.throws(() => new capture.Examiner({ kind: 'passport' }), { code: 'not_initialised' });
		await capture.init();
	});

	it('finds a card in a preview frame and measures it', () => {
		const examiner = new capture.Examiner({ kind: 'licence' });
		const report = examiner.live(frame, { nowMs: 0.5 });
		assert.deepEqual([report.mode, report.width, report.height, report.steady], ['live', 1280, 828, false]);
		assert.equal(report.document?.source, 'edges');
		const wanted = [
			[120, 90],
			[1147, 90],
			[1147, 738],
			[120, 738],
		];
		// Which way up it lies is judged by its print, of which this card has none to judge by.
		const { corners } = report.document;
		for (const [x, y] of wanted) {
			const near = corners.some((corner) => Math.abs(corner.x - x) < 4 && Math.abs(corner.y - y) < 4);
			assert.ok(near, `${x}, ${y}: ${JSON.stringify(corners)}`);
		}
		const names = report.measures.map(({ name }) => name);
		assert.deepEqual(
			names,
			vector('error-codes.json').capture_measure.filter((name) => names.includes(name)),
		);
		for (const { name, value, unit, limit, upper, pass } of report.measures) {
			assert.equal(pass, upper ? value <= limit : value >= limit, name);
			assert.ok(unit.length > 0);
		}
		assert.equal(report.accepted, report.instruction === undefined);
		examiner.free();
		assert.throws(() => examiner.live(frame, { nowMs: 1 }), { code: 'freed' });
	});

	it('says the same of a frame with padding, and after any other frame', () => {
		const examiner = new capture.Examiner({ kind: 'licence' });
		const first = examiner.live(frame, { nowMs: 0 });
		const padded = new Uint8Array(1300 * 828).fill(99);
		for (let y = 0; y < 828; y++) padded.set(frame.luma.subarray(y * 1280, (y + 1) * 1280), y * 1300);
		const coloured = examiner.live(inColour(frame), { nowMs: 0 });
		for (const [other, report] of [
			[{ luma: padded, width: 1280, height: 828, stride: 1300 }, first],
			[frame, first],
			[inColour(frame), coloured],
		]) {
			assert.deepEqual(examiner.live(other, { nowMs: 1 }), report);
			examiner.live({ luma: new Uint8Array(640 * 480), width: 640, height: 480 }, { nowMs: 2 });
			examiner.live({ data: new Uint8Array(4 * 600 * 500), width: 600, height: 500 }, { nowMs: 3 });
		}
	});

	it('tells a copy in greys from a document by the colours of a preview frame', () => {
		const examiner = new capture.Examiner({ kind: 'licence' });
		const measure = (report, wanted) => report.measures.find(({ name }) => name === wanted);
		assert.equal(measure(examiner.live(frame, { nowMs: 0 }), 'grey_copy'), undefined);
		const grey = inColour(frame, [0, 0, 0]);
		const copy = examiner.live(grey, { nowMs: 0 });
		assert.deepEqual([measure(copy, 'grey_copy')?.value, measure(copy, 'grey_copy')?.pass], [0, false]);
		assert.equal(measure(examiner.live(inColour(frame), { nowMs: 0 }), 'grey_copy')?.pass, true);
		// All else is told by the greys, which are the same.
		const others = ({ measures }) => measures.filter(({ name }) => name !== 'grey_copy');
		assert.deepEqual(others(copy), others(examiner.live(frame, { nowMs: 0 })));
		assert.deepEqual(capture.lumaOfRgba(grey).luma, frame.luma);
	});

	it('knows the same picture and the same side again', () => {
		const examiner = new capture.Examiner({ kind: 'licence' });
		const report = (picture) => examiner.still(png(picture));
		const first = report(patches(7));
		const brighter = patches(7).luma.map((level) => level + 2);
		assert.equal(capture.relation(first, report({ ...frame, luma: brighter })), 'same_picture');
		assert.equal(capture.relation(first, report(patches(7, { left: 60, top: 120 }))), 'same_side');
		assert.equal(capture.relation(first, report(patches(8))), 'different');
		const nothing = report({ luma: new Uint8Array(640 * 480).fill(128), width: 640, height: 480 });
		assert.equal(capture.relation(first, nothing), undefined);
		const { document, ...rest } = first;
		assert.throws(
			() => capture.relation(first, { ...rest, document: { ...document, corners: document.corners.slice(1) } }),
			{ code: 'invalid_corners' },
		);
		assert.throws(() => capture.relation(first, { ...first, fingerprint: new Uint16Array(3) }), {
			code: 'invalid_fingerprint',
		});
	});

	it('is steady after half a second without a move, and not before', () => {
		const examiner = new capture.Examiner({ kind: 'licence' });
		const steady = [0, 250, 499, 500, 750].map((nowMs) => examiner.live(frame, { nowMs }).steady);
		assert.deepEqual(steady, [false, false, false, true, true]);
		assert.equal(examiner.live(card(1280, 828, { left: 220 }), { nowMs: 900 }).steady, false);
		// Two frames a day apart show nothing.
		const apart = new capture.Examiner({ kind: 'licence' });
		assert.deepEqual(
			[0, 86_400_000].map((nowMs) => apart.live(frame, { nowMs }).steady),
			[false, false],
		);
	});

	it('never lets the shutter go for a guide, whatever is behind it', () => {
		const guide = [
			{ x: 180, y: 70 },
			{ x: 1100, y: 70 },
			{ x: 1100, y: 650 },
			{ x: 180, y: 650 },
		];
		// Rows of text from edge to edge and no document, still and then moved.
		const page = { luma: new Uint8Array(1280 * 720), width: 1280, height: 720 };
		const examiner = new capture.Examiner({ kind: 'licence' });
		for (const [nowMs, by] of [
			[0, 0],
			[250, 0],
			[500, 0],
			[750, 0],
			[1000, 37],
		]) {
			for (let place = 0; place < page.luma.length; place++) {
				const [x, y] = [(place + by) % 1280, Math.trunc(place / 1280)];
				const ink = Math.imul(Math.trunc(x / 5), 2654435761) ^ Math.imul(Math.trunc(y / 5), 40503);
				page.luma[place] = y % 26 > 7 && (ink >>> 7) % 5 < 2 ? 40 : 205;
			}
			const report = examiner.live(page, { nowMs, guide });
			assert.deepEqual([report.document?.source, report.accepted, report.steady], ['guide', false, false], `${nowMs}`);
		}
	});

	it('gives a guide back where there is no document to be seen, and says so', () => {
		const examiner = new capture.Examiner({ kind: 'passport' });
		const nothing = { luma: new Uint8Array(640 * 480).fill(128), width: 640, height: 480 };
		const without = examiner.live(nothing, { nowMs: 0 });
		assert.deepEqual([without.document, without.instruction], [undefined, 'show_document']);
		const guide = [
			{ x: 100, y: 80 },
			{ x: 540, y: 80 },
			{ x: 540, y: 390 },
			{ x: 100, y: 390 },
		];
		const report = examiner.live(nothing, { nowMs: 0, guide });
		assert.deepEqual([report.document?.source, report.document?.corners], ['guide', guide]);
		assert.deepEqual([report.document?.confidence, report.instruction], [0, 'show_document']);
		assert.throws(() => examiner.live(nothing, { nowMs: 0, guide: guide.toReversed?.() ?? [...guide].reverse() }), {
			code: 'invalid_guide',
		});
		// Concave, and beyond the picture.
		for (const [place, corner] of [
			[2, { x: 200, y: 150 }],
			[1, { x: 641, y: 80 }],
		]) {
			assert.throws(() => examiner.live(nothing, { nowMs: 0, guide: guide.with(place, corner) }), {
				code: 'invalid_guide',
			});
		}
	});

	it('judges the final photograph from its bytes', () => {
		const examiner = new capture.Examiner({ kind: 'permit' });
		const bytes = png(frame);
		const report = examiner.still(bytes);
		assert.deepEqual([report.mode, report.width, report.height, 'steady' in report], ['still', 1280, 828, false]);
		assert.equal(report.fingerprint?.length, 12);
		assert.equal(capture.fingerprintDistance(report.fingerprint, report.fingerprint), 0);
		const { luma, width, height, stride } = capture.decodePicture(bytes);
		assert.deepEqual([width, height, stride], [1280, 828, 1280]);
		assert.deepEqual(luma, frame.luma);
		assert.throws(() => examiner.still(bytes.subarray(0, 5000)), { code: 'picture_damaged' });
		assert.throws(() => examiner.still(new TextEncoder().encode('GIF89a')), { code: 'picture_unsupported' });
		const bomb = bytes.slice();
		bomb.set([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60], 16);
		const view = new DataView(bomb.buffer);
		view.setUint32(29, crc32(bomb.subarray(12, 29)));
		assert.throws(() => capture.decodePicture(bomb), { code: 'picture_too_large' });
	});

	it('refuses by name what it cannot mean', () => {
		const examiner = new capture.Examiner({ kind: 'licence' });
		const live = (change) => examiner.live({ ...frame, ...change }, { nowMs: 0 });
		for (const [code, call] of Object.entries({
			unknown_document_kind: () => new capture.Examiner({ kind: 'visa' }),
			picture_empty: () => live({ width: 0 }),
			picture_stride_too_small: () => live({ stride: 1279 }),
			picture_buffer_too_short: () => live({ height: 829 }),
			picture_too_large: () => live({ width: 9000 }),
			invalid_time: () => examiner.live(frame, { nowMs: -1 }),
			invalid_fingerprint: () => capture.fingerprintDistance(new Uint16Array(12), new Uint16Array(11)),
			turn_script_length: () => new capture.TurnWatch([]),
			unknown_direction: () => new capture.TurnWatch([{ direction: 'up', atMs: 0 }]),
		})) {
			assert.throws(call, { name: 'GatepassError', code }, code);
		}
		assert.deepEqual(capture.documentSize('passport'), { width: 125, height: 88 });
	});

	it('watches a clip, and tells what speaks against one that stands still', () => {
		const watch = new capture.TurnWatch([
			{ direction: 'left', atMs: 500 },
			{ direction: 'right', atMs: 2500 },
		]);
		const small = card(320, 240, { left: 60, top: 40, across: 200, down: 126 });
		for (let at = 0; at < 5000; at += 100) watch.push(small, at);
		assert.equal(watch.frames, 50);
		assert.throws(() => watch.push(small, 4900), { code: 'turn_frame_time_backwards' });
		assert.throws(() => watch.push(frame, 6000), { code: 'turn_frame_size_changed' });
		const evidence = watch.evidence();
		assert.equal(evidence.verdict, 'not-shown');
		assert.ok(evidence.findings.includes('turn_frozen'), String(evidence.findings));
		assert.deepEqual(
			evidence.prompts.map(({ asked, seen }) => [asked, seen]),
			[
				['left', undefined],
				['right', undefined],
			],
		);
		const still = evidence.measures.find(({ name }) => name === 'longest_still');
		assert.deepEqual([still?.pass, still?.unit, still?.upper], [false, 'ms', true]);
		watch.free();
	});
});
