/** What can be done in a call: hold, mute, digits, transfer, two calls at once, a device that goes. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { PhoneError } from '../../lib/phone/model/errors';
import type { DeviceId } from '../../lib/phone/model/ids';
import { device } from '../fakes/platform';
import { DIALECTS, stageOver } from '../fakes/dialects';

afterEach(() => {
  vi.useRealTimers();
});

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('holds and resumes, and sends nothing of the person meanwhile', async () => {
    const { phone, platform, server, pass, call, talk } = stage();
    const { id, leg } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'hold', dialogParams: { callID: leg } });
    expect(call()).toMatchObject({ state: { phase: 'active', held: true }, muted: false });
    expect(call().heldSince).not.toBeNull();
    expect(platform.peer.muted).toBe(true);

    await Promise.all([phone.hold(id, false), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'unhold' });
    expect(call()).toMatchObject({ state: { held: false }, heldSince: null });
    expect(platform.peer.muted).toBe(false);
  });

  it('stays as it was where the server will not hold, and says so', async () => {
    const { phone, platform, server, pass, call, talk } = stage();
    const { id } = await talk();
    server.reply('modify', () => ({ error: { code: -32002, message: 'no' } }));
    const failed = expect(phone.hold(id, true)).rejects.toMatchObject({ reason: 'hold-failed' });
    await pass();
    await failed;
    expect(call()).toMatchObject({ state: { held: false }, trouble: { reason: 'hold-failed' } });
    expect(platform.peer.muted).toBe(false);
  });

  it('resumes where the server says so in other words than the usual', async () => {
    const { phone, server, pass, call, talk } = stage();
    const { id } = await talk();
    await Promise.all([phone.hold(id, true), pass()]);
    server.reply('modify', () => ({ result: { action: 'unhold', holdState: 'unheld' } }));
    await Promise.all([phone.hold(id, false), pass()]);
    expect(call().state).toMatchObject({ held: false });
  });

  it('keeps the mute through hold, a new microphone, and the start of a call', async () => {
    const { phone, platform, pass, call, talk } = stage({ options: { mutedMicOnStart: true } });
    const { id } = await talk();
    expect(platform.peer.muted).toBe(true);
    expect(call().muted).toBe(true);
    phone.mute(id, false);
    expect(platform.peer.muted).toBe(false);
    phone.mute(id, true);
    await Promise.all([phone.hold(id, true), pass()]);
    await Promise.all([phone.hold(id, false), pass()]);
    expect(platform.peer.muted).toBe(true);
  });

  it('sends digits one by one, in order, with their pauses, and plays the key', async () => {
    const { phone, platform, server, pass, call, talk } = stage();
    const { id } = await talk();
    phone.sendDigits(id, '1');
    phone.sendDigits(id, '2,#');
    expect(platform.speaker.tones).toEqual(['1']);
    await pass(300);
    expect(server.requests('info').map(({ params }) => params['dtmf'])).toEqual(['1', '2']);
    await pass(500);
    expect(server.requests('info').map(({ params }) => params['dtmf'])).toEqual(['1', '2', '#']);
    expect(call()).toMatchObject({ digitsSent: '12#', digitsQueued: '' });
    expect(() => phone.sendDigits(id, 'hello')).toThrow(PhoneError);
  });

  it('dials an extension after the answer', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '+15550100', digits: 'w42' });
    await pass();
    const leg = server.leg();
    expect(call().digitsQueued).toBe('w42');
    server.media(leg);
    server.answer(leg);
    platform.peer.flows();
    await pass();
    expect(server.requests('info')).toHaveLength(0);
    await pass(2300);
    expect(server.requests('info').map(({ params }) => params['dtmf'])).toEqual(['4', '2']);
  });

  it('keeps digits through a lost line and sends the rest after it', async () => {
    const { phone, server, pass, talk } = stage();
    const { id, leg } = await talk();
    server.reattached = [leg];
    server.socket.drop();
    phone.sendDigits(id, '77');
    await pass(50);
    expect(server.requests('info')).toHaveLength(0);
    await pass(1000);
    expect(server.requests('info').map(({ params }) => params['dtmf'])).toEqual(['7', '7']);
  });

  it('transfers blind and ends as transferred', async () => {
    const { phone, server, pass, call, talk } = stage();
    const { id, leg } = await talk();
    await Promise.all([phone.transfer(id, '1002'), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'transfer', destination: '1002' });
    server.bye(leg);
    await pass();
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'transferred' } });
  });

  it('goes on where a transfer is refused', async () => {
    const { phone, server, pass, call, talk } = stage();
    const { id } = await talk();
    server.reply('modify', () => ({ error: { code: -32002, message: 'call is not bridged' } }));
    const failed = expect(phone.transfer(id, '1002')).rejects.toMatchObject({
      reason: 'transfer-failed',
      facts: { message: 'call is not bridged' },
    });
    await pass();
    await failed;
    expect(call()).toMatchObject({ state: { phase: 'active' }, trouble: { reason: 'transfer-failed' } });
  });

  it('holds the first call for the second, swaps, and connects the two', async () => {
    const { phone, platform, server, pass, talk } = stage();
    const first = await talk('+15550100');
    const second = await talk('+15550101');
    const held = (): (boolean | null)[] =>
      phone.snapshot().calls.map(({ state }) => (state.phase === 'active' ? state.held : null));
    expect(held()).toEqual([true, false]);
    expect(() => phone.dial({ to: '+15550102' })).toThrow(
      expect.objectContaining({ reason: 'too-many-calls' }) as Error,
    );

    await Promise.all([phone.hold(first.id, false), pass()]);
    expect(held()).toEqual([false, true]);

    await Promise.all([phone.connect(first.id, second.id), pass()]);
    expect(server.last('modify')).toMatchObject({ action: 'replace', replaceCallID: second.leg });
    server.bye(first.leg);
    server.bye(second.leg);
    await pass();
    expect(phone.snapshot().calls.map(({ state }) => state.phase === 'ended' && state.cause.kind)).toEqual([
      'transferred',
      'transferred',
    ]);
    expect(platform.openMicrophones).toEqual([]);
  });

  it('mixes two calls here and takes them apart again', async () => {
    const { phone, platform, pass, talk } = stage();
    const first = await talk('+15550100');
    const second = await talk('+15550101');
    await Promise.all([phone.merge([first.id, second.id]), pass()]);
    const [one, two] = platform.peers;
    expect(one?.mixed).toEqual([two]);
    expect(two?.mixed).toEqual([one]);
    expect(phone.snapshot().calls.map(({ state }) => state.phase === 'active' && state.held)).toEqual([false, false]);
    phone.split(second.id);
    await pass();
    expect(one?.mixed).toEqual([]);
    expect(phone.snapshot().calls).toMatchObject([
      { conference: null, state: { held: true } },
      { conference: null, state: { held: false } },
    ]);
  });

  it('mixes a call of a conference again that comes back with another peer', async () => {
    const { phone, platform, server, pass, talk } = stage();
    const first = await talk('+15550100');
    const second = await talk('+15550101');
    await Promise.all([phone.merge([first.id, second.id]), pass()]);
    server.attach(second.leg);
    await pass();
    const [one, , third] = platform.peers;
    third?.flows();
    await pass();
    expect(one?.mixed).toEqual([third]);
    expect(third?.mixed).toEqual([one]);
    phone.split(second.id);
    await pass();
    expect(third?.mixed).toEqual([]);
  });

  it('replaces a microphone that goes, keeps the mute, tells the person, and takes the chosen one back', async () => {
    const headset = device('headset', 'Headset');
    const builtIn = device('built-in', 'Built-in');
    const { phone, platform, pass, call, talk } = stage({
      settings: { devices: { microphone: 'headset' as DeviceId, speaker: null, ringer: null } },
      prepare: (fake) => {
        fake.devices = { microphones: [headset, builtIn], speakers: [] };
      },
    });
    const { id } = await talk();
    phone.mute(id, true);
    expect(platform.microphones.map(({ label }) => label)).toEqual(['Headset']);
    platform.changeDevices([builtIn]);
    platform.microphones[0]?.unplug();
    await pass();
    expect(call()).toMatchObject({
      voice: true,
      muted: true,
      notices: [{ kind: 'device-lost', facts: { lost: 'Headset', now: 'Default' } }],
    });
    expect(platform.peer.muted).toBe(true);
    expect(platform.openMicrophones).toHaveLength(1);

    platform.changeDevices([headset, builtIn]);
    await pass();
    expect(platform.openMicrophones.map(({ label }) => label)).toEqual(['Headset']);
    expect(call().notices.at(-1)).toMatchObject({ kind: 'device-back', facts: { now: 'Headset' } });
  });

  it('stays in the call where the microphone is forbidden in the middle of it, says so, and speaks again once it is allowed', async () => {
    const { phone, platform, pass, call, talk } = stage();
    await talk();
    platform.microphoneState = { state: 'denied', by: 'person' };
    platform.microphoneError = new PhoneError('microphone-denied');
    platform.microphones[0]?.unplug();
    await pass();
    expect(call()).toMatchObject({
      state: { phase: 'active' },
      voice: false,
      trouble: { reason: 'microphone-denied' },
      notices: [{ kind: 'device-lost', facts: { now: null } }],
    });
    expect(platform.openMicrophones).toHaveLength(0);

    platform.microphoneState = { state: 'granted', label: 'Default' };
    platform.microphoneError = null;
    platform.devices = { microphones: [device('built-in', 'Built-in')], speakers: [] };
    await Promise.all([phone.lookAtDevices(), pass()]);
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, voice: true });
  });

  it('leaves the call as it was where another device cannot be had', async () => {
    const { phone, platform, pass, call, talk } = stage();
    await talk();
    const before = platform.peer.microphone;
    platform.microphoneError = new PhoneError('microphone-busy');
    const { lineSettings, settings } = await import('../fakes/stage');
    phone.configure(
      settings([lineSettings()], { devices: { microphone: 'other' as DeviceId, speaker: null, ringer: null } }),
    );
    await pass();
    expect(call()).toMatchObject({ state: { phase: 'active' }, trouble: { reason: 'microphone-busy' } });
    expect(platform.peer.microphone).toBe(before);
  });

  it('treats the voice otherwise in the middle of a call, on the device in use and with mute kept', async () => {
    const { phone, platform, pass, call, talk } = stage();
    const { id } = await talk();
    phone.mute(id, true);
    const { lineSettings, settings } = await import('../fakes/stage');
    const voice = { echoCancellation: true, noiseSuppression: false, autoGainControl: true };
    phone.configure(settings([lineSettings()], { voice }));
    await pass();
    expect(platform.peer.microphone).toMatchObject({ processing: voice, device: null, closed: false });
    expect(platform.microphones.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(platform.peer.muted).toBe(true);
    expect(call()).toMatchObject({ state: { phase: 'active' }, muted: true, voice: true, trouble: null });

    const opened = platform.microphones.length;
    phone.configure(settings([lineSettings()], { voice: { ...voice }, doNotDisturbUntil: -1 }));
    await pass();
    expect(platform.microphones).toHaveLength(opened);
  });

  it('tells who is there after a transfer at the other end', async () => {
    const { server, pass, call, talk } = stage();
    const { leg } = await talk();
    server.tell('display', { callID: leg, display_name: 'Bob', display_number: '+15550111' });
    await pass();
    expect(call().who).toEqual({ name: 'Bob', number: '+15550111' });
  });

  it('goes on after messages that make no sense', async () => {
    const { server, pass, call, talk } = stage();
    const { leg } = await talk();
    for (const text of [
      '',
      'not json',
      '[]',
      '[1,2]',
      'null',
      '{"id":1}',
      '{"method":5}',
      '#SPU 12',
      '{"jsonrpc":"2.0","id":9,"result":null}',
    ]) {
      server.socket.say(text);
    }
    server.tell('media', {});
    server.tell('bye', { callID: 'nobody' });
    server.tell('attach', { callID: leg });
    server.tell('unheard_of', { callID: leg });
    await pass();
    expect(call().state.phase).toBe('active');
  });
});
