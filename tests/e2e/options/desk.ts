/** Our client in a page of Chromium, signed in to a gateway of this process, and what each of them saw. */

import type { Page } from 'playwright';
import { startGateway, type Gateway } from '../../../gateway/gateway';
import { openStage, type Stage, type StageOptions } from '../../conformance/browser';
import { eventually } from '../../gateway/eventually';

type Members = Record<string, unknown>;

export class Desk {
  readonly gateway: Gateway;
  readonly stage: Stage;
  #page: Page | null = null;

  private constructor(gateway: Gateway, stage: Stage) {
    this.gateway = gateway;
    this.stage = stage;
  }

  static async open(options: StageOptions = {}): Promise<Desk> {
    const gateway = await startGateway({ timing: { ringMs: 50, slowRingMs: 1500 }, pingMs: 0 });
    return new Desk(gateway, await openStage(options));
  }

  /** After each test: the page goes, and the gateway forgets everything. */
  async clear(): Promise<void> {
    await this.#page?.context().close();
    this.#page = null;
    this.gateway.faults.clear();
    this.gateway.faults.restart();
    this.gateway.forgetFrames();
  }

  async close(): Promise<void> {
    await this.stage.close();
    await this.gateway.close();
  }

  get page(): Page {
    if (!this.#page) throw new Error('nobody is at the desk');
    return this.#page;
  }
  get password(): string {
    return this.gateway.accounts.find(({ user }) => user === 'alice')?.password ?? '';
  }

  /** A fresh page; nothing is connected. */
  async sit(): Promise<void> {
    this.#page = await this.stage.page('ours');
  }

  /** Calls a function of in-page.js. */
  play = <T = void>(name: string, ...given: readonly unknown[]): Promise<T> =>
    this.page.evaluate<T>(`plays[${JSON.stringify(name)}](...${JSON.stringify(given)})`);

  /** A fresh page whose client is alice, ready to call. */
  async signIn(options: object = {}): Promise<void> {
    if (!this.#page) await this.sit();
    const named = 'login_token' in options || 'anonymous_login' in options;
    const credentials = named ? {} : { login: 'alice', password: this.password };
    await this.play('signIn', { host: this.gateway.url, ...credentials, ...options });
  }

  async talk(number = '2', options: object = {}): Promise<string> {
    const id = await this.play<string>('dial', number, options);
    await this.play('reaches', id, 'active');
    return id;
  }

  async ringing(): Promise<string> {
    this.gateway.call('alice', '2');
    return (await this.play<{ readonly id: string }>('rings')).id;
  }

  /** Frames of the client with this method or type, oldest first. */
  said(method: string): readonly Members[] {
    return this.#frames('in').filter((frame) => [frame['method'], frame['type']].includes(method));
  }

  /** The params of the newest of them. */
  params(method: string): Members {
    const params = this.said(method).at(-1)?.['params'];
    return typeof params === 'object' && params !== null ? { ...params } : {};
  }

  dialog(method: string): Members {
    const dialog = this.params(method)['dialogParams'];
    return typeof dialog === 'object' && dialog !== null ? { ...dialog } : {};
  }

  sdp(method = 'telnyx_rtc.invite'): string {
    return String(this.params(method)['sdp']);
  }

  /** Path and query of each socket that came. */
  doors(): readonly string[] {
    return this.gateway
      .frames()
      .filter(({ direction }) => direction === 'open')
      .map(({ frame }) => String(frame));
  }

  async says(method: string, times = 1): Promise<void> {
    await eventually(`${method} is said`, () => this.said(method).length >= times);
  }

  /** The server said it, and the client acknowledged it. */
  async hearsOf(method: string): Promise<void> {
    await eventually(`${method} is acknowledged`, () => {
      const told = this.#frames('out').find((frame) => frame['method'] === method);
      return told && this.#frames('in').some((frame) => 'result' in frame && frame['id'] === told['id']);
    });
  }

  /** What the client warned of, but for what it measured of the path: a loaded machine is as bad as a bad line (31001 to 31004). */
  async warningsBesideQuality(): Promise<readonly number[]> {
    return (await this.play<readonly number[]>('warnings')).filter((code) => code < 31_001 || code > 31_004);
  }

  #frames(of: 'in' | 'out'): readonly Members[] {
    return this.gateway
      .frames()
      .filter(({ direction }) => direction === of)
      .map(({ frame }) => (typeof frame === 'object' && frame !== null ? { ...frame } : {}));
  }
}
