/** The microphone, the speaker and the devices of a real browser, with its fake hardware. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from './browser';

let chromium: Lab;
beforeAll(async () => {
  chromium = await openLab();
});
afterAll(() => chromium.close());

describe('the microphone', () => {
  it('opens the device that was chosen, and says so', async () => {
    const opened = await chromium.page.evaluate(async () => {
      const { microphones } = await lab.ports.devices.list();
      const chosen = microphones.at(-1)?.id ?? null;
      const microphone = await lab.openMicrophone(chosen);
      microphone.close();
      return { chosen, device: microphone.device, label: microphone.label };
    });
    expect(opened.chosen).not.toBeNull();
    expect(opened.device).toBe(opened.chosen);
    expect(opened.label).toMatch(/fake/i);
  });

  it('falls back to the default where the chosen device is gone', async () => {
    const opened = await chromium.page.evaluate(async () => {
      const { microphones } = await lab.ports.devices.list();
      const [some] = microphones;
      if (some === undefined) throw new Error('no microphone');
      const before = lab.logged.length;
      const gone = await lab.openMicrophone(`${some.id}gone` as typeof some.id);
      const { device } = gone;
      gone.close();
      return { device, warned: lab.logged.slice(before).some(({ level }) => level === 'warn') };
    });
    expect(opened).toEqual({ device: null, warned: true });
  });

  it('treats the voice as it was told, from the next opening on', async () => {
    const treated = await chromium.page.evaluate(async () => {
      const open = async () => {
        const microphone = await lab.openMicrophone();
        const treatment = lab.treatmentOf(microphone);
        microphone.close();
        return treatment;
      };
      const first = await open();
      lab.ports.processVoice?.({ echoCancellation: false, noiseSuppression: false, autoGainControl: false });
      const second = await open();
      lab.ports.processVoice?.({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
      return [first, second];
    });
    expect(treated).toEqual([
      { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    ]);
  });

  it('is shared: closing one leaves the other, and each is muted alone', async () => {
    await chromium.page.evaluate(async () => {
      const first = await lab.openMicrophone();
      const second = first.share();
      const [a, b] = [lab.peer(), lab.peer()];
      await lab.connect(a, b, second, null);
      const muted = lab.peer();
      muted.setMuted(true);
      await muted.offer(first);
      muted.close();
      first.close();
      // The fake device beeps once a second.
      await lab.until('the beep of the shared one', () => b.levels().them > 0.2);
      for (const peer of [a, b]) peer.close();
      second.close();
    });
  });

  it('is let go when the opening is aborted', async () => {
    const reason = await chromium.page.evaluate(async () => {
      const abort = new AbortController();
      const opening = lab.ports.openMicrophone(null, abort.signal);
      abort.abort('hung up');
      return opening.catch((thrown: unknown) => thrown);
    });
    expect(reason).toBe('hung up');
  });

  it('that is refused is denied, by name, and so says its state', async () => {
    const refusing = await openLab('denied');
    const denied = await refusing.page.evaluate(async () => {
      const error: unknown = await lab.openMicrophone().catch((thrown: unknown) => thrown);
      const reason = error instanceof Error && 'reason' in error ? error.reason : error;
      return { reason, state: await lab.ports.devices.microphoneState() };
    });
    await refusing.close();
    expect(['microphone-denied', 'microphone-prompt']).toContain(denied.reason);
    expect(denied.reason).toBe(`microphone-${denied.state.state}`);
  });

  it('that is allowed has a state with its name', async () => {
    const state = await chromium.page.evaluate(() => lab.ports.devices.microphoneState());
    expect(state).toEqual({ state: 'granted', label: expect.stringMatching(/fake/i) });
  });
});

describe('the speaker', () => {
  const SOUND = { speaker: null, ringer: null, ringVolume: 0.5, ringtoneFile: null, ringbackFile: null };

  it('rings with the bell at its volume until it is told otherwise', async () => {
    const rung = await chromium.page.evaluate(async (sound) => {
      const { speaker } = lab.ports;
      speaker.configure(sound);
      speaker.ring('in');
      const bell = lab.played.at(-1);
      await lab.until('the bell', () => bell && !bell.paused && bell.currentTime > 0.1);
      speaker.ring('in');
      const again = lab.played.at(-1) === bell;
      speaker.configure({ ...sound, ringVolume: 0.2 });
      const [seconds, loop, volume] = [bell?.duration, bell?.loop, bell?.volume];
      speaker.ring('out');
      const ringback = await lab.until('the ringback', () => lab.played.findLast((one) => one !== bell && !one.paused));
      await lab.until('its sound', () => ringback.currentTime > 0.1);
      const bellStopped = bell?.paused;
      speaker.ring('off');
      return { again, seconds, loop, volume, bellStopped, other: ringback !== bell, silent: ringback.paused };
    }, SOUND);
    expect(rung).toEqual({
      ...{ again: true, seconds: 4.5, loop: true, volume: 0.2 },
      ...{ bellStopped: true, other: true, silent: true },
    });
  });

  it('begins no ringback where early media follows at once', async () => {
    const played = await chromium.page.evaluate(async () => {
      const before = lab.played.length;
      lab.ports.speaker.ring('out');
      lab.ports.speaker.ring('off');
      const { clock } = lab.ports;
      await new Promise<void>((resolve) => clock.after(300, resolve));
      return lab.played.length - before;
    });
    expect(played).toBe(0);
  });

  it('plays the bell instead of a broken file and tells which', async () => {
    const outcome = await chromium.page.evaluate(async (sound) => {
      const { speaker } = lab.ports;
      const broken: string[] = [];
      const off = speaker.onBroken((which) => broken.push(which));
      speaker.configure({ ...sound, ringtoneFile: 'data:audio/wav;base64,bm8gc291bmQ=', ringbackFile: '/none.mp3' });
      speaker.ring('in');
      await lab.until('told', () => broken.includes('ringtone'));
      const bell = lab.played.at(-1);
      await lab.until('the bell', () => bell && bell.src.startsWith('blob:') && bell.currentTime > 0.1);
      speaker.ring('out');
      await lab.until('told again', () => broken.includes('ringback'));
      speaker.ring('off');
      off();
      return broken;
    }, SOUND);
    expect(outcome).toEqual(['ringtone', 'ringback']);
  });

  it('plays a file that can be played, and the tones of keys', async () => {
    await chromium.page.evaluate(async (sound) => {
      const { speaker } = lab.ports;
      speaker.tone('5');
      const key = lab.played.at(-1);
      if (key === undefined) throw new Error('no key tone');
      const file = key.src;
      await lab.until('the key', () => Math.abs(key.duration - 0.12) < 0.01);
      await lab.until('its end', () => key.paused);
      speaker.configure({ ...sound, ringtoneFile: file });
      speaker.ring('in');
      const ringtone = lab.played.at(-1);
      await lab.until('the file', () => ringtone && ringtone.src === file && !ringtone.paused);
      const before = lab.played.length;
      speaker.tone('not a key');
      if (lab.played.length !== before) throw new Error('it plays what is no key');
      // Another file while it rings: that one is heard from now on.
      speaker.configure(sound);
      const bell = lab.played.at(-1);
      await lab.until('the bell', () => bell && bell.src !== file && !bell.paused && ringtone?.paused);
      speaker.ring('off');
    }, SOUND);
  });

  it('sends voices to the chosen speaker, now and when it changes', async () => {
    const sinks = await chromium.page.evaluate(async (sound) => {
      const { speakers } = await lab.ports.devices.list();
      const speaker = speakers[0]?.id ?? null;
      const [a, b] = [lab.peer(), lab.peer()];
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      const voice = lab.played.at(-1);
      lab.ports.speaker.configure({ ...sound, speaker });
      await lab.until('the sink', () => voice?.sinkId === speaker);
      const changed = voice?.sinkId === speaker;
      if (speaker !== null) {
        lab.ports.speaker.configure({ ...sound, speaker: `${speaker}gone` as typeof speaker });
        lab.ports.speaker.configure(sound);
      }
      await lab.until('the default again', () => voice?.sinkId === '');
      for (const peer of [a, b]) peer.close();
      return { changed, any: speaker !== null };
    }, SOUND);
    expect(sinks).toEqual({ changed: true, any: true });
  });
});
