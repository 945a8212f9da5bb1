// Times of one preview frame and of one photograph in Node, for `cargo xtask bench gates`, which gives the folder with the
// frames: live-N-FORMAT.luma (1280 × 720 levels) and still-N-FORMAT.jpg. The best time of each frame counts, so that what else runs
// on the machine is not measured.   time<TAB>live|still<TAB>MEDIAN_MS

// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Examiner, init } from '../dist/capture.node.js';

const [WIDTH, HEIGHT, ROUNDS] = [1280, 720, 7];
const given = process.argv[2];
if (!given) throw new Error('Which folder has the frames?');
const folder = given;

/** @param {string} name */
function kind(name) {
	return name.includes('-td3.') ? 'passport' : 'licence';
}

/** @param {string} start @param {(examiner: Examiner, bytes: Uint8Array) => unknown} examine */
function median(start, examine) {
	const files = readdirSync(folder).filter((name) => name.startsWith(start));
	const frames = files.map((name) => ({
		examiner: new Examiner({ kind: kind(name) }),
		bytes: readFileSync(join(folder, name)),
	}));
	const times = frames.map(() => Infinity);
	// In the first rounds the engine compiles and buffers grow.
	for (let round = 0; round < ROUNDS; round++) {
		for (const [index, { examiner, bytes }] of frames.entries()) {
			const begun = performance.now();
			examine(examiner, bytes);
			times[index] = Math.min(times[index] ?? Infinity, performance.now() - begun);
		}
	}
	times.sort((a, b) => a - b);
	return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

await init();
let now = 0;
const live = median('live', (examiner, luma) => {
	now += 100;
	return examiner.live({ luma, width: WIDTH, height: HEIGHT }, { nowMs: now });
});
const still = median('still', (examiner, bytes) => examiner.still(bytes));
console.log(`time\tlive\t${live.toFixed(2)}\ntime\tstill\t${still.toFixed(2)}`);
