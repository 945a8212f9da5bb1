import { decodeQr, init, Scanner } from 'gatepass';
import { serve } from '../bridge/worker/serve';
import type { CameraCalls, Found, Pixels, ScanPicture } from './shared/protocol';

let scanner: Scanner | undefined;

const host: CameraCalls = {
	warm() {},
	scanPixels({ data, width, height }: Pixels): Found[] {
		return decodeQr({ data, width, height });
	},
	scanBitmap(bitmap: ScanPicture): Found[] {
		scanner ??= new Scanner();
		try {
			return scanner.scan(bitmap as ImageBitmap);
		} finally {
			bitmap.close();
		}
	},
};

serve<CameraCalls>(self, host, () => init());
