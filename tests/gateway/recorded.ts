/** A recorded session of FreeSWITCH played to our gateway: it hears the recorded client, and must say what FreeSWITCH said. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { CauseName } from '../../gateway/causes';
import type { Fields } from '../../gateway/fields';
import { fields, isFields, parse, text } from '../../gateway/fields';
import type { Client } from './client';
import { eventually } from './eventually';
import type { Stage } from './stage';

interface Line {
  readonly dir: 'c->s' | 's->c' | 'open' | 'close' | 'note';
  readonly conn: string | null;
  readonly text: string | null;
  readonly msg: Fields | null;
  readonly code: number | null;
}

export interface Scenes {
  /** Scenes by the beginning of their notes; what comes before the first note is played always. */
  readonly scenes?: readonly string[];
  /** Recorded frames of FreeSWITCH's, by connection and id, that the gateway has its own words for. */
  readonly unlike?: readonly string[];
  /** Frames that an application of FreeSWITCH's dialplan sent, which the gateway has not. */
  readonly absent?: readonly string[];
  /** Frames before which the far end refuses or hangs up, with that cause: the leg of that frame, or of the one named. */
  readonly farEnd?: Readonly<Record<string, { readonly cause: CauseName; readonly leg?: string }>>;
}

/** The live server's users and numbers, and who plays them here. */
const USERS: Readonly<Record<string, string>> = { '1000': 'alice', '1001': 'bob', '1002': 'carol' };
const NUMBERS: Readonly<Record<string, string>> = {
  '9193': '19',
  '9196': '9196',
  '9197': '9197',
  '9194': '5',
  '486': '3',
  '403': '12',
  '404': '13',
  '503': '4',
  '1001': '202',
  '1002': '203',
  '11001': '7202',
};
const RECORDED_PASSWORD = 'verto1234';
/** Members whose value is of FreeSWITCH's own making, or names what is called otherwise here. */
const OWN_VALUES = /^(sdp|variables|sessid|callID|.*_(name|number)|reattached_sessions|serno)$/;

export class Recorded {
  readonly #name: string;
  readonly #lines: readonly Line[];
  readonly #scenes: Scenes;
  readonly #stage: Stage;
  readonly #clients = new Map<string, Client>();
  /** How many frames of a connection were compared already. */
  readonly #heard = new Map<string, number>();
  /** Recorded ids of calls and of the server's requests, and the gateway's. */
  readonly #ids = new Map<unknown, unknown>();
  #gone = 0;

  constructor(name: string, stage: Stage, scenes: Scenes) {
    this.#name = name;
    this.#stage = stage;
    this.#scenes = scenes;
    const absent = new Set(scenes.absent);
    this.#lines = within(read(name), scenes.scenes).filter((line) => !absent.has(named(line)));
  }

  /** Resolves with the number of frames that were compared. */
  async play(): Promise<number> {
    let compared = 0;
    for (const line of this.#lines) {
      const { dir, conn, msg } = line;
      if (conn === null) continue;
      if (dir === 'close') await this.#closed(conn, line.code);
      else if (dir === 'c->s' && (msg || line.text !== null))
        (await this.#client(conn)).sendText(msg ? JSON.stringify(this.#ours(msg)) : (line.text ?? ''));
      else if (dir === 's->c' && msg) {
        await this.#hear(conn, msg);
        compared += 1;
      }
    }
    return compared;
  }

  async #client(conn: string): Promise<Client> {
    let client = this.#clients.get(conn);
    if (!client) {
      client = await this.#stage.connectVerto();
      client.acks = false;
      this.#clients.set(conn, client);
      this.#heard.set(conn, 0);
    }
    return client;
  }

