/** Our library as a client of the benchmark: the phone over the browser's ports, as the engine document composes them. */

import { Phone, type CallId, type LineId, type Log, type PhoneSettings, type PhoneSnapshot } from '../../lib/phone';
import { webPorts } from '../../lib/phone/web';
import type { Client, SignIn } from './client';
import { install, measureCall, sinceOpened } from './instruments';

install();
const quiet = (): void => undefined;
const log: Log = { error: console.error, warn: quiet, info: quiet, debug: quiet };
const ports = webPorts({ log });
let phone: Phone | null = null;

function current(): Phone {
  if (phone === null) throw new Error('not signed in');
  return phone;
}

function settingsFor({ url, user, password, trickle, iceServers }: SignIn): PhoneSettings {
  const { hostname, port } = new URL(url);
  return {
    lines: [
      {
        ...{ id: 'line' as LineId, name: 'Bench', kind: 'telnyx', callerIds: [], callerName: '' },
        options: {
          ...{ login: user, password, rtcIp: hostname, rtcPort: Number(port), iceServers },
          ...{ trickleIce: trickle, keepConnectionAliveOnSocketClose: true },
        },
      },
    ],
    devices: { microphone: null, speaker: null, ringer: null },
    ring: { volume: 1, waiting: true },
    doNotDisturbUntil: 0,
    autoAnswerMs: null,
  };
}

function until(of: Phone, wanted: (snapshot: PhoneSnapshot) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(of.snapshot())) return;
      of.events.off('change', look);
      resolve();
    };
    of.events.on('change', look);
    look();
  });
}

async function signIn(how: SignIn): Promise<number> {
  phone = new Phone({ ports });
  phone.start(settingsFor(how));
  let took = 0;
  await until(phone, ({ lines }) => {
    const session = lines[0]?.session;
    if (session?.phase === 'stopped') throw new Error(session.because.reason);
    if (session?.phase === 'ready') took = sinceOpened();
    return session?.phase === 'ready';
  });
  return took;
}

async function call(to: string): ReturnType<Client['call']> {
  const ours = current();
  let id: CallId | null = null;
  const measured = await measureCall(() => {
    id = ours.dial({ to });
  });
  if (id === null) throw new Error('no call was made');
  const made: CallId = id;
  ours.hangUp(made);
  await until(ours, ({ calls }) => calls.every(({ id, state }) => id !== made || state.phase === 'ended'));
  ours.dismiss(made);
  return measured;
}

async function signOff(): Promise<void> {
  phone?.close();
  phone = null;
  await Promise.resolve();
}

globalThis.bench = { signIn, call, signOff };
