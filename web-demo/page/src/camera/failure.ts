/** Why the camera gives no picture. Each has its own words and its own way on. */
export type CameraFailure =
	/** The page was not loaded over HTTPS (or from this machine), so browsers hide the camera. */
	| 'insecure'
	/** The browser has no camera interface. */
	| 'unsupported'
	/** The person, or a policy, said no. */
	| 'denied'
	/** There is no camera. */
	| 'missing'
	/** Another program holds the camera, or the device failed. */
	| 'in_use'
	/** The camera was granted, but no picture came. Installed pages on iOS can hang like this. */
	| 'no_picture'
	/** The camera went away while it ran. */
	| 'ended'
	| 'unknown';

/** What `getUserMedia` rejects with, by name (Media Capture and Streams §10.2). */
export function failureOf(cause: unknown): CameraFailure {
	if (!(cause instanceof Error || cause instanceof DOMException)) return 'unknown';
	switch (cause.name) {
		case 'NotAllowedError':
		case 'SecurityError':
		case 'PermissionDeniedError':
			return 'denied';
		case 'NotFoundError':
		case 'OverconstrainedError':
		case 'DevicesNotFoundError':
			return 'missing';
		case 'NotReadableError':
		case 'AbortError':
		case 'TrackStartError':
			return 'in_use';
		default:
			return 'unknown';
	}
}
