/** Headsets in the settings: allowed, tried, kept from us. */

import { press } from './acts';
import type { Case } from './case';
import type { HeadsetsShown } from '../../lib/extension/headset-stream';
import { call, snapshot } from './data';
import { idle } from './situations';

const EVOLVE = { key: 'b0e:2e6:Jabra Evolve2 65', name: 'Jabra Evolve2 65', state: 'open' } as const;
const HEARD: HeadsetsShown = {
  headsets: [
    { ...EVOLVE, buttons: ['mute', 'flash', 'reject', 'hook'] },
    {
      key: '47f:c056:Blackwire',
      name: 'Plantronics Blackwire 3220 Series',
      state: 'refused',
      buttons: ['mute', 'hook'],
    },
    { key: '45e:70f:LifeChat', name: 'Microsoft LifeChat LX-3000', state: 'closed', buttons: [] },
  ],
  heard: { key: EVOLVE.key, press: 'lifted', count: 1 },
};

export const HEADSETS: readonly Case[] = [
  {
    name: '09-audio-headsets',
    snapshot: idle,
    tab: { kind: 'options', hash: '#audio', headsets: HEARD },
    act: async (page) => {
      await press('Choose a headset')(page);
      await page.getByRole('button', { name: 'Test', exact: true }).first().click();
    },
  },
  {
    name: '09-audio-headset-in-a-call',
    snapshot: snapshot([call()]),
    tab: { kind: 'options', hash: '#audio', headsets: { ...HEARD, heard: null } },
    act: async (page) => page.getByRole('button', { name: 'Test', exact: true }).first().click(),
  },
  { name: '09-audio-headsets-kept', snapshot: idle, tab: { kind: 'options', hash: '#audio', headsets: null } },
];
