/** A client written for these tests: JSON-RPC over a real socket, and a WebRTC peer that speaks and listens. */

import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Fields } from '../../gateway/fields';
import { fields, isFields, number, parse, text } from '../../gateway/fields';
import type { Gateway } from '../../gateway/gateway';
import { Ear } from '../../gateway/media/ear';
import type { CodecName } from '../../gateway/media/packet';
import { Pacer } from '../../gateway/media/pacer';
import { AudioPeer } from '../../gateway/media/peer';
import { tone } from '../../gateway/media/sounds';
import { Voice } from '../../gateway/media/voice';
import { eventually } from './eventually';

export class RpcFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Waiting {
  resolve(result: Fields): void;
  reject(error: Error): void;
}

export class Client {
  /** Every request of the server, oldest first. */
  readonly received: Fields[] = [];
  readonly raw: string[] = [];
  /** Acknowledges what a real client acknowledges. */
  acks = true;
  closed: number | null = null;
  sessid = '';
  readonly #ws: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  readonly #prefix: string;

  private constructor(ws: WebSocket, prefix: string) {
    this.#ws = ws;
    this.#prefix = prefix;
    ws.on('message', (data) => {
      if (Buffer.isBuffer(data)) this.#receive(data.toString());
    });
    ws.on('close', (code) => {
      this.closed = code;
      for (const { reject } of this.#waiting.values()) reject(new Error('socket closed'));
    });
    ws.on('error', () => undefined);
  }

  static async connect(gateway: Gateway, path = '/', prefix = 'telnyx_rtc.'): Promise<Client> {
    const ws = new WebSocket(`${gateway.url}${path}`);
    const client = new Client(ws, prefix);
    await new Promise<void>((resolve, reject) => {
      ws.once('open', () => resolve());
      ws.once('error', reject);
      ws.once('close', () => reject(new Error('closed before it was open')));
    });
    return client;
  }

  /** Signed in and ready. */
  static async signIn(gateway: Gateway, user = 'alice', sessid?: string, dialect?: 'verto'): Promise<Client> {
    const client = dialect ? await Client.connect(gateway, '/verto', 'verto.') : await Client.connect(gateway);
    const account = gateway.accounts.find((known) => known.user === user);
    await client.login({ login: user, passwd: account?.password, ...(sessid ? { sessid } : {}) });
    return client;
  }

  async login(params: Fields): Promise<Fields> {
    const result = await this.send('login', params);
    this.sessid = text(result, 'sessid') ?? '';
    await this.next('clientReady');
    return result;
  }

  /** A request by its full method name. */
  send(method: string, params: Fields, more: Fields = {}): Promise<Fields> {
    const id = randomUUID();
    const reply = new Promise<Fields>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#ws.send(JSON.stringify({ jsonrpc: '2.0', id, method, params, ...more }));
    return reply;
  }

  /** A request by the method's name after the prefix. */
  ask(verb: string, params: Fields): Promise<Fields> {
    return this.send(`${this.#prefix}${verb}`, { sessid: this.sessid, ...params });
  }

  sendText(frame: string): void {
    this.#ws.send(frame);
  }

  /** Parameters of the newest server request of that method; waits for one, after the first `skip`. */
  async next(verb: string, skip = 0): Promise<Fields> {
    const frame = await eventually(`${verb} arrives`, () => this.all(verb)[skip] ?? null);
    return fields(frame, 'params');
  }

  all(verb: string): readonly Fields[] {
    return this.received.filter((frame) => [verb, `${this.#prefix}${verb}`].includes(text(frame, 'method') ?? ''));
  }

  methods(): readonly string[] {
    return this.received.map((frame) => text(frame, 'method') ?? '');
  }

  /** Cut without a close frame. */
  cut(): void {
    this.#ws.terminate();
  }

  async gone(): Promise<number> {
    return eventually('the socket is closed', () => this.closed);
  }

  close(): void {
    this.#ws.close();
  }

  #receive(data: string): void {
    this.raw.push(data);
    const frame = parse(data);
    if (!frame) return;
    const id = frame['id'];
    if (text(frame, 'method')) {
      this.received.push(frame);
      const method = text(frame, 'method');
      if (this.acks && number(frame, 'id') !== null)
        this.sendText(JSON.stringify({ jsonrpc: '2.0', id, result: { method } }));
      return;
    }
    const waiting = typeof id === 'string' ? this.#waiting.get(id) : undefined;
    const error = frame['error'];
    if (isFields(error)) waiting?.reject(new RpcFailure(number(error, 'code') ?? 0, text(error, 'message') ?? ''));
    else waiting?.resolve(fields(frame, 'result'));
  }
}

const pacer = new Pacer();
const phones: Phone[] = [];

/** Puts down every phone that is still up. */
export async function hangUpAll(): Promise<void> {
  await Promise.all(phones.splice(0).map((phone) => phone.hangUp()));
}

/** A telephone in the client's hand: one peer, an ear, and a voice of a chosen pitch. */
export class Phone {
  readonly ear = new Ear();
  readonly peer: AudioPeer;
  readonly #voice: Voice;

  constructor() {
    phones.push(this);
    this.peer = new AudioPeer({
      events: {
        packet: (packet) => this.ear.hear(packet, this.peer),
        connected: () => undefined,
        candidate: () => undefined,
      },
    });
    this.#voice = new Voice(pacer, (packet) => this.peer.send(packet));
  }

  speak(hertz: number, codec: CodecName = 'opus'): void {
    void this.#voice.play(tone(hertz), codec);
  }

  /** A candidate of the server, as its message brought it. */
  async take(params: unknown): Promise<void> {
    const candidate = isFields(params) ? text(params, 'candidate') : null;
    if (candidate) await this.peer.addCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
  }

  async hangUp(): Promise<void> {
    this.#voice.hush();
    await this.peer.close();
  }
}

export interface Call {
  readonly callId: string;
  readonly phone: Phone;
  readonly offer: string;
}

export const dialog = (callId: string, more: Fields = {}): Fields => ({
  dialogParams: { callID: callId, audio: true, ...more },
});

/** Sends the INVITE and nothing more. */
export async function invite(
  client: Client,
  number: string,
  more: Fields = {},
): Promise<Call & { readonly result: Fields }> {
  const callId = randomUUID();
  const phone = new Phone();
  const offer = await phone.peer.offer();
  const result = await client.ask('invite', { sdp: offer, ...dialog(callId, { destination_number: number, ...more }) });
  return { callId, phone, offer, result };
}

/** Dials and waits for the answer; the phone speaks at `hertz`. */
export async function dial(client: Client, number: string, hertz = 1000): Promise<Call> {
  const call = await invite(client, number);
  const mine = (frame: Fields): boolean => text(fields(frame, 'params'), 'callID') === call.callId;
  const answer = await eventually(`${number} answers`, () => client.all('answer').find(mine) ?? null);
  const media = client.all('media').find(mine);
  const sdp = text(fields(media ?? answer, 'params'), 'sdp');
  if (!sdp) throw new Error('answered without a description');
  await call.phone.peer.accept(sdp);
  call.phone.speak(hertz);
  return call;
}

/** Takes the `skip`-th incoming call. */
export async function pickUp(client: Client, hertz = 1000, skip = 0): Promise<Call & { readonly invite: Fields }> {
  const params = await client.next('invite', skip);
  const offer = text(params, 'sdp') ?? '';
  const callId = text(params, 'callID') ?? '';
  const phone = new Phone();
  const sdp = await phone.peer.answer(offer);
  await client.ask('answer', { sdp, ...dialog(callId) });
  phone.speak(hertz);
  return { callId, phone, offer, invite: params };
}
