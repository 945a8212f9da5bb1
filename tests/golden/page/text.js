// The canonical form of a report: lines of words, numbers as the bits of a 32-bit float. `src/text.rs` writes the same.

// @ts-check

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** @param {number} value */
function bits(value) {
	float[0] = value;
	// Every number of the core is a 32-bit one; another one here would be cut in silence.
	if (!Object.is(float[0], value)) return `${value}!`;
	return hex(word[0], 8);
}

/** @param {number} value @param {number} digits */
function hex(value, digits) {
	return value.toString(16).padStart(digits, '0');
}

/** @param {string} name @param {string | undefined} value */
function line(name, value) {
	return `${name} ${value ?? '-'}\n`;
}

/** @param {{x: number, y: number}} place */
function point({ x, y }) {
	return `${bits(x)} ${bits(y)}`;
}

/** @param {readonly {x: number, y: number}[] | undefined} corners */
function quad(corners) {
	return corners?.map(point).join(' ');
}

/** @param {string} code */
export function textOfError(code) {
	return line('error', code);
}

/** @param {import('gatepass/capture').LumaImage} picture */
export async function textOfPixels({ luma }) {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (luma)));
	return line('pixels', Array.from(digest, (byte) => hex(byte, 2)).join(''));
}

/** @param {import('gatepass/capture').CaptureReport} report */
export function textOfReport({ mode, width, height, accepted, instruction, document, measures, fingerprint }) {
	const located =
		document &&
		`${document.source} ${document.upright} ${document.cut} ${bits(document.confidence)} ${quad(document.corners)}`;
	return [
		line('report', `${mode} ${width} ${height} ${accepted}`),
		line('instruction', instruction),
		line('document', located),
		...measures.flatMap(({ name, value, unit, limit, upper, pass, warning, region }) => [
			line(`measure ${name}`, `${bits(value)} ${unit} ${bits(limit)} ${upper} ${pass} ${warning}`),
			line('region', quad(region)),
		]),
		line('fingerprint', fingerprint && Array.from(fingerprint, (row) => hex(row, 4)).join(' ')),
	].join('');
}

/** @param {import('gatepass/capture').TurnEvidence} evidence */
export function textOfEvidence({ verdict, findings, prompts, measures, yaw, head }) {
	return [
		line('evidence', verdict),
		line('findings', findings.length === 0 ? undefined : findings.join(' ')),
		...prompts.map(({ asked, seen, extent, solid, fastest, afterMs }) =>
			line(`prompt ${asked}`, `${seen ?? '-'} ${bits(extent)} ${bits(solid)} ${bits(fastest)} ${afterMs}`),
		),
		...measures.map(({ name, value, unit, limit, upper, pass }) =>
			line(`measure ${name}`, `${value === undefined ? '-' : bits(value)} ${unit} ${bits(limit)} ${upper} ${pass}`),
		),
		line('yaw', Array.from(yaw, bits).join(' ')),
		line('head', head && `${point(head.centre)} ${bits(head.halfWidth)}`),
	].join('');
}
