/** From a wish to call to a call, with the microphone asked for where it was never granted. */

import { beforeEach, describe, expect, it } from 'vitest';
import './browser';
import { Dialler, type DiallerPorts } from '../../../entrypoints/background/dialler';
import type { DialRequest } from '../../../lib/extension/contract';
import type { Waiting } from '../../../lib/extension/memory';
import type { Remote } from '../../../lib/extension/rpc';
import type { EngineApi } from '../../../lib/extension/contract';
import { PhoneError } from '../../../lib/phone/model/errors';
import type { CallId } from '../../../lib/phone/model/ids';
import type { MicrophoneState } from '../../../lib/phone/model/snapshot';
import { NOW, snapshot } from './snapshots';

const CALL = 'call-1' as CallId;
let microphone: MicrophoneState;
let refusal: PhoneError | null;
let kept: Waiting | null;
let now: number;
let done: string[];

function engine(): Remote<EngineApi> {
  const act = (verb: string) => {
    if (refusal !== null) return Promise.reject(refusal);
    done.push(verb);
    return Promise.resolve(CALL);
  };
  return {
    snapshot: () => Promise.resolve(snapshot({ microphone })),
    lookAtDevices: async () => void done.push('look'),
    dial: (request: DialRequest) => act(`dial ${request.to}`),
    answer: async (call: CallId) => void (await act(`answer ${call}`)),
  } as Remote<EngineApi>;
}

function dialler(more: Partial<DiallerPorts> = {}): Dialler {
  return new Dialler({
    engine: engine(),
    wakeEngine: async () => void done.push('wake'),
    openPermissionPage: async () => void done.push('ask'),
    now: () => now,
    read: (request) => Promise.resolve(request),
    waiting: { getValue: () => Promise.resolve(kept), setValue: async (value) => void (kept = value) },
    ...more,
  });
}

beforeEach(() => {
  microphone = { state: 'granted', label: null };
  refusal = null;
  kept = null;
  now = NOW;
  done = [];
});

describe('Dialler', () => {
  it('wakes the engine, then dials', async () => {
    expect(await dialler().dial({ to: '2' })).toBe(CALL);
    expect(done).toEqual(['wake', 'dial 2']);
  });

  it('wakes nobody for a number that cannot be read', async () => {
    const read = (): Promise<never> => Promise.reject(new PhoneError('bad-number', { why: 'unreadable' }));
    await expect(dialler({ read }).dial({ to: '???' })).rejects.toMatchObject({ reason: 'bad-number' });
    expect(done).toEqual([]);
  });

  it('asks for a microphone that was never granted, and dials when it is', async () => {
    microphone = { state: 'prompt' };
    await expect(dialler().dial({ to: '2' })).rejects.toMatchObject({ reason: 'microphone-prompt' });
    expect(done).toEqual(['wake', 'ask']);
    microphone = { state: 'granted', label: null };
    // Another life of the worker: only what was written down is known.
    await dialler().granted();
    expect(done).toEqual(['wake', 'ask', 'wake', 'look', 'wake', 'dial 2']);
    await dialler().granted();
    expect(done).toHaveLength(6);
  });

  it('does the same where the engine is the first to find out, for an answer too', async () => {
    refusal = new PhoneError('microphone-prompt');
    await expect(dialler().answer(CALL)).rejects.toMatchObject({ reason: 'microphone-prompt' });
    refusal = null;
    await dialler().granted();
    expect(done).toEqual(['ask', 'wake', 'look', 'answer call-1']);
  });

  it('forgets a wish that is older than five minutes', async () => {
    microphone = { state: 'prompt' };
    await expect(dialler().dial({ to: '2' })).rejects.toThrow();
    microphone = { state: 'granted', label: null };
    now += 5 * 60_000 + 1;
    await dialler().granted();
    expect(done).toEqual(['wake', 'ask']);
  });

  it('passes on every other refusal and asks for nothing', async () => {
    refusal = new PhoneError('microphone-denied', { by: 'person' });
    await expect(dialler().dial({ to: '2' })).rejects.toMatchObject({ reason: 'microphone-denied' });
    expect(done).toEqual(['wake']);
    expect(kept).toBeNull();
  });
});
