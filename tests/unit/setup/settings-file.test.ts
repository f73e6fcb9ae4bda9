import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettingsFile, writeSettingsFile } from '../../../lib/extension/settings-file';
import { DEFAULTS, type StoredSettings } from '../../../lib/extension/stored';
import type { LineId } from '../../../lib/phone/model/ids';

const settings: StoredSettings = {
  ...DEFAULTS,
  lines: [
    {
      id: 'line-1' as LineId,
      name: 'Sales',
      kind: 'telnyx',
      enabled: true,
      login: 'salesline',
      assistant: null,
      verto: null,
      callerIds: [],
      callerName: '',
      remember: true,
      options: {},
    },
  ],
  secrets: { 'line-1': { password: 'hush-password' } },
  options: {
    region: 'eu',
    maxReconnectAttempts: 0,
    trickleIce: false,
    iceServers: [{ urls: 'stun:stun.example' }, { urls: 'turn:turn.example', username: 'u', credential: 'hush-turn' }],
    forceRelayCandidate: true,
    userVariables: { team: 'support' },
    customHeaders: [{ name: 'X-Key', value: 'hush-header' }],
    clientState: 'aHVzaA==',
    preferred_codecs: [{ mimeType: 'audio/PCMU' }],
  },
  country: 'DE',
};
const file = (content: object): string => JSON.stringify({ 'holdfast-settings': 1, ...content });

describe('the settings file', () => {
  it('holds no secret and no account', () => {
    const text = writeSettingsFile(settings);
    expect(text).not.toContain('hush');
    expect(text).not.toContain('aHVzaA==');
    expect(text).not.toContain('salesline');
  });

  it('reads back what it wrote, and names the servers that need their secret again', () => {
    const read = readSettingsFile(writeSettingsFile(settings));
    expect(read?.skipped).toEqual(['options.iceServers', 'options.forceRelayCandidate']);
    expect(read?.settings).toEqual({
      options: {
        region: 'eu',
        maxReconnectAttempts: 0,
        trickleIce: false,
        iceServers: [{ urls: 'stun:stun.example' }],
        userVariables: { team: 'support' },
        preferred_codecs: [{ mimeType: 'audio/PCMU' }],
      },
      country: 'DE',
      ring: DEFAULTS.ring,
      sites: DEFAULTS.sites,
      appearance: DEFAULTS.appearance,
      calls: DEFAULTS.calls,
    });
  });

  it('keeps the provided servers where none of its own came through', () => {
    const read = readSettingsFile(file({ options: { iceServers: [{ urls: 'turn:turn.example', username: 'u' }] } }));
    expect(read?.settings.options).toEqual({});
    expect(readSettingsFile(file({ options: { iceServers: [] } }))?.settings.options).toEqual({ iceServers: [] });
  });

  it('keeps relay only where a TURN server came with its secret', () => {
    const options = {
      forceRelayCandidate: true,
      iceServers: [{ urls: 'turn:turn.example', username: 'u', credential: 'c' }],
    };
    expect(readSettingsFile(file({ options }))).toMatchObject({ settings: { options }, skipped: [] });
  });

  it('takes headers, a state and codecs only whole', () => {
    const good = {
      customHeaders: [{ name: 'X-Desk', value: 'front' }],
      clientState: 'eyJ0IjoxfQ==',
      preferred_codecs: [{ mimeType: 'audio/opus' }],
    };
    expect(readSettingsFile(file({ options: good }))).toMatchObject({ settings: { options: good }, skipped: [] });
    const bad = { customHeaders: [{ name: 'Via', value: 'x' }], clientState: '{', preferred_codecs: ['opus'] };
    expect(readSettingsFile(file({ options: bad }))?.skipped).toEqual(Object.keys(bad).map((key) => `options.${key}`));
  });

  it('skips what does not fit, by name, and takes the rest', () => {
    const read = readSettingsFile(
      file({
        options: { region: 'moon', rtcPort: 70_000, login: 'x', trickleIce: 'yes', debug: true },
        ring: { volume: 7, waiting: false },
        country: 'Germany',
        sites: [],
        calls: { autoAnswerMs: null, historyDays: -1, transcriptDays: 'all' },
        secrets: { a: { password: 'b' } },
      }),
    );
    expect(read?.settings).toEqual({
      options: { debug: true },
      ring: { waiting: false },
      sites: {},
      appearance: {},
      calls: { autoAnswerMs: null },
    });
    expect([...(read?.skipped ?? [])].sort()).toEqual([
      'calls.historyDays',
      'calls.transcriptDays',
      'country',
      'options.login',
      'options.region',
      'options.rtcPort',
      'options.trickleIce',
      'ring.volume',
      'secrets',
      'sites',
    ]);
  });

  it.each(['', 'not json', '[]', 'null', '{}', '{"holdfast-settings":2}'])('is not %j', (text) => {
    expect(readSettingsFile(text)).toBeNull();
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('options', 'ring', 'sites', 'calls', 'appearance', 'country', 'x'),
          fc.jsonValue(),
        ),
        (content) => {
          expect(readSettingsFile(file(content))?.settings.options).toBeDefined();
        },
      ),
    );
  });

  it('does not take __proto__ for a setting', () => {
    const read = readSettingsFile('{"holdfast-settings":1,"options":{"__proto__":{"debug":true},"constructor":true}}');
    expect(read?.settings.options).toEqual({});
    expect(read?.skipped).toContain('options.constructor');
  });
});
