/** Bots that answer in an unusual way or at an unusual time. */

import type { BotKind } from '../bot';
import { greeting, ringback, tone } from '../media/sounds';
import { pickUp } from './listeners';

export const hangsUp: BotKind = {
  number: '5',
  e164: '+14155550105',
  name: 'Hangs up',
  does: 'Answers, plays 440 Hz and hangs up after 5 s: NORMAL_CLEARING, 16.',
  async play(line) {
    await pickUp(line);
    line.say(tone(440));
    await line.wait(line.services.timing.hangUpAfterMs);
    line.hangUp('NORMAL_CLEARING');
  },
};

export const earlyMedia: BotKind = {
  number: '7',
  e164: '+14155550107',
  name: 'Early media',
  does: 'Plays a ringback tone of its own before it answers (early media, no ringing message), then plays 440 Hz.',
  async play(line) {
    line.early(ringback);
    await line.wait(line.services.timing.slowRingMs);
    line.answer();
    line.say(tone(440));
  },
};

export const answersTwice: BotKind = {
  number: '8',
  e164: '+14155550108',
  name: 'Answers twice',
  does: 'Answers with the description in the answer itself, then sends the answer a second time; an echo.',
  async play(line) {
    line.ring();
    await line.wait(line.services.timing.ringMs);
    line.answer({ withoutMedia: true });
    await line.wait(line.services.timing.ringMs);
    line.answerAgain();
    line.echo();
  },
};

export const slowToAnswer: BotKind = {
  number: '14',
  e164: '+14155550114',
  name: 'Slow to answer',
  does: 'Rings for 3 s, then answers, greets and is an echo.',
  async play(line) {
    line.ring();
    await line.wait(line.services.timing.slowRingMs);
    line.answer();
    await line.sayToTheEnd(greeting);
    line.echo();
  },
};
