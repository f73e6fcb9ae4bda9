/** A recorded session played again: the server's frames come as recorded, and the phone must say what the recorded client said. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { CallView } from '../../lib/phone/model/snapshot';
import type { Stage } from './stage';

type Params = Readonly<Record<string, unknown>>;
interface Frame {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: Params;
}
interface Line {
  readonly dir: 'c->s' | 's->c' | 'open' | 'close' | 'note';
  readonly conn?: string;
  readonly text?: string;
  readonly code?: number;
  readonly msg?: Frame;
}

export interface Cut {
  /** Whose session of the recording. */
  readonly connection: string;
  /** Scenes by the beginning of their notes; everything before the first note is played always. */
  readonly scenes?: readonly string[];
}

export class Tape {
  readonly #lines: readonly Line[];
  readonly #name: string;
  /** Recorded call ids, and ours. */
  readonly #calls = new Map<string, string>();
  #stage: Stage | null = null;
  #sent: Frame[] = [];

  constructor(name: string, cut: Cut) {
    this.#name = name;
    const text = readFileSync(new URL(`../transcripts/freeswitch-${name}.jsonl`, import.meta.url), 'utf8');
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    this.#lines = playable(lines, cut);
  }

  /** To be given to `stage` as `prepare`: the tape is the server. */
  readonly prepare = (platform: Stage['platform']): void => {
    platform.onSocket = (socket) => {
      socket.onSent = (frame) => {
        if (typeof frame['method'] === 'string') this.#sent.push(frame);
      };
    };
  };

  /** Plays to the end; each of the client's recorded requests is a cue for the person at the phone. */
  async play(stage: Stage): Promise<void> {
    this.#stage = stage;
    for (const { dir, msg, code } of this.#lines) {
      if (dir === 'close') await this.#lose(code ?? null);
      else if (dir === 's->c' && msg?.method) await this.#say(msg);
      else if (dir === 'c->s' && msg?.method) await this.#cue(msg);
    }
    expect(this.#sent.map(({ method }) => method)).toEqual([]);
  }

  get #on(): Stage {
    if (!this.#stage) throw new Error('nothing plays');
    return this.#stage;
  }

  async #lose(code: number | null): Promise<void> {
    const { platform, pass } = this.#on;
    platform.socket.drop(code);
    await pass(300);
  }

