import { expect, it } from 'vitest';
import { brandParts } from './brand';

it('shows the makes of a group in a line of their own', () => {
	expect(brandParts('Volkswagen Group (VW, Audi)')).toEqual({ group: 'Volkswagen Group', makes: 'VW, Audi' });
	expect(brandParts('Mercedes-Benz')).toEqual({ group: 'Mercedes-Benz', makes: undefined });
});
