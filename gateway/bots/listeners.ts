/** Bots that simply talk or listen: echo, tone, music, and the ones that read your keys. */

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

export const keyDisplay: BotKind = {
  number: '19',
  e164: '+14155550119',
  name: 'Key display',
  does: 'Answers, and shows the keys that you pressed before # on your display; then hangs up: NORMAL_CLEARING, 16.',
  async play(line) {
    await pickUp(line);
    let keys = '';
    for (let key = await line.nextDigit(); key !== '#'; key = await line.nextDigit()) keys += key;
    const { ringMs } = line.services.timing;
    await line.wait(ringMs);
    line.show({ name: line.kind.name, number: keys });
    await line.wait(ringMs);
    line.hangUp('NORMAL_CLEARING');
  },
};
