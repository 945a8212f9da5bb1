/** Lost if these fail: the search of everything a run has written would find nothing, whatever stood there. */
import { type Kind, Occurred, occurred, type Written } from '../support/confidential.ts';
import { oathtool } from '../support/judges.ts';
import { enterCode, isLoggedIn, logInAtTool } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { connected } from '../support/tool.ts';

const NOTHING: Written = { log: '', metrics: '', mails: '', database: '' };
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('what stands in a log, a mail or a database is found, by its kind and place alone', () => {
	const cases: [Kind, string, Partial<Written>, string[]][] = [
		['password', 'hyvel å dimma', { log: 'login {"password":"hyvel å dimma"}' }, ['password in the log']],
		[
			'password',
			'hyvel å dimma',
			{ database: Buffer.from('hyvel å dimma').toString('latin1') },
			['password in the database'],
		],
		['password', 'hyvel dimma', { mails: 'Your new password is hyvel dimma.' }, ['password in the mails']],
		[
			'password',
			'hyvel dimma',
			{ log: 'x hyvel dimma y', metrics: 'a{b="hyvel dimma"} 1' },
			['password in the log', 'password in the metrics'],
		],
		[
			'shared secret',
			SECRET,
			{ database: `row ${Buffer.from('12345678901234567890').toString('hex')}` },
			['shared secret in the database'],
		],
		[
			'shared secret',
			SECRET,
			{ database: '\u0001\u001412345678901234567890\u0002' },
			['shared secret in the database'],
		],
		['shared secret', SECRET, { log: `secret=${SECRET}` }, ['shared secret in the log']],
		['recovery code', 'ABCD-EFGH-JKMN', { log: 'abcdefghjkmn' }, ['recovery code in the log']],
		['permit', 'head.claims.signature', { database: 'signature' }, ['permit in the database']],
		['link token', 'T0kenT0ken', { mails: 'http://localhost/#token=T0kenT0ken' }, []],
		['link token', 'T0kenT0ken', { log: 'GET /account/confirm#token=T0kenT0ken' }, ['link token in the log']],
		['e-mail address', 'karin@verkstad.example', { mails: 'karin@verkstad.example' }, []],
		['e-mail address', 'karin@verkstad.example', { log: 'to=karin%40verkstad.example' }, ['e-mail address in the log']],
		['one-time code', '123456', { log: 'code=123456 "123456" (123456)' }, ['one-time code in the log']],
		['one-time code', '123456', { log: '09:49:41.123456Z 123456-aa 0123456 a123456 123456ms', database: '123456' }, []],
	];
	for (const [kind, value, place, found] of cases) {
		const seen = new Occurred();
		seen.add(kind, value);
		expect(seen.findIn({ ...NOTHING, ...place }), `${kind} in ${JSON.stringify(place)}`).toEqual(found);
	}
	expect(new Occurred().findIn({ ...NOTHING, log: 'otpauth://totp/x' })).toEqual(['otpauth URI in the log']);
});

test('every kind of secret is heard, from the browser too', async ({ page, portal }) => {
	const person = await connected(portal);
	await logInAtTool(page, person);
	const typed = oathtool(person.secret, 30);
	await enterCode(page, typed, 'Continue');
	await isLoggedIn(page, person);
	const token = await page.evaluate(
		() => (JSON.parse(sessionStorage.getItem('gatepass.toolSession') ?? '{}') as { token: string }).token,
	);
	for (const [kind, value] of [
		['password', person.password],
		['one-time code', typed],
		['session token', token],
		['recovery code', person.recoveryCodes[9] ?? ''],
	] as const) {
		expect(occurred.findIn({ ...NOTHING, log: `x ${value} y` }), kind).toEqual([`${kind} in the log`]);
	}
	for (const kind of ['shared secret', 'login ticket', 'link token', 'e-mail address', 'name', 'workshop'] as const) {
		expect(occurred.has(kind), kind).toBe(true);
	}
});
