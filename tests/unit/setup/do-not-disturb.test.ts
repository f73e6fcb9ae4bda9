import { describe, expect, it } from 'vitest';
import { dndChoices, dndUntil } from '../../../components/settings/do-not-disturb';
import { keysOf } from '../../../components/settings/shortcut-list';

describe('do not disturb', () => {
  const evening = new Date(2026, 2, 10, 22, 15).getTime();
  const night = new Date(2026, 2, 11, 3, 0).getTime();
  const morning = new Date(2026, 2, 11, 8, 0).getTime();

  it('lasts as long as was chosen', () => {
    expect(dndUntil('off', evening)).toBe(0);
    expect(dndUntil('half_hour', evening)).toBe(evening + 1_800_000);
    expect(dndUntil('hour', evening)).toBe(evening + 3_600_000);
    expect(dndUntil('on', evening)).toBe(-1);
  });
  it('ends at the next eight o’clock, of this day or the next', () => {
    expect(dndUntil('morning', evening)).toBe(morning);
    expect(dndUntil('morning', night)).toBe(morning);
    expect(dndUntil('morning', morning)).toBe(new Date(2026, 2, 12, 8, 0).getTime());
  });
  it('knows every choice it offers, and no other', () => {
    for (const choice of dndChoices) expect(dndUntil(choice, evening)).not.toBeNull();
    expect(dndUntil('now', evening)).toBeNull();
  });
});

describe('a browser shortcut', () => {
  it.each([
    ['Alt+Shift+H', ['Alt', 'Shift', 'H']],
    ['⌥⇧H', ['⌥', '⇧', 'H']],
    ['⌘F10', ['⌘', 'F10']],
    ['', []],
  ])('splits %j into its keys', (shortcut, keys) => {
    expect(keysOf(shortcut)).toEqual(keys);
  });
});
