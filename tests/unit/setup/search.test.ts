import { describe, expect, it } from 'vitest';
import { matches } from '../../../components/settings/search';

const relay = ['Always use a relay', 'Hides your IP address. Can add delay.', 'forceRelayCandidate'];

describe('searching settings', () => {
  it('finds a row by what it says', () => {
    expect(matches('relay', relay)).toBe(true);
    expect(matches('theme', relay)).toBe(false);
  });
  it('finds an option by its name in the documentation, whatever the case', () => {
    expect(matches('FORCERELAY', relay)).toBe(true);
  });
  it('wants every word, in any order', () => {
    expect(matches('address relay', relay)).toBe(true);
    expect(matches('relay theme', relay)).toBe(false);
  });
  it('does not mind accents', () => {
    expect(matches('ecran theme', ['Écran: thème'])).toBe(true);
  });
  it('shows everything for nothing', () => {
    expect(matches('  ', relay)).toBe(true);
  });
});