  async #hear(conn: string, recorded: Fields): Promise<void> {
    const client = this.#clients.get(conn);
    const at = this.#heard.get(conn) ?? 0;
    const frameName = named({ conn, msg: recorded });
    this.#farEnd(frameName);
    const what = text(recorded, 'method') ?? `the reply to ${JSON.stringify(recorded['id'])}`;
    const frame = await eventually(`${this.#name}: ${conn} hears ${what}`, () => parse(client?.raw[at] ?? '') ?? null);
    this.#heard.set(conn, at + 1);
    if (text(recorded, 'method')) {
      this.#ids.set(recorded['id'], frame['id']);
      const [theirs, ours] = [fields(recorded, 'params'), fields(frame, 'params')];
      if (!this.#ids.has(theirs['callID'])) this.#ids.set(theirs['callID'], ours['callID']);
      expect(ours['callID'], `${this.#name}: ${what} is of the same call`).toBe(this.#ids.get(theirs['callID']));
    }
    if (this.#scenes.unlike?.includes(frameName)) return;
    expect(shape(frame), `${this.#name}: ${conn} hears ${what}`).toEqual(shape(recorded));
  }

  #farEnd(frameName: string): void {
    const how = this.#scenes.farEnd?.[frameName];
    if (!how) return;
    const frame = this.#lines.find((line) => named(line) === (how.leg ?? frameName))?.msg;
    const callId = this.#ids.get(fields(frame ?? {}, 'params')['callID']);
    if (typeof callId !== 'string') throw new Error(`${this.#name}: no call of ${how.leg ?? frameName} yet`);
    this.#stage.gateway.faults.hangUp({ callId, cause: how.cause });
  }

  async #closed(conn: string, code: number | null): Promise<void> {
    const client = this.#clients.get(conn);
    if (!client) return;
    this.#clients.delete(conn);
    if (code === 1006) client.cut();
    else client.close();
    this.#gone += 1;
    const closes = (): number => this.#stage.gateway.frames().filter(({ direction }) => direction === 'close').length;
    await eventually('the gateway saw it go', () => closes() >= this.#gone);
  }

  /** The recorded client's frame with our names, numbers, passwords and ids in it. */
  #ours(frame: Fields): Fields {
    if (!text(frame, 'method')) return { ...frame, id: this.#ids.get(frame['id']) };
    const params = fields(frame, 'params');
    const dialog = fields(params, 'dialogParams');
    for (const { callID } of [dialog]) if (!this.#ids.has(callID)) this.#ids.set(callID, callID);
    const said: Record<string, unknown> = { ...params };
    if (text(params, 'login')) said['login'] = this.#login(text(params, 'login') ?? '');
    if (params['passwd'] === RECORDED_PASSWORD) said['passwd'] = this.#password(said['login']);
    if (text(params, 'destination')) said['destination'] = number(params['destination']);
    if (params['replaceCallID']) said['replaceCallID'] = this.#ids.get(params['replaceCallID']);
    if ('dialogParams' in params)
      said['dialogParams'] = {
        ...dialog,
        callID: this.#ids.get(dialog['callID']),
        destination_number: number(dialog['destination_number']),
      };
    return 'params' in frame ? { ...frame, params: said } : frame;
  }

  #login(recorded: string): string {
    const [user = '', ...domain] = recorded.split('@');
    return [USERS[user] ?? user, ...domain].join('@');
  }

  #password(login: unknown): string {
    const user = String(login).split('@')[0];
    return this.#stage.gateway.accounts.find((known) => known.user === user)?.password ?? '';
  }
}

/** How many frames FreeSWITCH sent in that recording. */
export function framesOfFreeSwitch(name: string): number {
  return recordsOf(name).filter(({ dir }) => dir === 's->c').length;
}

/** Of which connection it is, and its id there. */
function named({ conn, msg }: Pick<Line, 'conn' | 'msg'>): string {
  return `${conn ?? ''} ${String(msg?.['id'])}`;
}

/** What of a frame must be alike: the kind, which members there are, and the values that are no names. */
function shape(frame: Fields): Fields {
  const method = text(frame, 'method');
  const error = frame['error'];
  if (isFields(error)) return { code: error['code'], message: error['message'] ?? null };
  const body = fields(frame, method ? 'params' : 'result');
  const members = Object.entries(body)
    // FreeSWITCH tells what it knows of the channel; none of it is read.
    .filter(([key]) => key !== 'variables')
    .map(([key, value]) => [key, OWN_VALUES.test(key) ? kind(value) : value] as const);
  return { ...(method ? { method } : {}), ...Object.fromEntries(members) };
}

function kind(value: unknown): string {
  return Array.isArray(value) ? `list of ${value.length}` : typeof value;
}

function number(recorded: unknown): unknown {
  return typeof recorded === 'string' ? (NUMBERS[recorded] ?? recorded) : recorded;
}

function read(name: string): readonly Line[] {
  return recordsOf(name).flatMap((record) => {
    const { dir, msg, code } = record;
    if (dir !== 'c->s' && dir !== 's->c' && dir !== 'open' && dir !== 'close' && dir !== 'note') return [];
    // Batches: no client says these, and the gateway does not know them.
    if (Array.isArray(msg)) return [];
    return [
      {
        dir,
        conn: text(record, 'conn'),
        text: typeof record['text'] === 'string' ? record['text'] : null,
        msg: isFields(msg) ? msg : null,
        code: typeof code === 'number' ? code : null,
      },
    ];
  });
}

function recordsOf(name: string): readonly Fields[] {
  const file = new URL(`../transcripts/freeswitch-${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((row) => {
      const record = parse(row);
      return record ? [record] : [];
    });
}

function within(lines: readonly Line[], scenes: readonly string[] | undefined): readonly Line[] {
  let on = true;
  return lines.filter((line) => {
    if (line.dir === 'note' && scenes && line.text) on = scenes.some((scene) => line.text?.startsWith(scene));
    return on;
  });
}
