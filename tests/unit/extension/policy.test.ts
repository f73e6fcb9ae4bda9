/** What an administrator locks and what is only proposed: read with suspicion, and in one shape with the schema that Chrome is given. */

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from './browser';
import { OPTION_ROWS } from '../../../lib/extension/option-rows';
import { without } from '../../../lib/extension/options-form';
import { phoneSettings } from '../../../lib/extension/phone-settings';
import { checkPolicy, checkProposal } from '../../../lib/extension/policy';
import { takeProposal } from '../../../lib/extension/proposal';
import { policyProblems, readPolicy, readSettings, settings, withPolicy } from '../../../lib/extension/settings';
import { writeSettingsFile } from '../../../lib/extension/settings-file';
import { DEFAULTS } from '../../../lib/extension/stored';
import { validateOptions } from '../../../lib/phone/options';
import schema from '../../../public/managed-schema.json';

beforeEach(() => fakeBrowser.reset());

const LINE = { id: 'desk', name: 'Front desk', login: 'desk042' };
const administrator = (managed: object): Promise<void> => fakeBrowser.storage.managed.set({ ...managed });

describe('what is locked', () => {
  it('wins over what the person stored, field by field, also in their own accounts', async () => {
    await administrator({
      settings: {
        lines: [LINE],
        secrets: { desk: { password: 'example-only' } },
        options: { rtcIp: 'pbx.example', trickleIce: false },
        calls: { keepHistory: false },
        country: 'DE',
      },
    });
    await fakeBrowser.storage.local.set({
      lines: [{ ...checkedLine(), id: 'mine', options: { rtcIp: 'elsewhere.example', debug: true } }],
      secrets: { mine: { password: 'x' } },
      options: { trickleIce: true, mutedMicOnStart: true },
      country: 'FR',
    });
    const read = await readSettings();
    expect(read.calls).toEqual({ ...DEFAULTS.calls, keepHistory: false });
    expect(read.country).toBe('DE');
    const [managed, mine] = phoneSettings(read).lines;
    expect(managed).toMatchObject({ id: 'desk', name: 'Front desk', kind: 'telnyx' });
    for (const line of [managed, mine])
      expect(line?.options).toMatchObject({ rtcIp: 'pbx.example', trickleIce: false, mutedMicOnStart: true });
    expect(mine?.options).toMatchObject({ debug: true, password: 'x' });
    expect(managed?.options).toMatchObject({ login: 'desk042', password: 'example-only' });
  });

  it('may be the built-in sounds, and an assistant with what it is told', async () => {
    const assistant = {
      target_type: 'ai_assistant' as const,
      target_id: 'assistant-1',
      target_params: { conversation_id: 'one' },
    };
    await administrator({
      settings: {
        lines: [{ id: 'reception', name: 'Reception', kind: 'assistant', assistant }],
        options: { ringtoneFile: '', ringbackFile: '' },
      },
    });
    expect(await policyProblems()).toEqual([]);
    await settings.options.setValue({ ringtoneFile: 'https://bells.example/mine.wav' });
    const [line] = phoneSettings(await readSettings()).lines;
    expect(line?.options.anonymous_login).toEqual(assistant);
    const { options } = validateOptions(line?.options);
    expect(options?.sounds).toEqual({ ringtone: null, ringback: null });
  });

  it('is not there without an administrator, nor where the browser refuses to say', async () => {
    expect(await readPolicy()).toEqual({});
    expect(await policyProblems()).toEqual([]);
    const { get } = fakeBrowser.storage.managed;
    fakeBrowser.storage.managed.get = () => Promise.reject(new Error('Managed storage manifest not found'));
    expect(await readPolicy()).toEqual({});
    fakeBrowser.storage.managed.get = get;
  });

  it('leaves out what does not fit, and names it', async () => {
    await administrator({
      settings: {
        lines: [
          { ...LINE, options: { region: 'moon', customHeaders: [{ name: 'X-Desk', value: 'front' }] } },
          { name: 'no id' },
          { ...LINE, id: 'pbx', kind: 'verto' },
        ],
        options: { rtcPort: 'x', colour: 'red', region: 'eu' },
        calls: { historyDays: -1 },
        weather: 'fine',
      },
      defaults: { ring: { volume: 7 }, lines: [LINE] },
    });
    expect(await readPolicy()).toMatchObject({ options: { region: 'eu' }, calls: {} });
    expect((await readPolicy()).lines).toMatchObject([
      { id: 'desk', options: { customHeaders: [{ name: 'X-Desk', value: 'front' }] } },
    ]);
    expect((await policyProblems()).toSorted()).toEqual([
      'defaults: lines',
      'defaults: ring.volume',
      'settings: calls.historyDays',
      'settings: lines.0.options.region',
      'settings: lines.1',
      'settings: lines.2',
      'settings: options.colour',
      'settings: options.rtcPort',
      'settings: weather',
    ]);
    expect(checkPolicy('nonsense')).toEqual({ policy: {}, skipped: ['settings'] });
  });
});