  async #say(frame: Frame): Promise<void> {
    const { platform, pass } = this.#on;
    const recorded = frame.params?.['callID'];
    // An id of the server's own making stays what it is.
    if (typeof recorded === 'string' && !this.#calls.has(recorded)) this.#calls.set(recorded, recorded);
    platform.socket.say(this.#translated(frame));
    await pass();
    if (frame.method === 'verto.answer' || frame.method === 'verto.media') await this.#sounds();
  }

  /** The person does what makes a phone say this; the phone says it; the server replies as recorded. */
  async #cue(recorded: Frame): Promise<void> {
    const { platform, pass } = this.#on;
    const { params = {} } = recorded;
    const settled = this.#act(recorded).catch((thrown: unknown) => expect(thrown).toHaveProperty('reason'));
    await pass();
    const reply = this.#lines.find(({ dir, msg }) => dir === 's->c' && msg?.id === recorded.id && !msg?.method)?.msg;
    if (!reply) throw new Error(`${this.#name}: ${recorded.method} was never answered`);
    // We send one key at a time.
    const keys = typeof params['dtmf'] === 'string' ? [...params['dtmf']] : [null];
    for (const dtmf of keys) {
      const said = this.#sent.shift();
      this.#compare(dtmf === null ? recorded : { ...recorded, params: { ...params, dtmf } }, said);
      platform.socket.say({ ...this.#translated(reply), id: said?.id });
      await pass(dtmf === null ? 0 : 150);
    }
    await settled;
    if (recorded.method === 'verto.answer' || recorded.method === 'verto.attach') await this.#sounds();
  }

  async #act({ method, params = {} }: Frame): Promise<unknown> {
    const { phone } = this.#on;
    const dialog = (params['dialogParams'] ?? {}) as Params;
    switch (method) {
      case 'login':
      case 'verto.attach':
        return; // By itself.
      case 'verto.invite':
        return phone.dial({ to: String(dialog['destination_number']) });
      case 'verto.answer':
        return phone.answer(this.#call(dialog).id);
      case 'verto.bye':
        return phone.hangUp(this.#call(dialog).id);
      case 'verto.info':
        return phone.sendDigits(this.#call(dialog).id, String(params['dtmf']));
      case 'verto.modify':
        if (params['action'] === 'transfer')
          return phone.transfer(this.#call(dialog).id, String(params['destination']));
        if (params['action'] === 'replace')
          return phone.connect(this.#call(dialog).id, this.#call({ callID: params['replaceCallID'] }).id);
        return phone.hold(this.#call(dialog).id, params['action'] === 'hold');
      default:
        throw new Error(`${this.#name}: nobody does ${method}`);
    }
  }

  #compare({ method, params = {} }: Frame, said: Frame | undefined): void {
    expect(said?.method, `${this.#name}: the phone says`).toBe(method);
    const ours = said?.params ?? {};
    const dialog = (params['dialogParams'] ?? {}) as Params;
    const ourDialog = (ours['dialogParams'] ?? {}) as Params;
    if (method === 'verto.invite') this.#calls.set(String(dialog['callID']), String(ourDialog['callID']));
    for (const key of ['action', 'destination', 'dtmf']) expect(ours[key], `${method} ${key}`).toEqual(params[key]);
    for (const key of ['callID', 'replaceCallID'])
      expect({ ...ours, ...ourDialog }[key]).toBe(this.#ours({ ...params, ...dialog }[key]));
    if (method === 'verto.invite') expect(ourDialog['destination_number']).toBe(dialog['destination_number']);
    if (params['sdp']) expect(ours['sdp']).toMatch(/^a=candidate:/m);
    else expect(ours).not.toHaveProperty('sdp');
    if (method === 'login') expect(ours).toMatchObject({ login: expect.stringMatching(/^1000@/) as string });
    // The first frame binds the session; every later one names it.
    const first = method === 'login' && this.#on.platform.sockets.length === 1;
    if (!first) expect(ours['sessid']).toBe(this.#sessid);
  }

  get #sessid(): unknown {
    return this.#lines.find(({ dir, msg }) => dir === 's->c' && msg?.result?.['sessid'])?.msg?.result?.['sessid'];
  }

  #call(dialog: Params): CallView {
    const leg = this.#ours(dialog['callID']);
    const call = this.#on.phone.snapshot().calls.find(({ legs }) => legs.id === leg);
    if (!call) throw new Error(`${this.#name}: the phone has no call ${String(leg)}`);
    return call;
  }

  #ours(recorded: unknown): unknown {
    return typeof recorded === 'string' ? (this.#calls.get(recorded) ?? recorded) : recorded;
  }

  #translated(frame: Frame): Frame {
    let text = JSON.stringify(frame);
    for (const [recorded, ours] of this.#calls) text = text.replaceAll(recorded, ours);
    return JSON.parse(text) as Frame;
  }

  async #sounds(): Promise<void> {
    const { platform, pass } = this.#on;
    platform.peer.flows();
    await pass();
  }
}

function playable(lines: readonly Line[], { connection, scenes }: Cut): readonly Line[] {
  let on = true;
  let closed = false;
  const last = lines.findLastIndex(({ dir, conn, msg }) => conn === connection && dir === 'c->s' && msg?.method);
  return lines.filter((line, index) => {
    const { dir, conn, text, msg } = line;
    if (dir === 'note' && scenes) on = scenes.some((scene) => text?.startsWith(scene));
    if (conn !== connection || !on) return false;
    if (dir === 'c->s') closed = false;
    if (dir !== 'close') return dir === 's->c' || (dir === 'c->s' && msg?.method !== undefined);
    // Told by both ends; and the page was closed after the last scene.
    const first = !closed && index < last;
    closed = true;
    return first;
  });
}
