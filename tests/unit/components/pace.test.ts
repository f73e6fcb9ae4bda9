import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BETWEEN_MS, Pace } from '../../../components/popup/pace';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function heard(): { said: string[]; pace: Pace<string> } {
  const said: string[] = [];
  const clock = {
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  return { said, pace: new Pace<string>(clock, (message) => said.push(message)) };
}

describe('the pace of announcements', () => {
  it('says the first at once and the next two seconds later', () => {
    const { said, pace } = heard();
    pace.push('Calling');
    pace.push('Ringing');
    expect(said).toEqual(['Calling']);
    vi.advanceTimersByTime(BETWEEN_MS);
    expect(said).toEqual(['Calling', 'Ringing']);
  });
  it('lets a newer state replace one that waits', () => {
    const { said, pace } = heard();
    for (const message of ['Calling', 'Ringing', 'Connected']) pace.push(message);
    vi.advanceTimersByTime(3 * BETWEEN_MS);
    expect(said).toEqual(['Calling', 'Connected']);
  });
  it('says at once what comes after a pause', () => {
    const { said, pace } = heard();
    pace.push('Calling');
    vi.advanceTimersByTime(BETWEEN_MS);
    pace.push('Ringing');
    expect(said).toEqual(['Calling', 'Ringing']);
  });
  it('is silent once stopped', () => {
    const { said, pace } = heard();
    pace.push('Calling');
    pace.push('Ringing');
    pace.stop();
    vi.advanceTimersByTime(3 * BETWEEN_MS);
    expect(said).toEqual(['Calling']);
  });
});
