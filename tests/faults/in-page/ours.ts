/** Our library in a page: the phone over the browser's ports, as the engine document composes them. */

import { Phone, type CallId, type LineId, type Log, type PhoneSettings } from '../../../lib/phone';
import { webPorts } from '../../../lib/phone/web';
import type { Player, SignIn } from './client';
import { install, left, mark, measured, pause, quietMs, stopMeasuring } from './instruments';

install();
const LINE = 'line' as LineId;
const quiet = (): void => undefined;
const log: Log = { error: console.error, warn: quiet, info: quiet, debug: quiet };
const ports = webPorts({ log });
let phone: Phone | null = null;
let how: SignIn | null = null;
let markedAt = 0;
let awayAt: number | null = null;
let backAt: number | null = null;

function current(): Phone {
  if (phone === null) throw new Error('not signed in');
  return phone;
}

function settingsFor({ dialect, url, user, password, token, keepAlive, iceServers, relayOnly }: SignIn): PhoneSettings {
  const { hostname, port } = new URL(url);
  const server = dialect === 'telnyx' ? { rtcIp: hostname, rtcPort: Number(port) } : {};
  return {
    lines: [
      {
        ...{ id: LINE, name: 'Faults', kind: dialect, callerIds: [], callerName: '' },
        ...(dialect === 'verto' ? { verto: { url: `${url}/verto`, domain: hostname } } : {}),
        options: {
          ...(token === undefined ? { login: user, password: password ?? '' } : { login_token: token }),
          ...{ ...server, iceServers, trickleIce: true },
          ...{ forceRelayCandidate: relayOnly, keepConnectionAliveOnSocketClose: keepAlive, maxReconnectAttempts: 0 },
        },
      },
    ],
    devices: { microphone: null, speaker: null, ringer: null },
    ring: { volume: 0, waiting: false },
    doNotDisturbUntil: 0,
    autoAnswerMs: null,
  };
}

function watchLine(): void {
  const ready = phone?.snapshot().lines[0]?.session.phase === 'ready';
  if (!ready) [awayAt, backAt] = [awayAt ?? performance.now(), null];
  else if (awayAt !== null) backAt ??= performance.now();
}

const player: Player = {
  signIn(given) {
    how = given;
    phone = new Phone({ ports });
    phone.events.on('change', watchLine);
    phone.start(settingsFor(given));
  },
  look() {
    const { lines, calls } = current().snapshot();
    const session = lines[0]?.session;
    return {
      line: session?.phase ?? 'none',
      because: session && 'because' in session ? session.because.reason : null,
      quietMs: quietMs(),
      signallingMs: awayAt === null ? 0 : backAt === null ? null : Math.round(backAt - markedAt),
      calls: calls.map(({ id, direction, state, sound, signalling, legs }) => ({
        ...{ id, direction, sound, signalling, leg: legs.id, renewed: legs.recoveredFrom !== null },
        phase: state.phase,
        held: 'held' in state && state.held,
        cause: state.phase === 'ended' ? `${state.cause.kind} ${state.cause.error?.reason ?? ''}`.trim() : null,
      })),
    };
  },
  dial(to) {
    current().dial({ to });
  },
  answer: (id) => current().answer(id as CallId),
  hold: (id, held) => current().hold(id as CallId, held),
  hangUp: (id) => current().hangUp(id as CallId),
  takeOver: () => current().takeOver(LINE),
  renew(token) {
    if (how) current().configure(settingsFor({ ...how, token }));
  },
  async mark() {
    await mark();
    markedAt = performance.now();
    awayAt = backAt = null;
  },
  measured,
  left() {
    for (const { id, state } of current().snapshot().calls) if (state.phase === 'ended') current().dismiss(id);
    stopMeasuring();
    return left();
  },
  async signOff() {
    phone?.close();
    phone = null;
    stopMeasuring();
    // Closing a socket and a peer takes the browser a moment.
    for (let look = 0; look < 100 && left().sockets + left().peers > 0; look += 1) await pause(20);
    return left();
  },
};
globalThis.play = player;
