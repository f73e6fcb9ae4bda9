/** Lent voices: silence until somebody lends, the newest lends, and what is gone is not touched. */

import EventEmitter from 'eventemitter3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Loans, type Lender } from '../../../lib/extension/voice-loans';
import { createWindowWish } from '../../../lib/extension/voice-window';
import { PhoneError } from '../../../lib/phone/model/errors';
import type { PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import type { Microphone, MicrophoneEvents } from '../../../lib/phone/ports';

const never = new AbortController().signal;

class Voice implements Microphone {
  readonly events = new EventEmitter<MicrophoneEvents>();
  readonly device = null;
  superseded = 0;
  constructor(
    readonly label: string,
    readonly onClosed: () => void,
  ) {
    this.events.on('superseded', () => (this.superseded += 1));
  }
  share(): Microphone {
    return this;
  }
  close(): void {
    this.onClosed();
  }
}

function stage() {
  const facts = { permission: 'granted' as PermissionState, changed: 0 };
  const voices: Voice[] = [];
  const made = (label: string, onClosed: () => void): Voice => {
    const voice = new Voice(label, onClosed);
    voices.push(voice);
    return voice;
  };
  const loans = new Loans({
    permission: () => Promise.resolve(facts.permission),
    microphone: (track, _device, onClosed) => made(track.label, onClosed),
    silence: (onClosed) => made('silence', onClosed),
    asError: () => Promise.resolve(new PhoneError('microphone-busy')),
    changed: () => (facts.changed += 1),
  });
  return { facts, loans, voices };
}

function lender(
  label: string,
  open?: Lender['open'],
  { stays, inFront = true }: { readonly stays: boolean; readonly inFront?: boolean } = { stays: true },
): Lender & { readonly stopped: () => boolean } {
  let stopped = false;
  const track = { label, stop: () => (stopped = true) } as unknown as MediaStreamTrack;
  return {
    stays,
    open: open ?? (() => Promise.resolve(track)),
    devices: () => Promise.resolve([{ kind: 'audioinput', deviceId: label, label }]),
    isInFront: () => Promise.resolve(inFront),
    stopped: () => stopped,
  };
}

describe('a lent voice', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is silence until somebody lends, and then superseded', async () => {
    const { loans, voices } = stage();
    const silence = await loans.open(null, never);
    expect(silence.label).toBe('silence');
    loans.lend(lender('window'));
    expect(voices[0]?.superseded).toBe(1);
    expect((await loans.open(null, never)).label).toBe('window');
  });

  it('is asked of the lender with the treatment that the person chose', async () => {
    const { loans } = stage();
    const open = vi.fn<Lender['open']>(() => Promise.resolve({ label: 'window', stop: () => undefined } as never));
    loans.lend(lender('window', open));
    const processing = { echoCancellation: true, noiseSuppression: false, autoGainControl: false };
    await loans.open(null, never, processing);
    expect(open).toHaveBeenCalledWith(null, processing);
  });

  it('stays with its lender when a newer one comes, and goes with it', async () => {
    const { loans, voices } = stage();
    const close = loans.lend(lender('old'));
    await loans.open(null, never);
    loans.lend(lender('new'));
    expect(voices[0]?.superseded).toBe(0);
    close();
    close();
    expect(voices[0]?.superseded).toBe(1);
    expect((await loans.open(null, never)).label).toBe('new');
  });

  it('is no lost device when it ends with its page, and is one when it ends before', async () => {
    const { loans, voices } = stage();
    const close = loans.lend(lender('window'));
    await loans.open(null, never);
    const lost = vi.fn();
    voices[0]?.events.on('ended', lost);
    voices[0]?.events.emit('ended');
    expect(lost).toHaveBeenCalledOnce();
    close();
    voices[0]?.events.emit('ended');
    expect(lost).toHaveBeenCalledOnce();
  });

  it('comes from a lender that stays rather than from a newer popup, and from the popup where there is no other', async () => {
    const { loans } = stage();
    const closePopup = loans.lend(lender('popup', undefined, { stays: false }));
    expect(loans.hasLenderThatStays).toBe(false);
    expect((await loans.open(null, never)).label).toBe('popup');
    loans.lend(lender('window'));
    loans.lend(lender('another popup', undefined, { stays: false }));
    expect(loans.hasLenderThatStays).toBe(true);
    closePopup();
    expect((await loans.open(null, never)).label).toBe('window');
  });

  it('leaves a closed microphone alone', async () => {
    const { loans, voices } = stage();
    (await loans.open(null, never)).close();
    loans.lend(lender('window'));
    expect(voices[0]?.superseded).toBe(0);
  });

  it('does not keep a call waiting for a question to the person, and comes once it is answered', async () => {
    const { loans, voices } = stage();
    let answer: (track: MediaStreamTrack) => void = () => undefined;
    const stop = vi.fn();
    loans.lend(lender('window', () => new Promise((resolve) => (answer = resolve))));
    const opening = loans.open(null, never);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await opening).label).toBe('silence');
    answer({ label: 'window', stop } as unknown as MediaStreamTrack);
    await vi.advanceTimersByTimeAsync(0);
    expect(stop).toHaveBeenCalledOnce();
    expect(voices[0]?.superseded).toBe(1);
  });

  it('is not to be had of a page behind another window, which is no lender for now and one as soon as it answers', async () => {
    const { loans, voices } = stage();
    let answer: (track: MediaStreamTrack) => void = () => undefined;
    const asked = (): Promise<MediaStreamTrack> => new Promise((resolve) => (answer = resolve));
    loans.lend(lender('sidebar', asked, { stays: true, inFront: false }));
    expect(loans.hasLenderThatStays).toBe(true);
    const opening = loans.open(null, never);
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await opening).label).toBe('silence');
    expect(loans.hasLenderThatStays).toBe(false);
    answer({ label: 'sidebar', stop: () => undefined } as unknown as MediaStreamTrack);
    await vi.advanceTimersByTimeAsync(0);
    expect(loans.hasLenderThatStays).toBe(true);
    expect(voices[0]?.superseded).toBe(1);
  });

  it('is asked of the next lender where one does not answer, though that one came later', async () => {
    const { loans } = stage();
    loans.lend(lender('behind', () => new Promise(() => undefined), { stays: true, inFront: false }));
    const opening = loans.open(null, never);
    await vi.advanceTimersByTimeAsync(100);
    loans.lend(lender('in front'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await opening).label).toBe('in front');
    expect((await loans.open(null, never)).label).toBe('in front');
    expect(loans.hasLenderThatStays).toBe(true);
  });

  it('is silence where the lender closes while it opens', async () => {
    const { loans } = stage();
    const close = loans.lend(lender('window', () => new Promise(() => undefined)));
    const opening = loans.open(null, never);
    await vi.advanceTimersByTimeAsync(100);
    close();
    expect((await opening).label).toBe('silence');
  });

  it('names what stands in the way', async () => {
    const { facts, loans } = stage();
    loans.lend(lender('window', () => Promise.reject(new DOMException('', 'NotReadableError'))));
    await expect(loans.open(null, never)).rejects.toMatchObject({ reason: 'microphone-busy' });
    facts.permission = 'prompt';
    await expect(loans.open(null, never)).rejects.toMatchObject({ reason: 'microphone-prompt' });
    facts.permission = 'denied';
    await expect(loans.open(null, never)).rejects.toMatchObject({ reason: 'microphone-denied' });
  });

  it('remembers the devices of a lender that is gone', async () => {
    const { loans } = stage();
    expect(await loans.devices()).toBeNull();
    const close = loans.lend(lender('headset'));
    await loans.devices();
    close();
    expect(await loans.devices()).toEqual([{ kind: 'audioinput', deviceId: 'headset', label: 'headset' }]);
  });
});

describe('the wish for a call window', () => {
  const snapshot = (voice: boolean, voiceAwaySince: number | null, phase = 'active') =>
    ({ calls: [{ id: 'one', state: { phase }, voice, voiceAwaySince }] }) as unknown as PhoneSnapshot;

  it('comes once a call, when it begins without a voice', () => {
    const wants = createWindowWish();
    expect(wants(snapshot(false, null, 'ringing'), false)).toBe(false);
    expect(wants(snapshot(false, 7, 'dialling'), false)).toBe(true);
    expect(wants(snapshot(false, 7), false)).toBe(false);
  });

  it('comes for a call that only the popup lends a voice', () => {
    const wants = createWindowWish();
    expect(wants(snapshot(true, null, 'dialling'), false)).toBe(true);
    expect(wants(snapshot(true, null), false)).toBe(false);
  });

  it('does not come where a page that stays lends, nor for a window that the person closed', () => {
    const lent = createWindowWish();
    expect(lent(snapshot(false, 7), true)).toBe(false);
    const closed = createWindowWish();
    closed(snapshot(true, null), true);
    expect(closed(snapshot(false, 9), false)).toBe(false);
  });
});
