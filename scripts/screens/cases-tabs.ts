/** The pages of the settings and the steps of the first run that are drawn. */

import type { Page } from 'playwright';
import { DEFAULTS } from '../../lib/extension/stored';
import { press } from './acts';
import { ago, call, line, snapshot } from './data';
import { idle } from './situations';
import type { TabCase } from './tab';

export interface DrawnTab {
  readonly name: string;
  readonly snapshot: ReturnType<typeof snapshot>;
  readonly tab: TabCase;
  readonly act?: (page: Page) => Promise<void>;
}

const options = (
  name: string,
  hash: string,
  more: Partial<DrawnTab> & { readonly stored?: TabCase['stored'] } = {},
): DrawnTab => {
  const { stored, ...rest } = more;
  return { name, snapshot: idle, tab: { kind: 'options', hash, ...(stored === undefined ? {} : { stored }) }, ...rest };
};

const calls = {
  ...DEFAULTS.calls,
  doNotDisturbUntil: -1,
  autoAnswerMs: 3000,
  blocked: ['+17185550164', '+442079460999'],
  popAddress: 'https://app.hubspot.com/search?q={number}&name={name}',
};

export const TABS: readonly DrawnTab[] = [
  options('09-account', '#account'),
  options('09-audio', '#audio'),
  options('09-click', '#click'),
  options('09-calls', '#calls', { stored: { calls } }),
  options('09-calls-managed', '#calls', {
    tab: {
      kind: 'options',
      hash: '#calls',
      policy: { ring: { volume: 0.5, waiting: false }, appearance: { ...DEFAULTS.appearance, hideNames: true } },
    },
  }),
  options('09-calls-delete', '#calls', { act: press('Delete everything') }),
  options('09-shortcuts', '#shortcuts'),
  options('09-advanced', '#advanced', {
    stored: { options: { region: 'eu', forceRelayCandidate: false, debug: true } },
  }),
  options('09-search', '#account', {
    act: async (page) => page.getByRole('searchbox').fill('ring'),
  }),
  options('09-on-a-call', '#advanced', {
    snapshot: snapshot([call()], {
      lines: [line({ notices: [{ kind: 'settings-wait', facts: {}, at: ago(0, 5) }] })],
    }),
  }),
  { name: '10-hello', snapshot: idle, tab: { kind: 'welcome' } },
  {
    name: '10-microphone',
    snapshot: idle,
    tab: { kind: 'welcome', microphone: 'prompt' },
    act: press('Set up'),
  },
  {
    name: '10-microphone-blocked',
    snapshot: idle,
    tab: { kind: 'welcome', hash: '#microphone', microphone: 'denied' },
  },
  {
    name: '10-account',
    snapshot: snapshot([], { lines: [] }),
    tab: { kind: 'welcome', microphone: 'denied' },
    act: press('Set up', 'Skip for now'),
  },
];
