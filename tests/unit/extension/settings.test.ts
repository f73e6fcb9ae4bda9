/** What is stored, what an administrator lays over it, and what of it the phone is told. */

import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { forgetLeftOver, handSecret, readSecret, removeLine, saveLine } from '../../../lib/extension/lines';
import { EXTENSION_DEFAULTS, phoneSettings } from '../../../lib/extension/phone-settings';
import { gatewayLine, gatewayStorage } from '../../../lib/extension/preset';
import { readSettings, sessionSecrets, settings, watchSettings, withPolicy } from '../../../lib/extension/settings';
import { DEFAULTS, type StoredLine, type StoredSettings } from '../../../lib/extension/stored';
import type { LineId } from '../../../lib/phone/model/ids';

const { line, secret } = gatewayLine(8080, 'alice', 'pw-1');
const withLine = (parts: Partial<StoredLine>, more: Partial<StoredSettings> = {}): StoredSettings => ({
  ...DEFAULTS,
  lines: [{ ...line, ...parts }],
  secrets: { [line.id]: secret },
  ...more,
});

beforeEach(() => fakeBrowser.reset());

describe('stored settings', () => {
  it('are the defaults before anything is set', async () => {
    expect(await readSettings()).toEqual(DEFAULTS);
  });

  it('understand what a test or `npm start` writes straight into storage', async () => {
    await fakeBrowser.storage.local.set(gatewayStorage(8080, 'alice', 'pw-1'));
    expect(phoneSettings(await readSettings()).lines).toEqual([
      {
        id: 'gateway-alice',
        name: 'alice',
        kind: 'telnyx',
        options: { ...EXTENSION_DEFAULTS, rtcIp: '127.0.0.1', rtcPort: 8080, login: 'alice', password: 'pw-1' },
        callerIds: [],
        callerName: 'alice',
      },
    ]);
  });

  it('fill what an older version did not store yet', async () => {
    await fakeBrowser.storage.local.set({ ring: { volume: 0.1 }, calls: { autoAnswerMs: 500 } });
    const { ring, calls } = await readSettings();
    expect(ring).toEqual({ ...DEFAULTS.ring, volume: 0.1 });
    expect(calls).toEqual({ ...DEFAULTS.calls, autoAnswerMs: 500 });
  });

  it('tell of every change, until told to stop', async () => {
    let changes = 0;
    const stop = watchSettings(() => (changes += 1));
    await settings.country.setValue('DE');
    await sessionSecrets.setValue({ x: { token: 't' } });
    expect(changes).toBe(2);
    stop();
    await settings.country.setValue('FR');
    expect(changes).toBe(2);
  });
});

describe('secrets', () => {
  it('that are remembered survive the browser; others live in the session alone', async () => {
    await saveLine(line, secret);
    await saveLine({ ...line, id: 'l2' as LineId, remember: false }, { token: 'tok' });
    expect(await settings.secrets.getValue()).toEqual({ [line.id]: secret });
    expect(await sessionSecrets.getValue()).toEqual({ l2: { token: 'tok' } });
    expect((await readSettings()).secrets).toEqual({ [line.id]: secret, l2: { token: 'tok' } });
  });

  it('stay when the line is saved without them, and move when "remember" changes', async () => {
    await saveLine(line, secret);
    await saveLine({ ...line, name: 'Desk', remember: false });
    expect(await settings.secrets.getValue()).toEqual({});
    expect(await readSecret(line.id)).toEqual(secret);
    expect((await settings.lines.getValue()).map(({ name }) => name)).toEqual(['Desk']);
  });

  it('given to an administrator’s account stay while that is away, until the person wants them gone', async () => {
    const { managed } = fakeBrowser.storage;
    await managed.set({ settings: { lines: [{ id: 'desk', name: 'Front desk', login: 'desk042' }] } });
    await saveLine({ ...line, id: 'trial' as LineId }, { password: 'typed' });
    await handSecret('trial' as LineId, 'desk' as LineId);
    await saveLine(line, secret);
    await sessionSecrets.setValue({ gone: { token: 't' } });
    const typed = { desk: { password: 'typed' }, [line.id]: secret };

    await forgetLeftOver();
    expect(await settings.secrets.getValue()).toEqual(typed);
    expect(await sessionSecrets.getValue()).toEqual({});

    await managed.clear();
    await readSettings();
    expect(await settings.secrets.getValue()).toEqual(typed);
    await forgetLeftOver();
    expect(await settings.secrets.getValue()).toEqual({ [line.id]: secret });
  });

  it('go with their line', async () => {
    await saveLine(line, secret);
    await removeLine(line.id);
    expect(await readSecret(line.id)).toBeNull();
    expect(await settings.lines.getValue()).toEqual([]);
  });
});

