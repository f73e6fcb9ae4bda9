/** Chromium's debugging protocol, as much of it as Playwright does not reach: documents that are no pages. */

import WebSocket from 'ws';

export type Params = Readonly<Record<string, unknown>>;
type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

interface Frame {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
}

export interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

export class Cdp {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(method: string, params: unknown) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#receive(data.toString('utf8'));
    });
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser closed its debugging socket'));
      this.#waiting.clear();
    });
  }

  /** `url` is the browser's own endpoint, as in the file `DevToolsActivePort` of its profile. */
  static async connect(url: string): Promise<Cdp> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Cdp(socket);
  }

  /** Rejects with the browser's own words where it refuses, or when it goes away. */
  send(method: string, params: Params = {}, session?: string): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, ...(session !== undefined && { sessionId: session }) }));
    });
  }

  async targets(): Promise<readonly Target[]> {
    const { targetInfos } = (await this.send('Target.getTargets')) as { targetInfos: Target[] };
    return targetInfos;
  }

  /** The session's id, for the last parameter of {@link send}. */
  async attach(target: string): Promise<string> {
    const { sessionId } = (await this.send('Target.attachToTarget', { targetId: target, flatten: true })) as {
      sessionId: string;
    };
    return sessionId;
  }

  /** Told of every event of every session, until the returned function is called. */
  onEvent(listener: (method: string, params: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    const { id, result, error, method, params } = JSON.parse(text) as Frame;
    if (method !== undefined) for (const listener of this.#listeners) listener(method, params);
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}
