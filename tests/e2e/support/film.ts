/** What a phone's camera would see of a screen, as a film for Chromium's fake camera. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from '@playwright/test';

const FOLDER = resolve(import.meta.dirname, '../../../target/e2e');
mkdirSync(FOLDER, { recursive: true });

/** Chromium opens this file when a page opens the camera, so a test shoots its film before that. */
export const FILM = join(FOLDER, 'camera.mjpeg');

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 24;

/** A hand is never still: each frame is tilted, turned and blurred a little differently, always the same way round. */
function pose(frame: number): { transform: string; blur: number } {
	const sway = Math.sin((frame / FRAMES) * 2 * Math.PI);
	const bob = Math.cos((frame / FRAMES) * 2 * Math.PI);
	return {
		transform: `perspective(1400px) rotateX(${9 + 3 * bob}deg) rotateY(${-14 + 4 * sway}deg) rotateZ(${3 + 2 * sway}deg) translate(${12 * sway}px, ${8 * bob}px)`,
		blur: 0.6 + 0.5 * Math.abs(sway),
	};
}

/** Films a PNG of a screen: tilt, blur, uneven light, noise, JPEG. */
export async function shoot(browser: Browser, screen: Buffer): Promise<void> {
	const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
	try {
		await page.setContent(`
			<style>
				body { margin: 0; background: #3a3d40; overflow: hidden }
				img { position: absolute; left: 50%; top: 50%; max-width: 88vw; max-height: 88vh; translate: -50% -50% }
				canvas { position: absolute; inset: 0; opacity: .22; mix-blend-mode: overlay }
				div { position: absolute; inset: 0; background: linear-gradient(115deg, #fff3, #0000 35%, #0004) }
			</style>
			<img src="data:image/png;base64,${screen.toString('base64')}"><div></div>
			<canvas width="${WIDTH}" height="${HEIGHT}"></canvas>`);
		await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
		const frames: Buffer[] = [];
		for (let frame = 0; frame < FRAMES; frame++) {
			await page.evaluate(
				({ transform, blur, seed }) => {
					const image = document.querySelector('img');
					const canvas = document.querySelector('canvas');
					const ink = canvas?.getContext('2d');
					if (!image || !canvas || !ink) throw new Error('the studio is empty');
					image.style.transform = transform;
					image.style.filter = `blur(${blur}px) contrast(.82) brightness(.94)`;
					const noise = ink.createImageData(canvas.width, canvas.height);
					let state = seed;
					for (let at = 0; at < noise.data.length; at += 4) {
						state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
						const grey = state >>> 24;
						noise.data.set([grey, grey, grey, 255], at);
					}
					ink.putImageData(noise, 0, 0);
				},
				{ ...pose(frame), seed: frame + 1 },
			);
			frames.push(await page.screenshot({ type: 'jpeg', quality: 70 }));
		}
		writeFileSync(FILM, Buffer.concat(frames));
	} finally {
		await page.close();
	}
}
