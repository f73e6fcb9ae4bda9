import { describe, expect, it } from 'vitest';
import { ordered } from '../../../lib/phone/web/codecs';

const CODECS = ['audio/opus', 'audio/PCMU', 'audio/PCMA', 'audio/telephone-event'].map((mimeType) => ({ mimeType }));
const names = (preferred: readonly string[]): string[] => ordered(CODECS, preferred).map(({ mimeType }) => mimeType);

describe('the order of codecs', () => {
  it('puts the preferred first and keeps every other', () => {
    expect(names(['audio/pcma', 'audio/opus'])).toEqual([
      'audio/PCMA',
      'audio/opus',
      'audio/PCMU',
      'audio/telephone-event',
    ]);
  });

  it('is the browser’s own without a wish, or with one that nothing meets', () => {
    expect(names([])).toEqual(CODECS.map(({ mimeType }) => mimeType));
    expect(names(['audio/unheard-of'])).toEqual(names([]));
  });
});
