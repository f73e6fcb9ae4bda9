import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../lib/phone/web/clock';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the clock', () => {
  it('runs after the time, and not when cancelled', () => {
    const run = vi.fn();
    clock.after(100, run);
    const cancel = clock.after(100, run);
    cancel();
    vi.advanceTimersByTime(99);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('waits for a token that lasts longer than the browser can count', () => {
    const run = vi.fn();
    const days = 24 * 3_600_000;
    clock.after(60 * days, run);
    vi.advanceTimersByTime(60 * days - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledOnce();
  });

  it('can be cancelled between its stretches, and never runs at Infinity', () => {
    const run = vi.fn();
    const cancel = clock.after(60 * 24 * 3_600_000, run);
    vi.advanceTimersByTime(30 * 24 * 3_600_000);
    cancel();
    clock.after(Infinity, run);
    vi.advanceTimersByTime(90 * 24 * 3_600_000);
    expect(run).not.toHaveBeenCalled();
  });
});
