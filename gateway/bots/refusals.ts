/** Bots that never answer, each in its own way. */

import type { BotKind } from '../bot';

export const busy: BotKind = {
  number: '3',
  e164: '+14155550103',
  name: 'Busy',
  does: 'Is busy: USER_BUSY, 17, SIP 486.',
  async play(line) {
    line.hangUp('USER_BUSY');
  },
};

export const nobody: BotKind = {
  number: '4',
  e164: '+14155550104',
  name: 'Nobody',
  does: 'Rings and nobody answers: NO_ANSWER, 19, SIP 480, after a while.',
  async play(line) {
    line.ring();
    await line.wait(line.services.timing.noAnswerMs);
    line.hangUp('NO_ANSWER');
  },
};

export const rejects: BotKind = {
  number: '12',
  e164: '+14155550112',
  name: 'Rejects',
  does: 'Rings, then declines: CALL_REJECTED, 21, SIP 603.',
  async play(line) {
    line.ring();
    await line.wait(line.services.timing.ringMs);
    line.hangUp('CALL_REJECTED');
  },
};

export const noSuchNumber: BotKind = {
  number: '13',
  e164: '+14155550113',
  name: 'No such number',
  does: 'Does not exist: UNALLOCATED_NUMBER, 1, SIP 404. So does any short number that is not on this list.',
  async play(line) {
    line.hangUp('UNALLOCATED_NUMBER');
  },
};
