/** The test call of the first run: whom to ask for an echo, and what is known so far, as checks; pure. */

import type { CallView, LineView } from '../../lib/phone/model/snapshot';

/** `local`: the account reaches nobody who echoes, so the test records and plays back on this computer. */
export type TestPlan =
  { readonly kind: 'echo'; readonly to: string } | { readonly kind: 'assistant' } | { readonly kind: 'local' };

/** The development gateway echoes at 1, a stock FreeSWITCH at 9196; Telnyx itself has no number for it. */
export function planFor(line: LineView): TestPlan {
  switch (line.kind) {
    case 'assistant':
      return { kind: 'assistant' };
    case 'verto':
      return { kind: 'echo', to: '9196' };
    case 'telnyx':
      return isLoopback(line.server?.host ?? '') ? { kind: 'echo', to: '1' } : { kind: 'local' };
    default:
      return line.kind satisfies never;
  }
}

/** Loudest levels heard so far in the call, 0 to 1. */
export interface Heard {
  readonly you: number;
  readonly them: number;
}

/** Above what a silent room gives. */
const AUDIBLE = 0.02;

export type CheckState = 'done' | 'waiting' | 'failed';
export interface Check {
  readonly what: 'signed-in' | 'connected' | 'hears-you' | 'echo';
  readonly state: CheckState;
}

/** `call` is null before it began. A call that ended fails whatever had not been reached. */
export function checksOf(line: LineView | null, call: CallView | null, heard: Heard): readonly Check[] {
  const over = call?.state.phase === 'ended';
  const check = (what: Check['what'], done: boolean): Check => ({
    what,
    state: done ? 'done' : over ? 'failed' : 'waiting',
  });
  const connected = call !== null && call.answeredAt !== null;
  return [
    {
      what: 'signed-in',
      state: line?.session.phase === 'ready' ? 'done' : line?.session.phase === 'stopped' ? 'failed' : 'waiting',
    },
    check('connected', connected),
    check('hears-you', connected && heard.you >= AUDIBLE),
    check('echo', connected && heard.them >= AUDIBLE),
  ];
}

/** From the press of the button to the answer, milliseconds; null before the answer. */
export function connectedInMs(call: CallView): number | null {
  return call.answeredAt === null ? null : Math.max(0, call.answeredAt - call.startedAt);
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^wss?:\/\//u, '').replace(/:\d+$/u, '');
  return bare === 'localhost' || bare === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(bare);
}
