/** What may go wrong and when: the rows and columns of the matrix. The promises themselves stand in docs/RELIABILITY.md. */

export const STATES = ['dialling', 'ringing out', 'ringing in', 'early media', 'active', 'held', 'two calls'] as const;
export type State = (typeof STATES)[number];

export const FAULTS = [
  'nothing, for comparison',
  'close 1000',
  'close 1001',
  'close 1006',
  'close 1011',
  'no close frame, no end (half-dead both ways)',
  'half-dead, nothing comes',
  'half-dead, nothing goes',
  'offline 5 s',
  'offline 30 s',
  'gateway restarted',
  'server forgot the call',
  'new transport at the server',
  'punt',
  'TURN server killed and replaced',
  'media path dead for 10 s',
  'hang-up while offline',
  'far side hung up while we were away',
  'token expired meanwhile',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The browser's own faults, played in the built extension: Chromium has a worker, Firefox a page that lends the microphone. */
export const BROWSER_FAULTS = {
  chromium: ['worker killed', 'engine document destroyed'],
  firefox: ['lender of the microphone closed', 'extension started anew', 'process of extensions killed'],
} as const;
export type BrowserFault = (typeof BROWSER_FAULTS)[keyof typeof BROWSER_FAULTS][number];

/**
 * What may become of a call.
 * - `kept`: the same leg and the same peer connection.
 * - `rebuilt`: the same leg, another peer connection.
 * - `called again`: another leg, the same call.
 * - `goes on`: unanswered then, answered now, on the leg that it had.
 * - `rejoined`: by another life of the document, muted.
 * - `ended: …`: told, with that cause.
 * - `unknown`: none of these in time, which no cell may be.
 */
export type Outcome = string;

/** The number to dial, and whether the server may go on to answer it. */
export const CONDITIONS = {
  keepUnanswered: true,
  slowRingMs: 8_000,
} as const;