describe('whatever an administrator writes', () => {
  const sections = ['options', 'ring', 'country', 'sites', 'appearance', 'calls', 'lines', 'secrets', '__proto__'];
  const fields = ['trickleIce', 'region', 'iceServers', 'volume', 'theme', 'historyDays', 'id', 'name', 'kind'];
  const written = fc.dictionary(
    fc.constantFrom(...sections),
    fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...fields), fc.anything()), fc.array(fc.anything())),
  );

  it('never throws, and what is taken is good as it stands', () => {
    fc.assert(
      fc.property(fc.oneof(written, fc.anything()), (managed) => {
        const { policy } = checkPolicy(managed);
        expect(checkPolicy(policy)).toEqual({ policy, skipped: [] });
        const { proposal } = checkProposal(managed);
        expect(checkProposal(proposal)).toEqual({ proposal, skipped: [] });
        expect(phoneSettings(withPolicy(DEFAULTS, policy)).lines.every(({ id }) => id !== '')).toBe(true);
      }),
    );
  });
});

describe('what is proposed', () => {
  it('is what the person begins with, and they may change it for good', async () => {
    await administrator({ defaults: { options: { trickleIce: false }, calls: { telLinks: 'dial' }, country: 'DE' } });
    await takeProposal();
    expect(await readSettings()).toMatchObject({
      options: { trickleIce: false },
      calls: { ...DEFAULTS.calls, telLinks: 'dial' },
      country: 'DE',
    });
    await settings.options.setValue({ trickleIce: true });
    await settings.calls.setValue({ ...DEFAULTS.calls, telLinks: 'fill' });
    await settings.country.setValue('FR');
    await takeProposal();
    expect(await readSettings()).toMatchObject({
      options: { trickleIce: true },
      calls: { telLinks: 'fill' },
      country: 'FR',
    });
  });

  it('does not touch what the person had chosen before, and follows the administrator where they had not', async () => {
    await settings.ring.setValue({ volume: 0.2, waiting: true });
    await administrator({ defaults: { ring: { volume: 0.9, waiting: false } } });
    await takeProposal();
    expect((await readSettings()).ring).toEqual({ volume: 0.2, waiting: false });
    await administrator({ defaults: { ring: { waiting: true } } });
    await takeProposal();
    expect((await readSettings()).ring).toEqual({ volume: 0.2, waiting: true });
  });

  it('is followed again after a reset, and not where the person chose our own default', async () => {
    await administrator({ defaults: { options: { trickleIce: false, debug: true }, ring: { volume: 0.9 } } });
    await takeProposal();
    const byReset = { trickleIce: false };
    await settings.options.setValue(byReset);
    await settings.ring.setValue(DEFAULTS.ring);
    await administrator({ defaults: { options: { trickleIce: true, debug: true }, ring: { volume: 0.8 } } });
    await takeProposal();
    expect(await readSettings()).toMatchObject({ options: { trickleIce: true }, ring: DEFAULTS.ring });
    expect((await readSettings()).options).not.toHaveProperty('debug');
  });

  it('of a sound gives way to the built-in one for good, where the person chose that', async () => {
    await administrator({ defaults: { options: { ringtoneFile: 'data:audio/wav;base64,UklGRg==' } } });
    await takeProposal();
    const row = OPTION_ROWS.find(({ id }) => id === 'ringtoneFile');
    if (!row) throw new Error('no row');
    const { options } = await readSettings();
    expect(options.ringtoneFile).toBe('data:audio/wav;base64,UklGRg==');
    await settings.options.setValue(without(options, row.sets));
    await administrator({ defaults: { options: { ringtoneFile: 'https://bells.example/new.wav' } } });
    await takeProposal();
    expect((await readSettings()).options).not.toHaveProperty('ringtoneFile');
  });

  it('that is taken back leaves our own default, and what the person chose', async () => {
    const ring = { volume: 0.9, waiting: false };
    await administrator({ defaults: { options: { trickleIce: false, region: 'eu' }, ring, country: 'DE' } });
    await takeProposal();
    await settings.options.setValue({ trickleIce: false, region: 'apac' });
    await settings.ring.setValue({ ...ring, volume: 0.4 });
    await administrator({ defaults: {} });
    await takeProposal();
    const { options, ring: rings, country } = await readSettings();
    expect({ options, rings, country }).toEqual({
      options: { region: 'apac' },
      rings: { ...DEFAULTS.ring, volume: 0.4 },
      country: null,
    });
  });

  it('never leaves a line that may use relays alone without one', async () => {
    const turn = { urls: 'turn:turn.example', username: 'u', credential: 'c' };
    const iceServers = [{ urls: 'stun:stun.example' }];
    await settings.options.setValue({ iceServers });
    await administrator({ defaults: { options: { forceRelayCandidate: true, iceServers: [turn], debug: true } } });
    await takeProposal();
    expect((await readSettings()).options).toEqual({ iceServers, debug: true });
  });

  it('that comes twice at once is taken once, in turn', async () => {
    await administrator({ defaults: { options: { trickleIce: false } } });
    const first = takeProposal();
    await administrator({ defaults: { options: { region: 'eu' } } });
    await Promise.all([first, takeProposal()]);
    expect((await readSettings()).options).toEqual({ region: 'eu' });
  });
});

