import { describe, expect, it } from 'vitest';
import { look, STALLED_AFTER_MS, UNWATCHED } from '../../../lib/phone/web/media-watch';

describe('sound', () => {
  it('flows with the first packet', () => {
    expect(look(UNWATCHED, 0, 10)).toEqual(UNWATCHED);
    expect(look(UNWATCHED, 1, 20)).toEqual({ flow: 'flowing', packets: 1, grewAt: 20 });
  });

  it('is stalled when no packet came for two seconds, and not before', () => {
    const flowing = look(UNWATCHED, 50, 1_000);
    expect(look(flowing, 50, 1_000 + STALLED_AFTER_MS - 1).flow).toBe('flowing');
    expect(look(flowing, 50, 1_000 + STALLED_AFTER_MS).flow).toBe('stalled');
  });

  it('flows again with the next packet', () => {
    const stalled = look(look(UNWATCHED, 50, 0), 50, STALLED_AFTER_MS);
    expect(look(stalled, 51, 9_000)).toEqual({ flow: 'flowing', packets: 51, grewAt: 9_000 });
  });

  it('that never flowed is not stalled', () => {
    expect(look(UNWATCHED, 0, 60_000).flow).toBe('none');
  });
});
