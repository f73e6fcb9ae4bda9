/** The pages of the settings and the steps of the first run that are drawn. */

import type { Page } from 'playwright';
import { DEFAULTS, type StoredLine } from '../../lib/extension/stored';
import type { CallId, LineId } from '../../lib/phone/model/ids';
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

const echoed = snapshot(
  [
    call({
      id: 'call-new' as CallId,
      who: { name: 'Echo', number: '9196' },
      startedAt: ago(0, 5),
      answeredAt: ago(0, 4),
    }),
  ],
  { lines: [line({ kind: 'verto', name: 'Office' })] },
);

/** An account on one's own FreeSWITCH, where a call is tried and that is what comes of it. */
const trial = (name: string, tried: NonNullable<TabCase['tried']>): DrawnTab => ({
  name: `09-trial-${name}`,
  snapshot: snapshot([], { lines: [line({ kind: 'verto', name: 'Office' })] }),
  tab: { kind: 'options', hash: '#account', stored: { lines: [OFFICE] }, tried },
  act: async (page) => {
    await page.getByRole('switch', { name: 'Also try a call' }).click();
    await press('Try now')(page);
  },
});
const OFFICE: StoredLine = {
  id: line().id,
  name: 'Office',
  kind: 'verto',
  enabled: true,
  login: '1004',
  assistant: null,
  verto: { url: 'wss://pbx.workshop.example:8082', domain: 'workshop.example' },
  callerIds: [],
  callerName: 'Front desk',
  remember: true,
  options: {},
};
const DESK: StoredLine = {
  ...OFFICE,
  id: 'desk' as LineId,
  name: 'Front desk',
  kind: 'telnyx',
  login: 'desk042',
  verto: null,
};
const unfit = (why: string) => ({ error: { reason: 'negotiation', facts: { why } } }) as const;

const LOCKED = { hangupOnBeforeUnload: true, region: 'eu', userVariables: { team: 'front desk' } };
const DESK_BELL = { ringtoneFile: 'https://bells.example/desk.wav' };

export const TABS: readonly DrawnTab[] = [
  options('09-account', '#account'),
  options('09-account-administrator', '#account', {
    tab: {
      kind: 'options',
      hash: '#account',
      stored: { lines: [OFFICE, DESK] },
      policy: {
        lines: [OFFICE, DESK],
        secrets: { [OFFICE.id]: { password: 'given' }, [DESK.id]: { password: 'given' } },
      },
    },
    act: async (page) => page.getByRole('button', { name: 'Details of Front desk' }).click(),
  }),
  options('09-account-owes', '#account', {
    tab: { kind: 'options', hash: '#account', stored: { lines: [DESK] }, policy: { lines: [DESK] } },
    act: async (page) => page.getByRole('button', { name: 'Save' }).click(),
  }),
  trial('works', { codec: 'opus', tookMs: 312 }),
  trial('no-path', unfit('no connection')),
  trial('hidden', unfit('hidden addresses')),
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
  options('09-shortcuts-by-hand', '#shortcuts', {
    tab: { kind: 'options', hash: '#shortcuts', byHand: true },
    act: press('Change in browser settings'),
  }),
  options('09-advanced', '#advanced', {
    stored: { options: { region: 'eu', forceRelayCandidate: false, debug: true } },
  }),
  options('09-advanced-sent', '#advanced', {
    stored: {
      lines: [
        {
          ...DESK,
          options: {
            customHeaders: [{ name: 'X-Department', value: 'front desk' }],
            clientState: 'eyJkZXNrIjoiZnJvbnQifQ==',
            preferred_codecs: [{ mimeType: 'audio/PCMU' }],
          },
        },
        OFFICE,
      ],
    },
    act: async (page) => {
      await press('Add header')(page);
      const second = page.getByRole('group', { name: 'Header 2' });
      await second.getByRole('textbox', { name: 'Name' }).fill('Department');
      await press('Move Opus up')(page);
      await page.getByText('PCMU').scrollIntoViewIfNeeded();
    },
  }),
  options('09-advanced-administrator', '#advanced', {
    tab: {
      kind: 'options',
      hash: '#advanced',
      stored: { options: { ...LOCKED, maxReconnectAttempts: 3, trickleIce: true, ...DESK_BELL } },
      policy: { options: LOCKED },
      proposal: { options: { maxReconnectAttempts: 3, trickleIce: false, ...DESK_BELL } },
    },
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
    name: '10-calling-failed',
    snapshot: idle,
    tab: {
      kind: 'welcome',
      hash: '#microphone',
      microphone: 'granted',
      failure: { reason: 'no-account', facts: {} },
    },
  },
  {
    name: '10-account',
    snapshot: snapshot([], { lines: [] }),
    tab: { kind: 'welcome', microphone: 'denied' },
    act: press('Set up', 'Skip for now'),
  },
  {
    name: '10-account-owes',
    snapshot: snapshot([], { lines: [] }),
    tab: { kind: 'welcome', microphone: 'denied', stored: { lines: [DESK] }, policy: { lines: [DESK] } },
    act: press('Set up', 'Skip for now', 'Sign in'),
  },
  {
    name: '10-test',
    snapshot: snapshot([], { lines: [line({ kind: 'verto', name: 'Office' })] }),
    tab: { kind: 'welcome', microphone: 'denied' },
    act: async (page) => {
      await press('Set up', 'Skip for now', 'Continue as Office', 'Start test call')(page);
      await page.evaluate(`window.screens.show(${JSON.stringify(echoed)})`);
      await page.getByText('You hear yourself', { exact: false }).first().waitFor();
    },
  },
  {
    name: '10-test-here',
    snapshot: idle,
    tab: { kind: 'welcome', microphone: 'denied' },
    act: press('Set up', 'Skip for now', 'Continue as Sales line'),
  },
  {
    name: '10-ready',
    snapshot: snapshot([], { lines: [] }),
    tab: { kind: 'welcome', microphone: 'denied' },
    act: press('Set up', 'Skip for now', 'Later'),
  },
];