describe('phoneSettings', () => {
  it('keeps calls alive and trickles unless the person says otherwise', () => {
    const [plain] = phoneSettings(withLine({ options: {} })).lines;
    expect(plain?.options).toMatchObject({
      keepConnectionAliveOnSocketClose: true,
      trickleIce: true,
      autoRecoverCalls: true,
    });
    const [own] = phoneSettings(withLine({ options: {} }, { options: { trickleIce: false } })).lines;
    expect(own?.options.trickleIce).toBe(false);
    const [line] = phoneSettings(withLine({ options: { trickleIce: true } }, { options: { trickleIce: false } })).lines;
    expect(line?.options.trickleIce).toBe(true);
  });

  it('signs in with what the line has: a token before a password, an assistant with neither', () => {
    const signIn = (parts: Partial<StoredLine>, secrets: StoredSettings['secrets']) =>
      phoneSettings(withLine({ ...parts, options: {} }, { secrets })).lines[0]?.options;
    expect(signIn({}, { [line.id]: { token: 't', password: 'p' } })).not.toHaveProperty('password');
    expect(signIn({}, { [line.id]: { token: 't', password: 'p' } })).toMatchObject({ login_token: 't' });
    const assistant = { target_type: 'ai_assistant', target_id: 'a-1' };
    expect(signIn({ assistant, login: '' }, {})).toMatchObject({ anonymous_login: assistant });
  });

  it('leaves out lines that are off or have nothing to sign in with', () => {
    expect(phoneSettings(withLine({ enabled: false })).lines).toEqual([]);
    expect(phoneSettings(withLine({}, { secrets: {} })).lines).toEqual([]);
    expect(phoneSettings(withLine({ login: '' })).lines).toEqual([]);
  });

  it('hands over the parking places of a FreeSWITCH one by one', () => {
    const verto = { url: 'wss://pbx.example:8082', domain: 'pbx.example', park: '6001-6003' };
    expect(phoneSettings(withLine({ kind: 'verto', verto })).lines[0]?.verto).toEqual({
      ...verto,
      park: ['6001', '6002', '6003'],
    });
    expect(phoneSettings(withLine({ kind: 'verto', verto: { ...verto, park: '' } })).lines[0]?.verto).toEqual({
      url: verto.url,
      domain: verto.domain,
    });
  });

  it('hands over devices, ring, do not disturb, auto-answer, who is blocked and whether a call’s end stays', () => {
    const calls = {
      ...DEFAULTS.calls,
      doNotDisturbUntil: -1,
      autoAnswerMs: 0,
      blocked: ['+15550100'],
      noteScreen: false,
    };
    expect(phoneSettings({ ...DEFAULTS, calls })).toEqual({
      lines: [],
      devices: { microphone: null, speaker: null, ringer: null },
      voice: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      ring: DEFAULTS.ring,
      doNotDisturbUntil: -1,
      autoAnswerMs: 0,
      blocked: ['+15550100'],
      endStays: false,
    });
  });
});

describe('withPolicy', () => {
  it('puts managed values over the person’s own, field by field, and managed lines before theirs', () => {
    const own = withLine({ name: 'mine' }, { options: { region: 'eu', debug: true } });
    const managed: StoredLine = { ...line, name: 'managed' };
    const other: StoredLine = { ...line, id: 'other' as LineId };
    const result = withPolicy(
      { ...own, lines: [...own.lines, other] },
      { lines: [managed], options: { region: 'us-east' } },
    );
    expect(result.lines).toEqual([managed, other]);
    expect(result.options).toEqual({ region: 'us-east', debug: true });
  });
});
