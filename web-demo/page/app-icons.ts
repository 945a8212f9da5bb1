import { deflateSync } from 'node:zlib';

/** A colour with its coverage, each 0 to 1. */
type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const BLUE: Pixel = [0x0b / 255, 0x57 / 255, 0xd0 / 255, 1];
const WHITE: Pixel = [1, 1, 1, 1];
const CLEAR: Pixel = [0, 0, 0, 0];
/** Samples per pixel and direction: smooth edges. */
const SAMPLES = 4;

/**
 * The app's icon as a PNG of `size × size` pixels: the drawing of `public/icon.svg`, for the systems that take no SVG.
 * `maskable`: without rounded corners and small enough for any mask (the inner 80 % are always seen).
 */
export function appIcon(size: number, maskable: boolean): Uint8Array {
	const pixels = Buffer.alloc(size * (size * 4 + 1));
	for (let y = 0; y < size; y += 1) {
		for (let x = 0; x < size; x += 1) {
			const [red, green, blue, alpha] = average(x, y, size, maskable);
			const at = y * (size * 4 + 1) + 1 + x * 4;
			pixels.set(
				[red, green, blue, alpha].map((part) => Math.round(part * 255)),
				at,
			);
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	header.set([8, 6, 0, 0, 0], 8); // 8 bits, RGBA, no interlace
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(pixels, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function average(x: number, y: number, size: number, maskable: boolean): Pixel {
	let [red, green, blue, alpha] = [0, 0, 0, 0];
	for (let row = 0; row < SAMPLES; row += 1) {
		for (let column = 0; column < SAMPLES; column += 1) {
			const u = ((x + (column + 0.5) / SAMPLES) / size) * 32;
			const v = ((y + (row + 0.5) / SAMPLES) / size) * 32;
			const sample = drawn(u, v, maskable);
			red += sample[0] * sample[3];
			green += sample[1] * sample[3];
			blue += sample[2] * sample[3];
			alpha += sample[3];
		}
	}
	const count = SAMPLES * SAMPLES;
	return alpha === 0 ? CLEAR : [red / alpha, green / alpha, blue / alpha, alpha / count];
}

/** The drawing at a point of the SVG's 32 × 32 field. */
function drawn(u: number, v: number, maskable: boolean): Pixel {
	const scale = maskable ? 0.78 : 1;
	const x = (u - 16) / scale + 16;
	const y = (v - 16) / scale + 16;
	const tick = Math.min(toSegment(x, y, 12.5, 20.4, 15, 22.8), toSegment(x, y, 15, 22.8, 19.6, 18.2));
	if (tick <= 1.15) return BLUE;
	if (toBox(x, y, 7.5, 15, 24.5, 26, 2.5) <= 0) return WHITE;
	const arc = y <= 13 ? Math.abs(Math.hypot(x - 16, y - 13) - 6) : Number.POSITIVE_INFINITY;
	const shackle = Math.min(arc, toSegment(x, y, 10, 13, 10, 16), toSegment(x, y, 22, 13, 22, 16));
	if (shackle <= 1.25) return WHITE;
	return maskable || toBox(u, v, 0, 0, 32, 32, 7) <= 0 ? BLUE : CLEAR;
}

function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
	const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
	const t = Math.max(0, Math.min(1, along));
	return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** Distance to a box with round corners; at most 0 inside. */
function toBox(x: number, y: number, left: number, top: number, right: number, bottom: number, radius: number): number {
	const dx = Math.max(left + radius - x, 0, x - (right - radius));
	const dy = Math.max(top + radius - y, 0, y - (bottom - radius));
	return Math.hypot(dx, dy) - radius;
}

function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	framed.set(body, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

function crc32(bytes: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return (crc ^ 0xffffffff) >>> 0;
}
