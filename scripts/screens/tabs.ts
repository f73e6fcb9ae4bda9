/** The settings and the first run, drawn in a tab of their own from what a person stored and from made-up devices. */

import type { Component } from 'svelte';
import { mount } from 'svelte';
import type { SettingsLink, Shown } from '../../components/settings/settings.svelte';
import { DEFAULTS } from '../../lib/extension/stored';
import type { PhoneLink } from '../../components/phone.svelte';
import LinkTab from './LinkTab.svelte';
import OptionsTab from './OptionsTab.svelte';
import WelcomeTab from './WelcomeTab.svelte';
import { SALES } from './data';
import type { TabCase, TabProps } from './tab';

const TABS: { readonly [Kind in TabCase['kind']]: Component<TabProps> } = {
  options: OptionsTab,
  welcome: WelcomeTab,
  link: LinkTab,
};

export function drawTab(tab: TabCase, link: PhoneLink, target: HTMLElement): void {
  furnish(tab.microphone ?? 'granted');
  mount(TABS[tab.kind], { target, props: { link, settings: storedBy(tab), hash: tab.hash ?? '', tab } });
}

const STORED: Shown = {
  ...DEFAULTS,
  lines: [
    {
      id: SALES,
      name: 'Sales line',
      kind: 'telnyx',
      enabled: true,
      login: 'salesline4821',
      assistant: null,
      verto: null,
      callerIds: ['+13125550142', '+13125550190'],
      callerName: 'Northgate Dental',
      remember: true,
      options: {},
    },
  ],
  country: 'US',
};

/** A store of one person, which forgets with the page. */
function storedBy({ stored, policy = {}, proposal = {} }: TabCase): SettingsLink {
  let shown: Shown = { ...STORED, ...stored };
  const watchers = new Set<() => void>();
  return {
    read: () => Promise.resolve(shown),
    policy: () => Promise.resolve(policy),
    proposal: () => Promise.resolve(proposal),
    own: (key) => Promise.resolve(shown[key]),
    write(key, value) {
      shown = { ...shown, [key]: value };
      for (const watcher of watchers) watcher();
      return Promise.resolve();
    },
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    saveLine: () => Promise.resolve(),
    changeLine(id, change) {
      shown = { ...shown, lines: shown.lines.map((line) => (line.id === id ? change(line) : line)) };
      for (const watcher of watchers) watcher();
      return Promise.resolve();
    },
    removeLine: () => Promise.resolve(() => Promise.resolve()),
    secretKind: (id) => {
      const owed = policy.lines?.some((line) => line.id === id) === true && policy.secrets?.[id] === undefined;
      return Promise.resolve(owed ? null : 'password');
    },
    saveLineLike: () => Promise.resolve(),
    handSecret: () => Promise.resolve(),
  };
}

const DEVICES = [
  ['audioinput', 'jabra', 'Jabra Evolve2 65'],
  ['audioinput', 'mac-mic', 'MacBook Pro Microphone'],
  ['audiooutput', 'jabra', 'Jabra Evolve2 65'],
  ['audiooutput', 'mac-out', 'MacBook Pro Speakers'],
] as const;

/** The same devices on every machine that draws. */
function furnish(state: PermissionState): void {
  const found = DEVICES.map(([kind, deviceId, label]) => ({ kind, deviceId, label }));
  Object.assign(navigator.mediaDevices, { enumerateDevices: () => Promise.resolve(found) });
  const permission = Object.assign(new EventTarget(), { state });
  Object.assign(navigator.permissions, { query: () => Promise.resolve(permission) });
}
