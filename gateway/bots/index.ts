/** The directory: every bot with the numbers that reach it. */

import type { BotKind } from '../bot';
import { assistant } from './assistant';
import { callsBack, dropsSocket } from './line-faults';
import { answersTwice, earlyMedia, hangsUp, slowToAnswer } from './answers';
import { meeting } from './meeting';
import { echo, keyDisplay, keyReader, music, tone440 } from './listeners';
import { busy, nobody, noSuchNumber, rejects } from './refusals';
import { customer, expert } from './transfer';

export const bots: readonly BotKind[] = [
  echo,
  tone440,
  busy,
  nobody,
  hangsUp,
  dropsSocket,
  earlyMedia,
  answersTwice,
  callsBack,
  music,
  keyReader,
  rejects,
  noSuchNumber,
  slowToAnswer,
  assistant,
  customer,
  expert,
  meeting,
  keyDisplay,
];

/** Null for a number that nobody has. */
export function botAt(number: string): BotKind | null {
  const digits = number
    .replace(/^sips?:/i, '')
    .replace(/@.*$/, '')
    .replace(/[\s().-]/g, '');
  const stock = bots.find((known) => known.stock === digits);
  if (stock) return { ...stock, application: true };
  const bot = bots.find((known) => known.number === digits || known.e164 === digits);
  return bot ?? (E164.test(digits) ? { ...echo, e164: digits, name: 'Echo' } : null);
}

/** Every well-formed number that is not assigned rings and is an echo, so that any number on a page can be tried. */
const E164 = /^\+[1-9]\d{6,14}$/;
