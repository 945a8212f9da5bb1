// `gatepass/identity` as a customer installs it: the vectors of tests/vectors, and the shapes that the types promise.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { install, use, vector } from './customer.mjs';

const folder = install();

describe('gatepass/identity', () => {
	/** @type {typeof import('gatepass/identity')} */
	let identity;
	const now = Date.UTC(2026, 10, 23);

	before(async () => {
		identity = await use(folder, 'gatepass/identity');
		assert.throws(() => identity.countries(), { code: 'not_initialised' });
		await identity.init();
	});

	/** A name of the vectors, typed or printed. */
	const thrown = (call) => {
		try {
			call();
		} catch (error) {
			assert.ok(error instanceof identity.GatepassError, String(error));
			return error.code;
		}
		return undefined;
	};

	it('compares every pair of names of the corpus as the other surfaces do', () => {
		const { cases, errors, zoneErrors } = vector('names.json');
		assert.ok(cases.length >= 160);
		for (const { typed, document, level, accepted, mayBeTruncated } of cases) {
			const found = identity.compareNames(typed, document);
			const name = `${JSON.stringify(typed)} beside ${document}`;
			assert.equal(found.level, level, name);
			assert.equal(found.accepted, accepted, name);
			assert.equal(found.decision === 'accept', accepted, name);
			if (mayBeTruncated !== undefined) assert.equal(found.mayBeTruncated, mayBeTruncated, name);
			assert.ok(found.difference.length > 0, name);
		}
		for (const { text, error } of errors) {
			assert.equal(
				thrown(() => identity.compareNames(text, 'EK, KARIN')),
				error,
				JSON.stringify(text),
			);
		}
		for (const { field, error } of zoneErrors) {
			if (!field.includes('<')) continue;
			assert.equal(
				thrown(() => identity.compareNames('Karin Ek', field)),
				error,
				field,
			);
		}
	});

	it('shows what to add, letter by letter, and nothing of an accepted name', () => {
		const { level, difference } = identity.compareNames('Jean Dupomt', 'DUPONT, JEAN PIERRE');
		assert.equal(level, 'different');
		const missing = difference.find(({ kind }) => kind === 'missing');
		assert.deepEqual(missing, { kind: 'missing', part: 'given', document: 'PIERRE', letters: [] });
		const letters = difference.find(({ kind }) => kind === 'letters')?.letters ?? [];
		assert.deepEqual(
			letters.filter(({ kind }) => kind !== 'same'),
			[{ kind: 'changed', typed: 'm', document: 'N' }],
		);
	});

	it('says what to change with texts that it has in both languages', () => {
		const { advice } = identity.compareNames('Jean Dupont', 'DUPONT, JEAN PIERRE');
		assert.deepEqual(advice, [
			{ key: 'name-advice-written', arguments: { document: 'DUPONT JEAN PIERRE', typed: 'Jean Dupont' } },
			{ key: 'name-advice-add', arguments: { words: 'PIERRE' } },
		]);
		for (const language of ['sv', 'en']) {
			for (const key of vector('error-codes.json').name_advice) {
				assert.match(identity.reasonTexts(language), new RegExp(`^${key} = .+`, 'm'), `${language}: ${key}`);
			}
		}
		const cut = identity.compareNames(
			'Anna Alexandra Victoria Wahlgren Bernadotte',
			'WAHLGREN<BERNADO<<ANNA<ALEXANDRA<VICTOR',
		);
		assert.deepEqual([cut.decision, cut.advice], ['review', [{ key: 'name-advice-review', arguments: {} }]]);
		assert.deepEqual(identity.compareNames('Karin Ek', 'EK, KARIN').advice, []);
	});

	it('goes by the policy that it is given', () => {
		const typed = { given: 'Jean', surname: 'Dupont' };
		const strict = identity.compareNames(typed, 'DUPONT, JEAN PIERRE');
		assert.deepEqual([strict.level, strict.accepted, strict.decision], ['missing-middle', false, 'refuse']);
		const loose = identity.compareNames(typed, 'DUPONT, JEAN PIERRE', { acceptUpTo: 'missing-middle' });
		assert.deepEqual([loose.level, loose.accepted], ['missing-middle', true]);
		assert.equal(
			thrown(() => identity.compareNames(typed, typed, { acceptUpTo: 'nearly' })),
			'unknown_name_level',
		);
	});

	it('previews every name of the corpus', () => {
		for (const { typed, field, language, zone, hints } of vector('names.json').previews) {
			const found = identity.previewName(typed, { field, ...(language && { language }) });
			assert.deepEqual(found, { zone, hints }, JSON.stringify(typed));
		}
	});

	it('reads every zone of the corpus, and compares its name as it stands', () => {
		const iso = (date) =>
			date &&
			[date.year, date.month, date.day]
				.map((part, place) => (part === undefined ? '?' : String(part).padStart(place === 0 ? 4 : 2, '0')))
				.join('-');
		const { zones, rejected } = vector('mrz.json');
		assert.ok(zones.length >= 20);
		for (const wanted of zones) {
			const mrz = identity.readMrz(wanted.lines.join('\n'), now);
			const { fields } = mrz;
			assert.equal(mrz.format, wanted.format, wanted.name);
			assert.deepEqual(mrz.lines, wanted.lines, wanted.name);
			assert.deepEqual(
				Object.fromEntries(mrz.checks.map(({ check, outcome }) => [check, outcome])),
				wanted.checks,
				wanted.name,
			);
			for (const [field, key] of [
				['document_code', 'documentCode'],
				['issuer', 'issuer'],
				['document_number', 'documentNumber'],
				['nationality', 'nationality'],
				['sex', 'sex'],
				['personal_number', 'personalNumber'],
			]) {
				if (typeof wanted.fields[field] === 'string')
					assert.equal(fields[key] ?? '', wanted.fields[field], wanted.name);
			}
			for (const [field, key] of [
				['birth_date', 'birthDate'],
				['expiry_date', 'expiryDate'],
			]) {
				const date = wanted.fields[field];
				if (/^\d{4}-\d\d-\d\d$/.test(date ?? '')) assert.equal(iso(fields[key]), date, wanted.name);
			}
			if ((wanted.fields.primary ?? null) === null) continue;
			assert.deepEqual(
				[fields.name?.primary, fields.name?.secondary],
				[wanted.fields.primary, wanted.fields.secondary],
			);
			if (fields.name !== undefined && !fields.name.surnameOnly) {
				const typed = { given: fields.name.secondary.join(' '), surname: fields.name.primary.join(' ') };
				const { level } = identity.compareNames(typed, fields.name);
				assert.equal(level, 'identical', wanted.name);
			}
		}
		for (const { lines, name, error, line, at } of rejected) {
			const text = lines.join('\n');
			assert.equal(
				thrown(() => identity.readMrz(text, now)),
				error,
				name,
			);
			const column = error === 'mrz_wrong_length' ? undefined : at;
			const place = (found) => {
				assert.deepEqual([found.line, found.column], [line, column], name);
				assert.deepEqual(['line' in found, 'column' in found], [line !== undefined, column !== undefined], name);
				assert.ok(text === '' || !found.message.includes(text));
				return true;
			};
			assert.throws(() => identity.repairMrz(text, now), place);
		}
	});

	it('mends only what is proven, and says what it changed', () => {
		for (const { name, lines, mended, changes, proposed } of vector('mrz.json').repairs) {
			const text = lines.join('\n');
			const found = identity.repairMrz(text, now);
			assert.deepEqual(found?.lines ?? null, mended, name);
			assert.deepEqual(
				(found?.repairs ?? []).map(({ line, column, read, meant }) => [line, column, read, meant]),
				changes,
				name,
			);
			if (proposed === undefined) continue;
			const proposals = identity.proposeMrz(text, now);
			assert.deepEqual(
				proposals.map(({ line, column, read, meant }) => [line, column, read, meant]),
				[proposed],
				name,
			);
		}
	});

	it('writes the passport of the standard', () => {
		const record = {
			format: 'td3',
			documentCode: 'P',
			issuer: 'UTO',
			documentNumber: 'L898902C3',
			nationality: 'UTO',
			birthDate: { year: 1974, month: 8, day: 12 },
			sex: 'female',
			expiryDate: { year: 2012, month: 4, day: 15 },
			primary: ['ERIKSSON'],
			secondary: ['ANNA', 'MARIA'],
			personalNumber: 'ZE184226B',
		};
		assert.deepEqual(identity.emitMrz(record), vector('mrz.json').zones[0].lines);
		for (const [change, code] of [
			[{ issuer: 'utopia' }, 'mrz_emit_issuer'],
			[{ format: 'td4' }, 'unknown_zone_format'],
			[{ birthDate: { year: 1974, month: 2, day: 30 } }, 'invalid_date'],
			[{ sex: 'x' }, 'unknown_sex'],
			[{ truncation: 'short' }, 'unknown_truncation'],
		]) {
			assert.equal(
				thrown(() => identity.emitMrz({ ...record, ...change })),
				code,
			);
		}
	});

	it('offers what a country has', () => {
		assert.equal(identity.countries().length, 250);
		assert.deepEqual(identity.searchCountries('sver')[0], {
			alpha2: 'SE',
			alpha3: 'SWE',
			english: 'Sweden',
			swedish: 'Sverige',
			ownNames: ['Sverige'],
		});
		assert.deepEqual(
			identity.documentsOffered('GB').map(({ kind }) => kind),
			['passport', 'licence'],
		);
		const { sides, zone, certainty, offered } = identity.documentRule('FR', 'licence');
		assert.deepEqual(
			{ sides, zone, certainty, offered },
			{ sides: ['front', 'back'], zone: { side: 'front', format: 'licence-fra' }, certainty: 'read', offered: true },
		);
		assert.equal('zone' in identity.documentRule('SE', 'licence'), false);
		assert.deepEqual([identity.issuer('D<<')?.country, identity.issuer('XXA')?.kind], ['DE', 'person']);
		assert.equal(identity.issuer('QQQ'), undefined);
		assert.equal(
			thrown(() => identity.documentsOffered('se')),
			'unknown_country',
		);
		assert.equal(
			thrown(() => identity.documentRule('SE', 'visa')),
			'unknown_document_kind',
		);
	});

	it('names every field of a profile that is not right, at once', () => {
		const draft = {
			company: ' ACME  Bil AB ',
			number: '556036-0793',
			street: 'Verkstadsgatan 1',
			postalCode: '111 22',
			city: 'Stockholm',
			province: identity.provinceOffer('SE') ?? '',
			country: 'SE',
			phone: '+46 70 123 45 67',
			givenNames: 'Karin',
			surname: 'Ek',
			role: 'technician',
			language: 'sv',
		};
		const verified = { givenNames: 'Karin', surname: 'Ek' };
		const checked = identity.checkProfile(draft, verified);
		assert.ok(checked.ok, JSON.stringify(checked));
		assert.equal(checked.profile.company, 'ACME Bil AB');
		assert.deepEqual([checked.profile.phone, checked.profile.numberKind], ['+46701234567', 'organisation']);
		const wrong = { ...draft, phone: '070 123', number: '556036-0794', surname: 'ek', role: '' };
		assert.deepEqual(identity.checkProfile(wrong, verified), {
			ok: false,
			errors: [
				{ field: 'number', fault: 'profile_check_digit' },
				{ field: 'phone', fault: 'profile_no_country_code' },
				{ field: 'surname', fault: 'profile_not_verified' },
				{ field: 'role', fault: 'profile_missing' },
			],
		});
		assert.equal(identity.provinceOffer('US'), undefined);
	});

	it('has a text in both languages for every reason', () => {
		const codes = vector('error-codes.json');
		const reasons = identity.reasons();
		assert.deepEqual(
			reasons.map(({ code }) => code),
			codes.reason,
		);
		for (const language of ['sv', 'en']) {
			const texts = identity.reasonTexts(language);
			for (const { textKey, remedyKey } of reasons) {
				assert.match(texts, new RegExp(`^${textKey} = .+\\n +\\.remedy = .+`, 'm'), `${language}: ${remedyKey}`);
			}
		}
		assert.equal(identity.reasonOfMeasure('glare')?.code, 'photo_glare');
		assert.equal(identity.reasonOfFinding('turn_frozen')?.code, 'turn_interrupted');
		assert.equal(identity.reasonOfMeasure('name_level'), undefined);
		assert.deepEqual(identity.reason('person_known').fixer, 'helpdesk');
		assert.equal(
			thrown(() => identity.reason('other')),
			'unknown_reason',
		);
	});

	it('leads a case from the account to the profile, and back where something failed', () => {
		let state = identity.unconfirmedCase(now);
		let at = now;
		const happens = (event) => {
			at += 1000;
			const applied = identity.applyEvent(state, event, at);
			state = applied.state;
			return applied.effects;
		};
		happens({ type: 'address_confirmed' });
		happens({ type: 'data_checked' });
		happens({ type: 'country_chosen' });
		happens({ type: 'document_chosen', kind: 'licence' });
		assert.deepEqual([state.stage, state.kind, state.wanted], ['hand_off', 'licence', ['front', 'back', 'turn']]);
		assert.deepEqual(happens({ type: 'link_asked' }), [{ type: 'issue_link', untilMs: at + 15 * 60_000 }]);
		happens({ type: 'phone_joined' });
		assert.deepEqual(happens({ type: 'number_matched' }), [{ type: 'draw_prompts' }]);
		for (const part of ['front', 'back', 'turn']) happens({ type: 'part_received', part });
		assert.equal(state.stage, 'ready');
		happens({ type: 'submitted' });
		const findings = [{ reason: 'photo_glare', side: 'back' }];
		assert.deepEqual(happens({ type: 'examined', outcome: 'refuse', findings }), [{ type: 'mail', mail: 'refused' }]);
		assert.deepEqual([state.stage, state.wanted, state.attempts], ['rejected', ['back'], 1]);
		assert.deepEqual(happens({ type: 'redo_started' }), [{ type: 'erase', parts: ['back'] }]);

		assert.equal(
			thrown(() => happens({ type: 'submitted' })),
			'case_not_now',
		);
		assert.equal(
			thrown(() => happens({ type: 'part_received', part: 'front' })),
			'case_not_now',
		);
		const everything = { kind: 'passport', part: 'front', outcome: 'review', findings };
		for (const type of vector('error-codes.json').case_event) {
			const code = thrown(() => identity.applyEvent(state, { ...everything, type }, at));
			assert.ok(code === undefined || code.startsWith('case_'), `${type}: ${code}`);
		}
		assert.equal(
			thrown(() => happens({ type: 'document_chosen' })),
			'unknown_document_kind',
		);
		assert.equal(
			thrown(() => happens({ type: 'teleported' })),
			'unknown_event',
		);
		assert.equal(
			thrown(() => happens({ type: 'examined', outcome: 'refuse', findings: [] })),
			'unknown_event',
		);
		const impossible = { ...state, stage: 'in_review' };
		assert.equal(
			thrown(() => identity.applyEvent(impossible, { type: 'withdrawn' }, at)),
			'invalid_case_state',
		);
	});
});
