/** Waiting for conditions, never for time. */

import { expect } from 'vitest';
import type { Ear, Heard } from '../../gateway/media/ear';

const POLL_MS = 15;
/** Generous: a busy machine takes seconds for what takes milliseconds on an idle one. */
const PATIENCE_MS = 25_000;

/** Resolves with the first value that is neither null, undefined nor false. */
export async function eventually<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Resolves when that pitch is heard, to within 1 %. */
export async function hears(ear: Pick<Ear, 'heard'>, hertz: number): Promise<Heard> {
  const near = (heard: Heard): boolean => heard.hertz !== null && Math.abs(heard.hertz - hertz) < hertz * 0.01;
  return eventually(`${hertz} Hz is heard`, () => {
    const heard = ear.heard(300);
    return near(heard) && heard;
  });
}

/** Resolves when packets still come and there is no sound in them. */
export async function hearsSilence(ear: Pick<Ear, 'heard'>): Promise<Heard> {
  const heard = await eventually('silence is heard', () => {
    const now = ear.heard(200);
    return now.silent && now.quietForMs !== null && now.quietForMs < 100 && now;
  });
  expect(heard.level).toBeLessThan(0.003);
  return heard;
}