describe('the schema that Chrome is given', () => {
  const { settings: locked, defaults } = schema.properties;

  it('knows every section, option and field that there is, and no other', () => {
    const { lines: _lines, secrets: _secrets, ...shared } = locked.properties;
    expect(Object.keys(shared).sort()).toEqual(Object.keys(defaults.properties).sort());
    expect(Object.keys(shared).sort()).toEqual(
      Object.keys(JSON.parse(writeSettingsFile(DEFAULTS)) as object)
        .filter((key) => key !== 'holdfast-settings')
        .sort(),
    );
    expect(Object.keys(locked.properties.options.properties).sort()).toEqual(
      OPTION_ROWS.flatMap(({ sets }) => sets).sort(),
    );
    for (const section of ['ring', 'sites', 'appearance', 'calls'] as const) {
      const fields = Object.keys(DEFAULTS[section]).sort();
      expect(Object.keys(locked.properties[section].properties).sort()).toEqual(fields);
      expect(Object.keys(defaults.properties[section].properties).sort()).toEqual(fields);
    }
    expect(Object.keys(locked.properties.lines.items.properties).sort()).toEqual(
      Object.keys(checkedLine())
        .filter((key) => key !== 'remember')
        .sort(),
    );
  });

  it('allows the values that we allow', () => {
    const { ring, sites, appearance, calls } = DEFAULTS;
    const { skipped } = checkProposal({
      ring,
      sites,
      appearance,
      calls: { ...calls, popAddress: 'https://crm.example/{number}' },
    });
    expect(skipped).toEqual([]);
    for (const row of OPTION_ROWS)
      if (row.control === 'choice' || row.control === 'segments')
        expect(locked.properties.options.properties[row.option].enum.toSorted()).toEqual(row.choices.toSorted());
  });
});

describe('withPolicy', () => {
  it('may lock the country to that of the browser', () => {
    expect(withPolicy({ ...DEFAULTS, country: 'FR' }, { country: null }).country).toBeNull();
  });
});

/** A whole account, as it is stored. */
function checkedLine() {
  const [line] = checkPolicy({ lines: [LINE] }).policy.lines ?? [];
  if (!line) throw new Error('no line');
  return line;
}
