/** What a play's one line is at, and how it comes back on its session. */

import { expect } from 'vitest';
import type { SessionState } from '../../lib/phone/model/session-state';
import type { Stage } from './stage';

export function session({ phone }: Stage): SessionState {
  const [line] = phone.snapshot().lines;
  if (!line) throw new Error('there is no line');
  return line.session;
}

/** Back on a new socket, with the old session, within the first quarter of a second. */
export async function comesBack({ platform, server, pass }: Stage): Promise<void> {
  const before = platform.sockets.length;
  await pass(250);
  expect(platform.sockets.length).toBe(before + 1);
  expect(server.last('login')).toMatchObject({ sessid: 'session-1' });
  if (server.speaks === 'verto') return;
  expect(platform.socket.url).toContain('voice_sdk_id=VSDK-1');
  expect(server.last('login')).toMatchObject({ reconnection: true });
}
