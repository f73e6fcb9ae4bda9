/** Bots that simply talk or listen: echo, tone, music, and the one that reads your keys back. */

import type { BotKind, BotLine } from '../bot';
import { holdMusic, keyTones, tone } from '../media/sounds';

/** Rings for as long as bots do, then picks up. */
export async function pickUp(line: BotLine): Promise<void> {
  line.ring();
  await line.wait(line.services.timing.ringMs);
  line.answer();
}

export const echo: BotKind = {
  number: '1',
  e164: '+14155550101',
  stock: '9196',
  name: 'Echo',
  does: 'Answers and sends back what you say.',
  async play(line) {
    await pickUp(line);
    line.echo();
  },
};

export const tone440: BotKind = {
  number: '2',
  e164: '+14155550102',
  stock: '9197',
  name: 'Tone',
  does: 'Answers and plays a tone of 440 Hz.',
  async play(line) {
    await pickUp(line);
    line.say(tone(440));
  },
};

export const music: BotKind = {
  number: '10',
  e164: '+14155550110',
  stock: '9664',
  name: 'Hold music',
  does: 'Answers and plays the music that held calls hear.',
  async play(line) {
    await pickUp(line);
    line.say(holdMusic);
  },
};

export const keyReader: BotKind = {
  number: '11',
  e164: '+14155550111',
  name: 'Key reader',
  does: 'Answers and plays back each key that you press; GET /state shows them all.',
  async play(line) {
    await pickUp(line);
    for (;;) await line.sayToTheEnd(keyTones(await line.nextDigit()));
  },
};
