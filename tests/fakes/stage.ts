/** A whole phone on a stage of fakes: the beginning of every play. */

import { vi } from 'vitest';
import { Phone } from '../../lib/phone/index';
import type { ClientOptions } from '../../lib/phone/options';
import type { FinishedCall } from '../../lib/phone/model/finished-call';
import type { CallId, LineId } from '../../lib/phone/model/ids';
import type { CallView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { LineSettings, PhoneSettings, Resume } from '../../lib/phone/settings';
import { FakePlatform } from './platform';
import { FakeServer } from './server';

export const LINE = 'line-1' as LineId;

export function lineSettings(options: Partial<ClientOptions> = {}, more: Partial<LineSettings> = {}): LineSettings {
  return {
    id: LINE,
    name: 'Sales',
    kind: 'telnyx',
    options: { login: 'agent042', password: 'example-only', iceServers: [], ...options },
    callerIds: ['+15550199'],
    callerName: 'Support',
    ...more,
  };
}

/** A line to a FreeSWITCH of one's own. */
export const VERTO: Pick<LineSettings, 'kind' | 'verto'> = {
  kind: 'verto',
  verto: { url: 'wss://pbx.example:8082', domain: 'pbx.example' },
};

export function settings(lines: readonly LineSettings[], more: Partial<PhoneSettings> = {}): PhoneSettings {
  return {
    lines,
    devices: { microphone: null, speaker: null, ringer: null },
    ring: { volume: 0.8, waiting: true },
    doNotDisturbUntil: 0,
    autoAnswerMs: null,
    ...more,
  };
}

export interface Stage {
  readonly platform: FakePlatform;
  readonly server: FakeServer;
  readonly phone: Phone;
  readonly ended: FinishedCall[];
  readonly resumes: (readonly Resume[])[];
  readonly snapshots: PhoneSnapshot[];
  /** Lets everything happen that needs no time, or so many milliseconds. */
  pass(ms?: number): Promise<void>;
  call(): CallView;
  phases(): string[];
  /** Dials and goes on until both talk. */
  talk(to?: string): Promise<{ id: CallId; leg: string }>;
}

export interface StageOptions {
  readonly options?: Partial<ClientOptions>;
  readonly line?: Partial<LineSettings>;
  readonly settings?: Partial<PhoneSettings>;
  readonly resume?: readonly Resume[];
  readonly platform?: FakePlatform;
  readonly prepare?: (platform: FakePlatform, server: FakeServer) => void;
}

/** Fake timers run from here on; the test file's `afterEach` gives the real ones back. */
export function stage(how: StageOptions = {}): Stage {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  const platform = how.platform ?? new FakePlatform();
  const server = new FakeServer(platform, how.line?.kind === 'verto' ? 'verto' : 'telnyx');
  how.prepare?.(platform, server);
  const phone = new Phone({ ports: platform.ports });
  const ended: FinishedCall[] = [];
  const resumes: (readonly Resume[])[] = [];
  const snapshots: PhoneSnapshot[] = [];
  phone.events.on('ended', (call) => ended.push(call));
  phone.events.on('resume', (resume) => resumes.push(resume));
  phone.events.on('change', (snapshot) => snapshots.push(snapshot));
  // Who has an earlier life keeps its calls, unless told otherwise: the extension's own default.
  const options = how.resume ? { hangupOnBeforeUnload: false, ...how.options } : how.options;
  phone.start(settings([lineSettings(options, how.line)], how.settings), how.resume);
  const pass = async (ms = 0): Promise<void> => {
    await vi.advanceTimersByTimeAsync(ms);
  };
  const call = (): CallView => {
    const found = phone.snapshot().calls.at(-1);
    if (!found) throw new Error('there is no call');
    return found;
  };
  const phases = (): string[] => {
    const seen: string[] = [];
    for (const { calls } of snapshots) {
      const phase = calls.at(-1)?.state.phase;
      if (phase !== undefined && seen.at(-1) !== phase) seen.push(phase);
    }
    return seen;
  };
  const talk = async (to = '+15550100'): Promise<{ id: CallId; leg: string }> => {
    await pass();
    const id = phone.dial({ to });
    await pass();
    const leg = server.leg();
    server.rings(leg);
    await pass();
    server.picksUp(leg);
    platform.peer.flows();
    await pass();
    return { id, leg };
  };
  return { platform, server, phone, ended, resumes, snapshots, pass, call, phases, talk };
}
