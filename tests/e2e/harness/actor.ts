/** One person at one browser: what they do, and what their phone says of itself. */

import type { Page } from 'playwright';
import type { Account } from '../../../gateway/accounts';
import type { EngineApi } from '../../../lib/extension/contract';
import type { CallState } from '../../../lib/phone/model/call-state';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import type { SessionState } from '../../../lib/phone/model/session-state';
import type { Stage } from '../../../scripts/stage/chromium';
import { until } from '../../../scripts/stage/until';

type Phase<State extends { phase: string }, P extends State['phase']> = Extract<State, { phase: P }>;
type Reply = { ok: unknown } | { failed: { reason: string } };

export class Actor {
  readonly stage: Stage;
  readonly account: Account;

  constructor(stage: Stage, account: Account) {
    this.stage = stage;
    this.account = account;
  }

  /** Closes what opens by itself at the first start, so that only what the play opens is there. */
  async clearStage(): Promise<void> {
    const { context, id } = this.stage;
    const welcome = await until('the welcome page opens at the first start', () =>
      context.pages().find((page) => page.url().startsWith(`chrome-extension://${id}/welcome.html`)),
    );
    // The browser ends with its last page.
    await context.newPage();
    await welcome.close();
  }

  popup(): Promise<Page> {
    return this.stage.page('popup.html');
  }

  /** Asks the engine as the popup would; throws the reason of a failure. */
  async ask<M extends keyof EngineApi>(call: M, ...args: Parameters<EngineApi[M]>): Promise<ReturnType<EngineApi[M]>> {
    const worker = await this.stage.worker();
    const message = { to: 'engine', call, args };
    const reply = await worker.evaluate<Reply | undefined, typeof message>(
      (sent) => chrome.runtime.sendMessage(sent),
      message,
    );
    if (reply && 'ok' in reply) return reply.ok as ReturnType<EngineApi[M]>;
    throw new Error(`engine.${call}: ${reply ? reply.failed.reason : 'no answer'}`);
  }

  snapshot(): Promise<PhoneSnapshot> {
    return this.ask('snapshot');
  }

  /** The line's state, once it is in that phase. */
  line<P extends SessionState['phase']>(phase: P): Promise<Phase<SessionState, P>> {
    return until(`the line of ${this.account.user} is ${phase}`, async () => {
      const state = (await this.snapshot()).lines[0]?.session;
      return state?.phase === phase ? (state as Phase<SessionState, P>) : null;
    });
  }

  /** The newest call, once it is in that phase. */
  call<P extends CallState['phase']>(phase: P): Promise<CallView & { readonly state: Phase<CallState, P> }> {
    return until(`a call of ${this.account.user} is ${phase}`, async () => {
      const call = (await this.snapshot()).calls.at(-1);
      return call?.state.phase === phase ? (call as CallView & { readonly state: Phase<CallState, P> }) : null;
    });
  }

  /** The loudest frequency of what arrives, once it is near `hz`. */
  hears(hz: number): Promise<number> {
    return until(`${this.account.user} hears ${String(hz)} Hz`, async () => {
      const heard = await this.stage.engine.hear();
      return Math.abs(heard.hz - hz) < 12 ? heard.hz : null;
    });
  }

  hearsNothing(): Promise<true> {
    return until(`${this.account.user} hears nothing`, async () => (await this.stage.engine.hear()).level < 0.003);
  }

  /** Packets that came during one second. */
  async packetsInASecond(): Promise<number> {
    const before = await this.stage.engine.counters();
    const from = performance.now();
    await until('a second passed', () => performance.now() - from >= 1_000);
    return (await this.stage.engine.counters()).packetsReceived - before.packetsReceived;
  }
}
