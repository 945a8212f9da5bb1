/** What the portal must refuse, with the clock moved, codes reused, permits altered. Lost if these fail: the lock. */
import { oathtool } from '../support/judges.ts';
import { post } from '../support/people.ts';
import { DATABASES, expect, test } from '../support/test.ts';
import { connected, newTicket, type Permit, redeem, SERIAL, sendCode } from '../support/tool.ts';

for (const database of DATABASES) {
	test.describe(`on ${database}`, () => {
		test.use({ database });

		test('a code counts once, one step early or late is fine, two are not', async ({ portal }) => {
			const person = await connected(portal);
			const refused = { status: 403, body: { code: 'code_refused' } };
			expect(await sendCode(portal, await newTicket(portal, person), person.code)).toMatchObject(refused);
			expect(await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 90))).toMatchObject(
				refused,
			);
			expect((await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 30))).status).toBe(200);

			portal.moveClock(3600);
			expect(await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 3600 - 90))).toMatchObject(
				refused,
			);
			expect((await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 3600))).status).toBe(200);
		});

		test('wrong codes run into a pause that a restart does not lift, and the right code waits too', async ({
			portal,
		}) => {
			const person = await connected(portal);
			for (let tries = 0; tries < 6; tries++) {
				expect((await sendCode(portal, await newTicket(portal, person), '000000')).status).toBe(403);
			}
			// Which of wrong, reused and paused it is, is not said to whoever guesses.
			const refused = { status: 403, body: { code: 'code_refused' } };
			expect(await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 30))).toMatchObject(
				refused,
			);
			await portal.restart();
			expect(await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 30))).toMatchObject(
				refused,
			);

			portal.moveClock(7200);
			expect((await sendCode(portal, await newTicket(portal, person), oathtool(person.secret, 7200))).status).toBe(200);
		});

		test('a recovery code lets in once, in place of the code', async ({ portal }) => {
			const person = await connected(portal);
			expect(person.recoveryCodes).toHaveLength(10);
			const [recoveryCode] = person.recoveryCodes;
			const first = { ticket: await newTicket(portal, person), recoveryCode };
			expect(await post(portal, '/tool/v1/login/code', first)).toMatchObject({
				status: 200,
				body: { recoveryCodesLeft: 9 },
			});
			const again = { ticket: await newTicket(portal, person), recoveryCode };
			expect(await post(portal, '/tool/v1/login/code', again)).toMatchObject({
				status: 403,
				body: { code: 'code_refused' },
			});
		});

		test('a permit works once, not when altered, not after its time', async ({ portal }) => {
			const person = await connected(portal);
			const get = async () => {
				const answer = await post<Permit>(portal, '/tool/v1/permits', { brand: 'fca' }, person.token);
				expect(answer.status).toBe(200);
				return answer.body;
			};
			const { permit } = await get();
			const [head = '', claims = '', signature = ''] = permit.split('.');
			const told = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
			expect(told).toMatchObject({ brand: 'fca', tool: SERIAL, workshop: person.workshop });

			const other = Buffer.from(JSON.stringify({ ...told, brand: 'vag' })).toString('base64url');
			const altered = await redeem(portal, `${head}.${other}.${signature}`, person.token);
			expect(altered).toMatchObject({ status: 400, body: { code: 'permit_invalid' } });
			expect((await redeem(portal, permit, person.token)).status).toBe(200);
			expect(await redeem(portal, permit, person.token)).toMatchObject({ status: 409, body: { code: 'permit_used' } });

			const late = await get();
			portal.moveClock(11 * 60);
			expect(await redeem(portal, late.permit, person.token)).toMatchObject({
				status: 400,
				body: { code: 'permit_expired' },
			});
		});

		test('a brand with a code per unlock asks for a fresh one each time', async ({ portal }) => {
			const person = await connected(portal);
			const ask = (code?: string) =>
				post<Permit>(portal, '/tool/v1/permits', { brand: 'vag', ...(code && { code }) }, person.token);
			expect(await ask()).toMatchObject({ status: 403, body: { code: 'code_wanted' } });
			expect(await ask(person.code)).toMatchObject({ status: 403, body: { code: 'code_refused' } });
			expect((await ask(oathtool(person.secret, 30))).status).toBe(200);
		});
	});
}
