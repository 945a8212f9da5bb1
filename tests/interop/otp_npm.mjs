// The npm package otpauth makes the code of every case on standard input (one JSON object per line) and says where it
// differs: {"checked": N, "differ": [line, …]}.
import { createInterface } from 'node:readline';
import { Secret, TOTP } from 'otpauth';

let checked = 0;
const differ = [];
for await (const line of createInterface({ input: process.stdin })) {
	const { secret, algorithm, digits, period, time, code, steam } = JSON.parse(line);
	if (steam) continue;
	const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm, digits, period });
	checked += 1;
	if (totp.generate({ timestamp: time * 1000 }) !== code) differ.push(line);
}
console.log(JSON.stringify({ checked, differ: differ.slice(0, 5) }));
