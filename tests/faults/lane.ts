/** One gateway, one page and (where asked for) one TURN server: everything a cell may break without disturbing another. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startGateway, type Gateway } from '../../gateway/gateway';
import { until } from '../../scripts/stage/until';
import { CONDITIONS } from './catalogue';
import type { Browser, LaneWindow } from './browser';
import type { Seen, Sight, SignIn } from './in-page/client';
import type { Left, Measured } from './in-page/instruments';
import { TurnServer } from './turn';

export const USER = 'alice';
export type DialectName = SignIn['dialect'];
const BOUND_MS = 20_000;

export class Lane<W extends LaneWindow = LaneWindow> {
  readonly gateway: Gateway;
  readonly window: W;
  readonly dialect: DialectName;
  readonly #loop = monitorEventLoopDelay({ resolution: 10 });
  #turn: TurnServer | null = null;

  private constructor(gateway: Gateway, window: W, dialect: DialectName) {
    this.gateway = gateway;
    this.window = window;
    this.dialect = dialect;
    this.#loop.enable();
  }

  /** For how long the gateway stood still at most since the mark, since this process had other things to do. */
  get stalledMs(): number {
    return this.#loop.max / 1e6;
  }

  static async open<W extends LaneWindow>(browser: Browser<W>, dialect: DialectName = 'telnyx'): Promise<Lane<W>> {
    const { slowRingMs } = CONDITIONS;
    // "Unanswered calls are not kept" by a FreeSWITCH.
    const keepUnanswered = CONDITIONS.keepUnanswered && dialect === 'telnyx';
    const gateway = await startGateway({ keepUnanswered, timing: { slowRingMs, ringMs: 100 } });
    return new Lane(gateway, await browser.open('ours'), dialect);
  }

  async turn(): Promise<TurnServer> {
    this.#turn ??= await TurnServer.start();
    return this.#turn;
  }

  /** Signs in and waits until calls can be made. */
  async signIn(how: { readonly keepAlive: boolean; readonly relay?: boolean; readonly token?: string }): Promise<void> {
    const account = this.gateway.accounts.find(({ user }) => user === USER);
    const given: SignIn = {
      dialect: this.dialect,
      url: this.gateway.url,
      user: USER,
      ...(how.token === undefined ? { password: account?.password ?? '' } : { token: how.token }),
      keepAlive: how.keepAlive,
      iceServers: how.relay === true ? (await this.turn()).iceServers : [],
      relayOnly: how.relay === true,
    };
    await this.window.page.evaluate((how) => play.signIn(how), given);
    await this.sees('the line is ready', ({ line }) => line === 'ready');
  }

  look(): Promise<Sight> {
    return this.window.page.evaluate(() => play.look());
  }

  /** Throws after 20 s, with what was seen last. */
  async sees(what: string, holds: (sight: Sight) => boolean, limitMs = BOUND_MS): Promise<Sight> {
    let last: Sight | null = null;
    try {
      return await until(
        what,
        async () => {
          last = await this.look();
          return holds(last) ? last : null;
        },
        limitMs,
      );
    } catch (cause) {
      throw new Error(`${what}: ${JSON.stringify(last)}`, { cause });
    }
  }

  /** Each living call in turn. */
  async each(act: (call: Seen) => Promise<void>): Promise<void> {
    for (const call of (await this.look()).calls) if (call.phase !== 'ended') await act(call);
  }

  async dial(to: string): Promise<void> {
    await this.window.page.evaluate((to) => play.dial(to), to);
  }
  async answer(id: string): Promise<void> {
    await this.window.page.evaluate((id) => play.answer(id), id);
  }
  async hold(id: string, held: boolean): Promise<void> {
    await this.window.page.evaluate(([id, held]) => play.hold(id, held), [id, held] as const);
  }
  async hangUp(id: string): Promise<void> {
    await this.window.page.evaluate((id) => play.hangUp(id), id);
  }
  async takeOver(): Promise<void> {
    await this.window.page.evaluate(() => play.takeOver());
  }
  async renew(token: string): Promise<void> {
    await this.window.page.evaluate((token) => play.renew(token), token);
  }
  async offline(offline: boolean): Promise<void> {
    await this.window.context.setOffline(offline);
  }

  /** Counts from now on, here and at the gateway. */
  async mark(calls: readonly Seen[]): Promise<void> {
    for (const { leg } of calls) this.gateway.resetHeard(leg);
    this.#loop.reset();
    await this.window.page.evaluate(() => play.mark());
  }
  measured(): Promise<Measured> {
    return this.window.page.evaluate((ms) => play.measured(ms), this.stalledMs);
  }

  /** Signs off, forgets every call on both sides and mends everything. */
  async clear(): Promise<Left> {
    await this.offline(false);
    const left = await this.window.page.evaluate(() => play.signOff());
    this.gateway.faults.clear();
    this.gateway.faults.restart();
    this.gateway.forgetFrames();
    return left;
  }

  async close(): Promise<void> {
    this.#loop.disable();
    await this.#turn?.kill();
    await this.window.close();
    await this.gateway.close();
  }
}
