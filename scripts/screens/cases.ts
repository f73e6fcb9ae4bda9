/** Every screen and state that is drawn. */

import type { Case } from './case';
import { ASSISTANT } from './cases-assistant';
import { CALL, QUALITY } from './cases-call';
import { CONTACT } from './cases-contact';
import { HEADSETS } from './cases-headset';
import { HOLDING } from './cases-holding';
import { HOME } from './cases-home';
import { INCOMING } from './cases-incoming';
import { LINK } from './cases-link';
import { LONG } from './cases-long';
import { MESSAGES } from './cases-messages';
import { OUTGOING } from './cases-outgoing';
import { PANEL } from './cases-panel';
import { PARKED } from './cases-parked';
import { RECENTS } from './cases-recents';
import { SEVERAL } from './cases-several';
import { TABS } from './cases-tabs';
import { VERTO } from './cases-verto';

export const CASES: readonly Case[] = [
  ...HOME,
  ...OUTGOING,
  ...CALL,
  ...QUALITY,
  ...SEVERAL,
  ...INCOMING,
  ...HOLDING,
  ...RECENTS,
  ...CONTACT,
  ...ASSISTANT,
  ...PANEL,
  ...VERTO,
  ...PARKED,
  ...MESSAGES,
  ...LINK,
  ...LONG,
  ...TABS,
  ...HEADSETS,
];
