import { describe, expect, it } from 'vitest';
import { findSettings, type SearchEntry } from '../../../components/settings/search';

const entries: readonly SearchEntry[] = [
  { id: 'relay', page: 'advanced', title: 'Always use a relay', words: 'Hides your IP address. forceRelayCandidate' },
  { id: 'ice', page: 'advanced', title: 'STUN and TURN servers', words: 'Needed for a relay. iceServers' },
  { id: 'theme', page: 'calls', title: 'Écran: thème', words: 'Light Dark System' },
];
const ids = (query: string) => findSettings(entries, query).map((entry) => entry.id);

describe('searching settings', () => {
  it('finds a row by its title first and by its other words after', () => {
    expect(ids('relay')).toEqual(['relay', 'ice']);
  });
  it('finds an option by its name in the documentation, whatever the case', () => {
    expect(ids('FORCERELAY')).toEqual(['relay']);
  });
  it('wants every word, in any order', () => {
    expect(ids('servers turn')).toEqual(['ice']);
    expect(ids('servers dark')).toEqual([]);
  });
  it('does not mind accents', () => {
    expect(ids('ecran theme')).toEqual(['theme']);
  });
  it('finds nothing for nothing', () => {
    expect(ids('  ')).toEqual([]);
  });
});
