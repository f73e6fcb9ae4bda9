/** The file that an administrator makes for a browser, and the examples of docs/ADMINISTRATORS.md, which must be right as they stand. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADDON } from '../../../lib/extension/addon';
import { checkProposal } from '../../../lib/extension/policy';
import { writeSettingsFile } from '../../../lib/extension/settings-file';
import { DEFAULTS } from '../../../lib/extension/stored';
import { policyFile, type Browser } from '../../../scripts/policy/file';

const WRITTEN = {
  settings: {
    lines: [{ id: 'desk', name: 'Front desk', login: 'desk042' }],
    secrets: { desk: { password: 'example' } },
  },
  defaults: { options: { region: 'eu' } },
};

function made(written: unknown, browser: Browser, id = 'the-id'): { readonly path: string; readonly data: unknown } {
  const result = policyFile(JSON.stringify(written), browser, id);
  if (!('file' in result)) throw new Error(result.faults.join());
  return { path: result.file.path, data: JSON.parse(result.file.text) as unknown };
}

describe('the file of a browser', () => {
  it.each([
    ['chromium', '/etc/chromium/policies/managed/holdfast.json'],
    ['chrome', '/etc/opt/chrome/policies/managed/holdfast.json'],
  ] as const)('%s: a policy for the extension', (browser, path) => {
    expect(made(WRITTEN, browser)).toEqual({ path, data: { '3rdparty': { extensions: { 'the-id': WRITTEN } } } });
  });

  it('firefox: a manifest of managed storage', () => {
    expect(made(WRITTEN, 'firefox', 'a@b')).toEqual({
      path: '/usr/lib/mozilla/managed-storage/a@b.json',
      data: { name: 'a@b', description: 'Settings of Holdfast', type: 'storage', data: WRITTEN },
    });
  });

  it('takes what the Advanced page saved for defaults', () => {
    const bank = { origin: null, digits: '0800', pattern: null };
    const sites = { ...DEFAULTS.sites, notNumbers: [bank] };
    const saved: unknown = JSON.parse(writeSettingsFile({ ...DEFAULTS, options: { region: 'eu' }, sites }));
    const { data } = made(saved, 'firefox', 'a@b');
    expect(data).toMatchObject({ data: { defaults: { options: { region: 'eu' }, calls: { historyDays: 90 } } } });
    // Chrome takes no null, and leaves out all the rest for one.
    expect(JSON.stringify(data)).not.toContain('null');
    expect(made(saved, 'chrome')).toMatchObject({ path: '/etc/opt/chrome/policies/managed/holdfast.json' });
    const { defaults } = (data as { readonly data: { readonly defaults: unknown } }).data;
    expect(checkProposal(defaults)).toMatchObject({ proposal: { sites: { notNumbers: [bank] } }, skipped: [] });
  });

  it('names what Chrome would mind, and Firefox would not', () => {
    const written = {
      settings: {
        country: null,
        options: { userVariables: { desk: 4 } },
        lines: [{ id: 'a', name: 'A', options: { iceServers: [{ urls: ['stun:a.example'] }] } }],
      },
      defaults: { calls: { autoAnswerMs: null } },
    };
    const { faults } = policyFile(JSON.stringify(written), 'chrome', 'x');
    expect(faults.toSorted()).toEqual([
      'Chrome minds defaults.calls.autoAnswerMs',
      'Chrome minds settings.country',
      'Chrome minds settings.lines.0.options.iceServers.0.urls',
      'Chrome minds settings.options.userVariables.desk',
    ]);
    expect(policyFile(JSON.stringify(written), 'firefox', 'x').faults).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ['is no JSON', 'settings:', ['the file is no JSON object with settings, defaults or both']],
    ['is a list', '[]', ['the file is no JSON object with settings, defaults or both']],
    [
      'has what the extension would leave out',
      '{"settings":{"options":{"rtcPort":"x"}},"defaults":{"lines":[]},"colour":1}',
      ['colour', 'settings: options.rtcPort', 'defaults: lines'],
    ],
  ])('is not made of one that %s, which is named', (_what, text, faults) => {
    expect(policyFile(text, 'chromium', 'x')).toEqual({ faults });
  });
});

describe('docs/ADMINISTRATORS.md', () => {
  const page = readFileSync('docs/ADMINISTRATORS.md', 'utf8');
  const examples = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, text = '']) => JSON.parse(text) as unknown);

  it('shows what the extension takes whole, in the form that each browser reads', () => {
    const [written, chrome, policies, manifest] = examples;
    const id = '<id of the extension>';
    expect(chrome).toEqual(made(written, 'chromium', id).data);
    expect(policies).toEqual({ policies: { '3rdparty': { Extensions: { [ADDON]: written } } } });
    expect(manifest).toEqual(made(written, 'firefox', ADDON).data);
  });
});
