/** A conference room behind a number: whoever dials it meets the others who did. */

import type { BotKind } from '../bot';
import { pickUp } from './listeners';

export const meeting: BotKind = {
  number: '18',
  e164: '+14155550118',
  name: 'Meeting',
  does: 'A conference room: all callers hear all others at once, music while alone; over Verto its list of members and its written messages.',
  async play(line) {
    await pickUp(line);
    const leave = line.services.rooms.enter(line.kind.number, line);
    try {
      await line.stay();
    } finally {
      leave();
    }
  },
};
