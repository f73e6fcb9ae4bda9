/** Bots for what a person can hear go wrong, and for being called. */

import type { BotKind } from '../bot';
import { greeting, tone } from '../media/sounds';
import { pickUp } from './listeners';

export const dropsSocket: BotKind = {
  number: '6',
  e164: '+14155550106',
  name: 'Drops your socket',
  does: 'Answers, plays 440 Hz, and after 3 s cuts your signalling socket; the tone goes on.',
  async play(line) {
    await pickUp(line);
    line.say(tone(440));
    await line.wait(line.services.timing.dropAfterMs);
    line.services.dropSocket(line.peer);
  },
};

export const callsBack: BotKind = {
  number: '9',
  e164: '+14155550109',
  name: 'Calls you back',
  does: 'Greets, hangs up and calls you back after 2 s; answer, and it is an echo.',
  async play(line) {
    await pickUp(line);
    await line.sayToTheEnd(greeting);
    const account = line.services.accountOf(line.peer);
    line.hangUp('NORMAL_CLEARING');
    if (!account) return;
    const { callBackMs } = line.services.timing;
    setTimeout(() => line.services.callBack(account, '1'), callBackMs).unref();
  },
};
