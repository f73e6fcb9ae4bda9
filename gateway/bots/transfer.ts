/** Two people for a transfer play: who hears which tone afterwards tells who was connected to whom. */

import type { BotKind } from '../bot';
import { tone } from '../media/sounds';
import { pickUp } from './listeners';

export const customer: BotKind = {
  number: '16',
  e164: '+14155550116',
  name: 'Customer',
  does: 'Answers and plays 600 Hz: the caller in an attended transfer.',
  async play(line) {
    await pickUp(line);
    line.say(tone(600));
  },
};

export const expert: BotKind = {
  number: '17',
  e164: '+14155550117',
  name: 'Expert',
  does: 'Answers and plays 800 Hz: the one whom the call is transferred to. Afterwards the two hear each other.',
  async play(line) {
    await pickUp(line);
    line.say(tone(800));
  },
};
