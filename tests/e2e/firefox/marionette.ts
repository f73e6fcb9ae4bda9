/** Speaks Marionette, Firefox's own remote protocol: `LENGTH:JSON` over TCP, one command at a time. */

import { connect, type Socket } from 'node:net';

type Reply = readonly [1, number, { readonly error: string; readonly message: string } | null, unknown];

export class Marionette {
  readonly #socket: Socket;
  #unread = Buffer.alloc(0);
  #nextId = 1;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #greeted: Promise<void>;
  #greet: () => void = () => undefined;
  #gone: string | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#greeted = new Promise((resolve) => {
      this.#greet = resolve;
    });
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => this.#abandon('Firefox closed the connection'));
    socket.on('error', (error) => this.#abandon(error.message));
  }

  /** Rejects where nobody listens on `port`. */
  static async open(port: number): Promise<Marionette> {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const opening = connect(port, '127.0.0.1', () => resolve(opening));
      opening.once('error', reject);
    });
    const marionette = new Marionette(socket);
    await marionette.#greeted;
    if (marionette.#gone !== null) throw new Error(marionette.#gone);
    return marionette;
  }

  /** The result of a command, for instance `WebDriver:Navigate`; rejects with what Firefox says is wrong. */
  send(command: string, params: object = {}): Promise<unknown> {
    const id = this.#nextId++;
    const message = JSON.stringify([0, id, command, params]);
    return new Promise((resolve, reject) => {
      if (this.#gone !== null) return reject(new Error(`${command}: ${this.#gone}`));
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const colon = this.#unread.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#unread.subarray(0, colon).toString());
      if (this.#unread.length < end) return;
      const message: unknown = JSON.parse(this.#unread.subarray(colon + 1, end).toString());
      this.#unread = this.#unread.subarray(end);
      if (isReply(message)) this.#settle(message);
      else this.#greet();
    }
  }

  #settle([, id, error, result]: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  }

  #abandon(why: string): void {
    this.#gone ??= why;
    this.#greet();
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

function isReply(message: unknown): message is Reply {
  return Array.isArray(message) && message.length === 4 && message[0] === 1;
}
