/** The side panel. */

import type { Case } from './case';
import { snapshot } from './data';
import { idle, active, many, noted, desk, talk } from './situations';

export const PANEL: readonly Case[] = [
  { name: '13-panel-home', snapshot: idle, frame: 'sidepanel', page: true, people: many },
  {
    name: '13-panel-call',
    snapshot: active,
    frame: 'sidepanel',
    people: noted,
    act: (page) => page.evaluate('window.screens.trail()'),
  },
  { name: '13-panel-assistant', snapshot: snapshot([talk], { lines: desk }), frame: 'sidepanel' },
];
